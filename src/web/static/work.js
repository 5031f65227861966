// On the work page: counts the time down and warns before it is over, asks before work is lost, keeps the choice of
// auto-accept, and goes on when the task has been submitted.
;(function () {
  const task = document.getElementById('task')
  if (!task) return
  const countdown = document.getElementById('countdown')
  const news = document.getElementById('countdown-news')
  const warning = document.getElementById('time-warning')
  const autoAccept = document.getElementById('auto-accept')
  const frame = task.querySelector('iframe.embed-responsive-item')
  const total = Number(countdown.dataset.remaining)
  const warnings = countdown.dataset.warnings.split(' ').map(Number)
  let warned = 0
  let touched = false
  let leaving = false

  // --- the time --------------------------------------------------------------------------------------------------

  function remaining() {
    return Countdown.remaining(total)
  }

  // The room of the warning is kept, so that nothing moves under the worker's hand when it comes.
  function warn(seconds) {
    const due = warnings.filter(function (mark) {
      return seconds <= mark
    })
    const mark = Math.min.apply(null, due)
    if (due.length === 0 || mark === warned) return
    warned = mark
    warning.querySelector('.what').textContent = warning.dataset.text.replace(
      '{span}',
      String(Countdown.inWords(mark)),
    )
    warning.hidden = false
    news.textContent = warning.textContent
  }

  Countdown.run(warn, function () {
    warning.hidden = true
  })

  // --- work that would be lost -----------------------------------------------------------------------------------

  // What happens inside the frame is the task's own; that the worker is in there can be seen.
  window.addEventListener('blur', function () {
    if (frame && document.activeElement === frame) touched = true
  })

  function isDirty() {
    const form = task.querySelector('form[data-dirty]')
    return touched || (form !== null && form.dataset.dirty !== 'false')
  }

  window.addEventListener('beforeunload', function (event) {
    if (leaving || remaining() === 0 || !isDirty()) return
    event.preventDefault()
    // Browsers until 2023 want this as well.
    event.returnValue = true
  })

  // Answers on their way are not lost, and who has just said that he wants to return is not asked twice.
  window.addEventListener('submit', function (event) {
    if (event.defaultPrevented) return
    leaving = task.contains(event.target) || event.target.dataset.confirmed === 'true'
  })

  // --- the next HIT ----------------------------------------------------------------------------------------------

  // Written into the address instead of loading the page anew, which would throw the work away.
  if (autoAccept) {
    autoAccept.addEventListener('change', function () {
      const address = new URL(location.href)
      if (autoAccept.checked) address.searchParams.set('auto_accept', 'true')
      else address.searchParams.delete('auto_accept')
      history.replaceState(history.state, '', address)
    })
  }

  window.addEventListener('message', function (event) {
    if (!frame || event.source !== frame.contentWindow) return
    let message
    try {
      message = JSON.parse(String(event.data))
    } catch {
      return
    }
    // The task itself may say this too: the page that follows asks the server whether the work has really arrived.
    if (!message || message.assignmentId !== task.dataset.assignment) return
    leaving = true
    location.assign(autoAccept && autoAccept.checked ? task.dataset.nextAuto : task.dataset.next)
  })
})()
