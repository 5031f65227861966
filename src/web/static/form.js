// On a page with a QuestionForm: judges the answers as the server does while they are written, counts characters, keeps
// a draft on this device, and tells the page around when something would be lost.
;(function () {
  const form = document.querySelector('form.task-form')
  const draftPrefix = 'draft '

  // --- drafts ----------------------------------------------------------------------------------------------------

  // A page in a task's sandbox has no storage: then there are no drafts.
  function storage(name) {
    try {
      return window[name]
    } catch {
      return undefined
    }
  }
  const kept = storage('localStorage')
  // What is being sent leaves the device's storage at once and waits in this window's, in case it does not arrive.
  const sent = storage('sessionStorage')

  function read(store, key) {
    try {
      return JSON.parse(String(store.getItem(key)))
    } catch {
      return null
    }
  }

  function write(store, key, value) {
    try {
      store.setItem(key, JSON.stringify(value))
      return true
    } catch {
      return false
    }
  }

  function forgetOverdue() {
    if (!kept) return
    Object.keys(kept).forEach(function (key) {
      if (key.indexOf(draftPrefix) !== 0) return
      const draft = read(kept, key)
      if (!draft || draft.until < Date.now()) kept.removeItem(key)
    })
  }
  forgetOverdue()
  if (!form) return

  const key = form.dataset.draft ? draftPrefix + form.dataset.draft : ''
  const until = Date.now() + Number(form.dataset.draftSeconds) * 1000
  const note = form.querySelector('.draft-note')
  const summary = form.querySelector('.problem-summary')

  function fields() {
    return Array.prototype.filter.call(form.elements, function (field) {
      return /^(answer|other)\./.test(String(field.name)) && field.type !== 'file'
    })
  }

  function isChoice(field) {
    return field.type === 'radio' || field.type === 'checkbox'
  }

  // Every field in document order, so that equal names need no care.
  function snapshot() {
    return fields().map(function (field) {
      if (isChoice(field)) return field.checked
      if (!field.multiple) return field.value
      return Array.prototype.map.call(field.options, function (option) {
        return option.selected
      })
    })
  }

  function restore(values) {
    fields().forEach(function (field, index) {
      const value = values[index]
      if (isChoice(field)) field.checked = value === true
      else if (!field.multiple) field.value = String(value)
      else
        Array.prototype.forEach.call(field.options, function (option, at) {
          option.selected = Boolean(value && value[at])
        })
    })
  }

  let saving = 0
  let isSent = false
  function saveDraft() {
    clearTimeout(saving)
    if (!key || !kept || isSent || Date.now() > until) return
    if (write(kept, key, { until: until, values: snapshot() }) && note) note.textContent = note.dataset.text
  }

  function changed() {
    form.dataset.dirty = 'true'
    clearTimeout(saving)
    saving = setTimeout(saveDraft, 300)
  }

  function forgetDraft() {
    clearTimeout(saving)
    isSent = true
    form.dataset.dirty = 'false'
    if (key && kept) kept.removeItem(key)
    if (key && sent) sent.removeItem(key)
    if (note) note.textContent = ''
  }

  function bringBack() {
    if (!key || !kept || form.dataset.filled) return
    const draft = read(kept, key) || (sent && read(sent, key))
    if (sent) sent.removeItem(key)
    if (!draft || !Array.isArray(draft.values) || draft.values.length !== fields().length) return
    restore(draft.values)
    changed()
  }

  if (key) {
    bringBack()
    if (form.dataset.filled) changed()
    window.addEventListener('pagehide', saveDraft)
    const left = until - Date.now()
    // Longer than this no timer waits.
    if (left < 0x7fffffff) setTimeout(forgetDraft, left)
    // Whoever gives the HIT back wants no draft of it, and whoever leaves the device none at all.
    document.addEventListener('submit', function (event) {
      if (event.defaultPrevented || event.target === form) return
      if (event.target.matches('form.return')) forgetDraft()
      if (event.target.matches('form[action="/sign-out"]')) {
        forgetDraft()
        Object.keys(kept || {}).forEach(function (name) {
          if (name.indexOf(draftPrefix) === 0) kept.removeItem(name)
        })
      }
    })
  }

  // --- the rules -------------------------------------------------------------------------------------------------

  function codePoints(text) {
    return Array.from(String(text)).length
  }

  function isOutside(value, rule) {
    return !(
      (rule.minimum === undefined || value >= rule.minimum) &&
      (rule.maximum === undefined || value <= rule.maximum)
    )
  }

  function textProblems(rules, text) {
    if (text === '' && rules.required) return [rules.required]
    const problems = []
    if (rules.numeric && text !== '') {
      const isNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(String(text).trim())
      if (!isNumber || isOutside(Number(text), rules.numeric)) problems.push(rules.numeric.text)
    }
    if (rules.length && text !== '' && isOutside(codePoints(text), rules.length))
      problems.push(rules.length.text)
    ;(rules.regexes || []).forEach(function (rule) {
      if (!Patterns.matches(rule, String(text))) problems.push(rule.text)
    })
    return problems
  }

  function fileProblems(rules, field) {
    const file = field.files[0]
    if (!file) return rules.required && !field.dataset.kept ? [rules.required] : []
    return isOutside(file.size, rules.size) ? [rules.size.text] : []
  }

  function chosenIn(question) {
    const options = question.querySelectorAll('.choices input, select option')
    return Array.prototype.filter.call(options, function (option) {
      // The first line of a menu stands for no choice.
      const isNothing = option.tagName === 'OPTION' && !option.parentNode.multiple && option.index === 0
      return !isNothing && (option.checked || option.selected)
    }).length
  }

  function choiceProblems(rules, question, other) {
    const count = chosenIn(question) + (other && other.value !== '' ? 1 : 0)
    if (count === 0) return rules.required ? [rules.required] : []
    return isOutside(count, rules.count) ? [rules.count.text] : []
  }

  const questions = Array.prototype.map.call(form.querySelectorAll('fieldset.question'), function (element) {
    const number = element.id.slice('question-'.length)
    return {
      element: element,
      rules: JSON.parse(String(element.dataset.rules)),
      kind: element.dataset.kind,
      field: document.getElementById('field-' + number),
      other: document.getElementById('other-' + number),
      place: document.getElementById('problem-' + number),
      otherPlace: document.getElementById('other-problem-' + number),
      touched: element.classList.contains('refused'),
    }
  })

  function problemsOf(question) {
    if (question.kind === 'FreeTextAnswer') return textProblems(question.rules, question.field.value)
    if (question.kind === 'FileUploadAnswer') return fileProblems(question.rules, question.field)
    return choiceProblems(question.rules, question.element, question.other)
  }

  function otherProblemsOf(question) {
    const other = question.other
    return other && other.value !== ''
      ? textProblems(JSON.parse(String(other.dataset.rules)), other.value)
      : []
  }

  function say(place, problems) {
    const texts = Array.prototype.map.call(place.children, function (line) {
      return line.textContent
    })
    if (texts.join('\n') === problems.join('\n')) return
    place.textContent = ''
    problems.forEach(function (text) {
      const line = document.createElement('p')
      line.textContent = text
      place.append(line)
    })
  }

  function mark(field, isWrong) {
    if (isWrong) field.setAttribute('aria-invalid', 'true')
    else field.removeAttribute('aria-invalid')
  }

  // Shows what is wrong with a question; answers the field to go to, or undefined when nothing is.
  function judge(question) {
    const problems = problemsOf(question)
    const others = otherProblemsOf(question)
    say(question.place, problems)
    if (question.otherPlace) say(question.otherPlace, others)
    const boxes = question.element.querySelectorAll('.choices input[type=checkbox]')
    boxes.forEach(function (box) {
      mark(box, problems.length > 0)
    })
    if (question.field.type !== 'radio' && boxes.length === 0) mark(question.field, problems.length > 0)
    if (question.other) mark(question.other, others.length > 0)
    question.element.classList.toggle('refused', problems.length + others.length > 0)
    if (problems.length > 0) return question.field
    return others.length > 0 ? question.other : undefined
  }

  function questionOf(field) {
    return questions.find(function (question) {
      return question.element.contains(field)
    })
  }

  // --- what the worker does --------------------------------------------------------------------------------------

  function count(counter) {
    const field = document.getElementById(String(counter.dataset.for))
    counter.textContent = counter.dataset.text.replace('{count}', String(codePoints(field.value)))
  }

  const counters = form.querySelectorAll('.counter')
  counters.forEach(count)

  form.addEventListener('input', function (event) {
    const question = questionOf(event.target)
    if (!question) return
    changed()
    // A text of one's own is a choice of its own, where there can be only one.
    const choice = question.element.querySelector('.other-choice')
    if (choice && event.target === question.other && question.other.value !== '') choice.checked = true
    counters.forEach(count)
    // While an answer is being written only what was wrong before is looked at again: nobody is told off mid-word.
    if (question.touched) judge(question)
  })

  form.addEventListener('change', function (event) {
    const question = questionOf(event.target)
    if (!question || event.target.tagName === 'TEXTAREA') return
    if (event.target.type === 'text') return
    changed()
    question.touched = true
    judge(question)
  })

  form.addEventListener('focusout', function (event) {
    const question = questionOf(event.target)
    if (!question || isChoice(event.target)) return
    if (event.target.value === '' && !question.touched) return
    question.touched = true
    judge(question)
  })

  // What was sent while a pattern was still being tried is sent when that is known.
  let isWaiting = false
  Patterns.onVerdict(function () {
    if (isWaiting && !Patterns.isBusy()) {
      isWaiting = false
      return form.requestSubmit()
    }
    questions.forEach(function (question) {
      if (question.touched) judge(question)
    })
  })

  form.addEventListener('submit', function (event) {
    let first
    questions.forEach(function (question) {
      question.touched = true
      const wrong = judge(question)
      first = first || wrong
    })
    if (summary) summary.hidden = true
    isWaiting = !first && Patterns.isBusy()
    if (first || isWaiting) event.preventDefault()
    if (first) first.focus()
    if (first || isWaiting) return
    const values = snapshot()
    forgetDraft()
    if (key && sent) write(sent, key, { until: until, values: values })
  })

  if (summary) summary.focus()
})()
