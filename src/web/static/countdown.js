// Time that is counted down: in the queue for each HIT, on the work page and in a qualification test for the one that is
// done.
window.Countdown = (function () {
  const started = { steady: performance.now(), wall: Date.now() }

  function twoDigits(number) {
    return (number < 10 ? '0' : '') + number
  }

  function inUnits(amount, unit) {
    const format = { style: 'unit', unit, unitDisplay: 'long' }
    return new Intl.NumberFormat(document.documentElement.lang, format).format(Number(amount))
  }

  /** What is left of the seconds that the page was sent with. */
  function remaining(total) {
    // A machine that sleeps may stop the steady clock; the later of the two is right, or warns too early.
    const passed = Math.max(performance.now() - started.steady, Date.now() - started.wall)
    return Math.max(0, Math.ceil(total - passed / 1000))
  }

  function inWords(seconds) {
    return seconds > 60 ? inUnits(Math.round(seconds / 60), 'minute') : inUnits(seconds, 'second')
  }

  /** The same text as the server's clockSpan. */
  function spell(seconds) {
    const days = Math.floor(seconds / 86400)
    const hours = Math.floor(seconds / 3600) % 24
    const minutes = twoDigits(Math.floor(seconds / 60) % 60)
    const rest = minutes + ':' + twoDigits(seconds % 60)
    if (days > 0) return inUnits(days, 'day') + ', ' + twoDigits(hours) + ':' + rest
    return hours > 0 ? hours + ':' + rest : rest
  }

  /**
   * Counts the page's own time down, also in the title of a tab that nobody sees. `each` hears the seconds that are
   * left, again and again; `ended` hears of the end, when the page says that it has come.
   */
  function run(each, ended) {
    const shown = document.getElementById('countdown')
    const news = document.getElementById('countdown-news')
    const total = Number(shown.dataset.remaining)
    const title = document.title
    let announced = total + 1

    function showInTitle() {
      document.title = document.hidden ? spell(remaining(total)) + ' - ' + title : title
    }

    // A screen reader is told at a few moments only: a text that changes each second would drown everything else.
    function announce(seconds) {
      const marks = [600, 300, 60, 30]
      for (let i = 0; i < marks.length; i++) {
        if (seconds <= marks[i] && announced > marks[i] && total > marks[i]) {
          announced = marks[i]
          news.textContent = news.dataset.text.replace('{span}', String(inWords(seconds)))
        }
      }
    }

    function tick() {
      const seconds = remaining(total)
      shown.textContent = spell(seconds)
      showInTitle()
      if (seconds > 0) {
        announce(seconds)
        each(seconds)
        return setTimeout(tick, 500)
      }
      document.getElementById('time-is-over').hidden = false
      ended()
    }

    document.addEventListener('visibilitychange', showInTitle)
    tick()
  }

  return { remaining, inWords, spell, run }
})()
