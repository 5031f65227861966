// Our own externalHIT_v1.js, the small script that most hosted pages load to fill in their form.

/**
 * The text of the helper script. Three functions that pages call: `turkGetParam`, `turkGetSubmitToHost`,
 * `turkSetAssignmentID`. On this server turkSubmitTo has a path, so `/mturk/externalSubmit` is always appended to the
 * whole of it [questions 6.2].
 */
export const externalHITScript = String.raw`function turkGetParam(name, defaultValue) {
  var query = window.location.search.replace(/^\?/, '').split('&')
  for (var i = 0; i < query.length; i += 1) {
    var equals = query[i].indexOf('=')
    var found = equals < 0 ? query[i] : query[i].slice(0, equals)
    if (found === name) return equals < 0 ? '' : query[i].slice(equals + 1)
  }
  return defaultValue
}

function turkGetSubmitToHost() {
  var host = turkGetParam('turkSubmitTo', '')
  try {
    host = decodeURIComponent(host)
  } catch (error) {
    host = ''
  }
  return /^(?:https?:)?\/\//.test(host) ? host : 'https://www.mturk.com'
}

function turkSetAssignmentID(formName, buttonName) {
  var form = document.getElementById(formName || 'mturk_form')
  var button = document.getElementById(buttonName || 'submitButton')
  var field = document.getElementById('assignmentId')
  var assignmentId = turkGetParam('assignmentId', '')
  if (field) field.value = assignmentId
  if (assignmentId === 'ASSIGNMENT_ID_NOT_AVAILABLE' && button) {
    var text = 'You must ACCEPT the HIT before you can submit the results.'
    button.disabled = true
    button.value = text
    if (button.tagName === 'BUTTON') button.textContent = text
  }
  if (form) form.setAttribute('action', turkGetSubmitToHost() + '/mturk/externalSubmit')
}
`
