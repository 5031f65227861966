// Keys for workers: single letters that do what the page's own buttons and links do. They rest while a field has the
// focus, and can be switched off for good, because who speaks to his computer would set them off by accident.
;(function () {
  const dialog = document.getElementById('shortcuts')
  const opener = document.getElementById('shortcuts-open')
  if (!dialog || !opener || !dialog.showModal) return
  const choice = document.getElementById('shortcuts-on')
  const storageKey = 'shortcuts'
  let isOn = read() !== 'off'

  // A browser may forbid storage; the choice then lasts as long as the page.
  function read() {
    try {
      return localStorage.getItem(storageKey)
    } catch {
      return null
    }
  }

  function write(value) {
    try {
      if (value === undefined) localStorage.removeItem(storageKey)
      else localStorage.setItem(storageKey, String(value))
    } catch {
      // As above.
    }
  }

  function isShown(element) {
    return element.getClientRects().length > 0
  }

  function firstShown(root, selector) {
    for (const element of root.querySelectorAll(selector)) if (isShown(element)) return element
    return undefined
  }

  function rows() {
    return Array.from(document.querySelectorAll('main .table-row')).filter(isShown)
  }

  function currentRow() {
    return rows().find(function (row) {
      return row.contains(document.activeElement)
    })
  }

  /** Where a key that acts on one HIT acts: the row with the focus; the page, when it shows one HIT only. */
  function place() {
    return currentRow() || (rows().length === 0 ? document.querySelector('main') : undefined)
  }

  function move(step) {
    const all = rows()
    const at = all.indexOf(currentRow())
    const row = at < 0 ? all[step > 0 ? 0 : all.length - 1] : all[at + step]
    // Work in the queue; never a button, which a careless Enter would press.
    const target = row && (firstShown(row, 'a.primary') || firstShown(row, 'a[href], summary'))
    if (target) target.focus()
  }

  function accept() {
    const where = place()
    const button = where && firstShown(where, 'form[action*="/accept_random"] button, a.work-btn')
    if (button) button.click()
  }

  function giveBack() {
    const where = place()
    const form = where && where.querySelector('form.return')
    if (!form || !window.confirm(dialog.dataset.returnQuestion)) return
    form.dataset.confirmed = 'true'
    form.requestSubmit()
  }

  function search() {
    const field = firstShown(document, 'main input[type="search"]')
    if (!field) return false
    field.focus()
    field.select()
    return true
  }

  const actions = {
    '?': open,
    '/': search,
    a: accept,
    r: giveBack,
    j: move.bind(null, 1),
    n: move.bind(null, 1),
    k: move.bind(null, -1),
    p: move.bind(null, -1),
    q: location.assign.bind(location, '/tasks'),
    l: location.assign.bind(location, '/projects'),
  }

  function open() {
    choice.checked = isOn
    dialog.showModal()
  }

  function isTyping(element) {
    return (
      element.isContentEditable ||
      element.matches('input:not([type=checkbox], [type=radio]), textarea, select')
    )
  }

  document.addEventListener('keydown', function (event) {
    if (!isOn || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return
    if (event.target instanceof Element && isTyping(event.target)) return
    if (!Object.hasOwn(actions, event.key)) return
    // Without this the letter would be typed into what the key has just put the focus on.
    if (actions[event.key]() !== false) event.preventDefault()
  })

  opener.addEventListener('click', open)
  choice.addEventListener('change', function () {
    isOn = choice.checked
    write(isOn ? undefined : 'off')
  })
  opener.hidden = false
})()
