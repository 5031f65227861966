// On the page of a qualification test: its time. What was written stays where it is when that is over; only sending it
// makes no sense any more.
;(function () {
  if (!document.getElementById('countdown')) return
  Countdown.run(
    function () {},
    function () {
      const button = document.querySelector('form.task-form button')
      if (button) button.disabled = true
    },
  )
})()
