// On the page of a qualification test: counts its time down, and says when it is over.
;(function () {
  const countdown = document.getElementById('countdown')
  if (!countdown) return
  const news = document.getElementById('countdown-news')
  const over = document.getElementById('time-is-over')
  const total = Number(countdown.dataset.remaining)
  const title = document.title
  let announced = total + 1

  // A screen reader is told at a few moments only: a text that changes each second would drown everything else.
  function announce(seconds) {
    const marks = [600, 300, 60, 30]
    for (let i = 0; i < marks.length; i++) {
      if (seconds <= marks[i] && announced > marks[i] && total > marks[i]) {
        announced = marks[i]
        news.textContent = news.dataset.text.replace('{span}', String(Countdown.inWords(seconds)))
      }
    }
  }

  function tick() {
    const seconds = Countdown.remaining(total)
    countdown.textContent = Countdown.spell(seconds)
    document.title = document.hidden ? Countdown.spell(seconds) + ' - ' + title : title
    if (seconds > 0) {
      announce(seconds)
      return setTimeout(tick, 500)
    }
    over.hidden = false
    // What was written stays where it is; only sending it makes no sense any more.
    const button = document.querySelector('form.task-form button')
    if (button) button.disabled = true
  }
  tick()
})()
