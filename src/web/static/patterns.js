// Holds answers against the patterns of requesters (AnswerFormatRegex). Some patterns need longer than anybody lives for
// some texts, and nothing can interrupt them. So one that might is tried in a thread of its own, which is ended after a
// second; then the pattern is left to the server, which matches it in another way.
window.Patterns = (function () {
  const address = new URL('pattern-thread.js', String(document.currentScript.src))
  const patience = 1000
  const steps = 1e7
  const verdicts = new Map()
  const hopeless = new Set()
  const asked = []
  let thread = null
  let heard = function () {}

  function compile(rule) {
    try {
      // Characters are whole ones, as for the server, where the pattern allows it.
      return new RegExp(String(rule.regex), String(rule.flags) + 'u')
    } catch {
      try {
        return new RegExp(String(rule.regex), String(rule.flags))
      } catch {
        return null
      }
    }
  }

  // At worst each repetition ends anywhere, and each choice doubles the work; a repeated group may do either any number
  // of times.
  function mayTakeLong(source, length) {
    const plain = String(source)
      .replace(/\\./g, 'x')
      .replace(/\[[^\]]*\]/g, 'x')
    if (/\)[*+{]/.test(String(plain))) return true
    const repetitions = (plain.match(/[*+]|\{\d+,/g) || []).length
    const choices = (plain.match(/[|?]/g) || []).length
    return Math.pow(Number(length) + 1, Number(repetitions) + 1) * Math.pow(2, Number(choices)) > steps
  }

  function start() {
    try {
      thread = new Worker(address)
    } catch {
      // A page in a task's sandbox may start none.
      return false
    }
    return true
  }

  function stop() {
    if (thread) thread.terminate()
    thread = null
  }

  function next() {
    const job = asked[0]
    if (!job) return
    if (!thread && !start()) {
      hopeless.add(job.id)
      return finish(true)
    }
    const timer = setTimeout(function () {
      stop()
      hopeless.add(job.id)
      finish(true)
    }, patience)
    thread.onmessage = function (event) {
      clearTimeout(timer)
      finish(event.data === true)
    }
    thread.onerror = function () {
      clearTimeout(timer)
      stop()
      hopeless.add(job.id)
      finish(true)
    }
    thread.postMessage({ source: job.source, flags: job.flags, text: job.text })
  }

  function finish(verdict) {
    const job = asked.shift()
    verdicts.set(job.key, verdict)
    heard()
    next()
  }

  /** Whether the text matches; a text that is still being tried does, until `onVerdict` is told. */
  function matches(rule, text) {
    const pattern = compile(rule)
    if (pattern === null) return true
    const id = pattern.flags + ' ' + pattern.source
    const key = id + '\n' + text
    if (verdicts.has(key)) return verdicts.get(key)
    if (hopeless.has(id)) return true
    if (!mayTakeLong(pattern.source, text.length)) return pattern.test(String(text))
    const isAsked = asked.some(function (job) {
      return job.key === key
    })
    if (isAsked) return true
    asked.push({ key: key, id: id, source: pattern.source, flags: pattern.flags, text: text })
    if (asked.length === 1) next()
    return true
  }

  return {
    matches: matches,
    /** Whether texts are still being tried. */
    isBusy: function () {
      return asked.length > 0
    },
    /** `hear` is called after each text that was tried. */
    onVerdict: function (hear) {
      heard = hear
    },
  }
})()
