// In the queue: counts the time of each HIT down, and says which are over.
;(function () {
  const times = Array.from(document.querySelectorAll('ol.queue [data-remaining]'))

  function tick() {
    let isRunning = false
    times.forEach(function (time) {
      const left = Countdown.remaining(Number(time.dataset.remaining))
      const text = left > 0 ? Countdown.spell(left) : time.dataset.over
      if (time.textContent !== text) time.textContent = text
      time.parentElement.classList.toggle('soon', left <= Number(time.dataset.soon))
      if (left > 0) isRunning = true
    })
    if (isRunning) setTimeout(tick, 500)
  }

  tick()
})()
