// A thread of a page with a QuestionForm: holds one text after another against patterns. See patterns.js.
self.onmessage = function (event) {
  const { source, flags, text } = event.data
  self.postMessage(new RegExp(String(source), String(flags)).test(String(text)))
}
