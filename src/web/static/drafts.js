// On every page of a worker: drafts of answers leave this device with the HIT that is returned, wherever that is done,
// and all of them with the worker who signs out or closes the account. What keeps them is form.js.
;(function () {
  const prefix = 'draft '

  function forget(isMeant) {
    ;['localStorage', 'sessionStorage'].forEach(function (name) {
      try {
        const store = window[name]
        const keys = Array.from({ length: store.length }, function (_, index) {
          return String(store.key(index))
        })
        keys.forEach(function (key) {
          if (key.indexOf(prefix) === 0 && isMeant(key.slice(prefix.length))) store.removeItem(key)
        })
      } catch {
        // A browser that forbids storage holds no drafts.
      }
    })
  }

  document.addEventListener('submit', function (event) {
    if (event.defaultPrevented) return
    const form = event.target
    if (form.matches('form.return')) {
      const assignment = new URL(String(form.action)).searchParams.get('assignment_id')
      forget(function (id) {
        return id === assignment
      })
    }
    if (form.matches('form[action="/sign-out"], form[action="/account/close"]')) {
      forget(function () {
        return true
      })
    }
  })
})()
