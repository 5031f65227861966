// On the page after a submission: tells the work page around the frame, which goes on to the next HIT.
;(function () {
  const answer = document.getElementById('answer')
  // The message holds what the task itself has just sent, and goes to whatever page shows the task.
  if (answer && window.parent !== window) window.parent.postMessage(answer.dataset.message, '*')
})()
