// Time that is counted down: in the queue for each HIT, on the work page for the one that is done.
window.Countdown = (function () {
  const started = { steady: performance.now(), wall: Date.now() }

  function twoDigits(number) {
    return (number < 10 ? '0' : '') + number
  }

  function inUnits(amount, unit) {
    const format = { style: 'unit', unit, unitDisplay: 'long' }
    return new Intl.NumberFormat(document.documentElement.lang, format).format(Number(amount))
  }

  return {
    /** What is left of the seconds that the page was sent with. */
    remaining(total) {
      // A machine that sleeps may stop the steady clock; the later of the two is right, or warns too early.
      const passed = Math.max(performance.now() - started.steady, Date.now() - started.wall)
      return Math.max(0, Math.ceil(total - passed / 1000))
    },
    inWords(seconds) {
      return seconds > 60 ? inUnits(Math.round(seconds / 60), 'minute') : inUnits(seconds, 'second')
    },
    /** The same text as the server's clockSpan. */
    spell(seconds) {
      const days = Math.floor(seconds / 86400)
      const hours = Math.floor(seconds / 3600) % 24
      const minutes = twoDigits(Math.floor(seconds / 60) % 60)
      const rest = minutes + ':' + twoDigits(seconds % 60)
      if (days > 0) return inUnits(days, 'day') + ', ' + twoDigits(hours) + ':' + rest
      return hours > 0 ? hours + ':' + rest : rest
    },
  }
})()
