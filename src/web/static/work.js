// On the work page: counts the time down, and goes on when the task has been submitted.
;(function () {
  const countdown = document.getElementById('countdown')
  const news = document.getElementById('countdown-news')
  const task = document.getElementById('task')
  const started = performance.now()
  const total = countdown ? Number(countdown.dataset.remaining) : 0
  let announced = total + 1

  function twoDigits(number) {
    return (number < 10 ? '0' : '') + number
  }

  function inUnits(amount, unit) {
    const format = { style: 'unit', unit, unitDisplay: 'long' }
    return new Intl.NumberFormat(document.documentElement.lang, format).format(Number(amount))
  }

  // The same text as the server's clockSpan.
  function spell(seconds) {
    const days = Math.floor(seconds / 86400)
    const hours = Math.floor(seconds / 3600) % 24
    const minutes = twoDigits(Math.floor(seconds / 60) % 60)
    const rest = minutes + ':' + twoDigits(seconds % 60)
    if (days > 0) return inUnits(days, 'day') + ', ' + twoDigits(hours) + ':' + rest
    return hours > 0 ? hours + ':' + rest : rest
  }

  // A screen reader is told at a few moments only: a text that changes each second would drown everything else.
  function announce(seconds) {
    const marks = [600, 300, 60, 30]
    for (let i = 0; i < marks.length; i++) {
      if (seconds <= marks[i] && announced > marks[i] && total > marks[i]) {
        announced = marks[i]
        const span = seconds > 60 ? inUnits(Math.round(seconds / 60), 'minute') : inUnits(seconds, 'second')
        news.textContent = news.dataset.text.replace('{span}', span)
      }
    }
  }

  function tick() {
    const seconds = Math.max(0, Math.ceil(total - (performance.now() - started) / 1000))
    countdown.textContent = spell(seconds)
    announce(seconds)
    if (seconds > 0) return setTimeout(tick, 500)
    document.getElementById('time-is-over').hidden = false
  }

  if (countdown) tick()

  window.addEventListener('message', function (event) {
    let message
    try {
      message = JSON.parse(String(event.data))
    } catch {
      return
    }
    // Any page may send messages; the list itself asks the server whether the HIT was really submitted.
    if (task && message && message.assignmentId === task.dataset.assignment)
      location.assign(task.dataset.next)
  })
})()
