// The script that comes before everything in a requester's page that we serve. Such a page has an origin of its own
// that owns nothing: the browser throws where a page asks for storage or cookies, and pages written for the real
// service ask. So they get both in memory, gone with the page. Hosts of Amazon that the page's scripts put into a form
// are changed when the form is sent; those in the source were changed by html.ts.

/** The text of the inserted script, for any browser since 2018 [design 5, questions 6.2]. */
export const insertedScript = String.raw`(function () {
  'use strict'

  // --- localStorage and sessionStorage ---------------------------------------------------------------------------

  var QUOTA = 5 * 1024 * 1024

  function createStorage() {
    var items = new Map()
    var size = 0
    function need(given, count, method) {
      if (given < count) {
        throw new TypeError("Failed to execute '" + method + "' on 'Storage': " + count + ' argument' +
          (count === 1 ? '' : 's') + ' required, but only ' + given + ' present.')
      }
    }
    function remove(key) {
      if (items.has(key)) size -= key.length + items.get(key).length
      items.delete(key)
    }
    var methods = {
      getItem: function (key) {
        need(arguments.length, 1, 'getItem')
        return items.has(String(key)) ? items.get(String(key)) : null
      },
      setItem: function (key, value) {
        need(arguments.length, 2, 'setItem')
        key = String(key)
        value = String(value)
        var before = items.has(key) ? key.length + items.get(key).length : 0
        if (size - before + key.length + value.length > QUOTA) {
          throw new DOMException("Setting the value of '" + key + "' exceeded the quota.", 'QuotaExceededError')
        }
        size += key.length + value.length - before
        items.set(key, value)
      },
      removeItem: function (key) {
        need(arguments.length, 1, 'removeItem')
        remove(String(key))
      },
      clear: function () {
        items.clear()
        size = 0
      },
      key: function (index) {
        need(arguments.length, 1, 'key')
        var keys = Array.from(items.keys())
        index = Number(index) >>> 0
        return index < keys.length ? keys[index] : null
      }
    }
    var target = Object.create(typeof Storage === 'function' ? Storage.prototype : Object.prototype)
    function own(key) {
      return typeof key === 'string' && !isMember(key) && items.has(key)
    }
    function isMember(key) {
      return key === 'length' || Object.prototype.hasOwnProperty.call(methods, key) || key in target
    }
    return new Proxy(target, {
      get: function (object, key) {
        if (key === 'length') return items.size
        if (Object.prototype.hasOwnProperty.call(methods, key)) return methods[key]
        if (own(key)) return items.get(key)
        return key in object ? Reflect.get(object, key) : undefined
      },
      set: function (object, key, value) {
        if (typeof key === 'symbol') return Reflect.set(object, key, value)
        methods.setItem(key, value)
        return true
      },
      has: function (object, key) {
        return own(key) || (typeof key === 'string' && isMember(key)) || key in object
      },
      deleteProperty: function (object, key) {
        if (typeof key === 'symbol') return Reflect.deleteProperty(object, key)
        remove(key)
        return true
      },
      ownKeys: function (object) {
        return Array.from(items.keys()).filter(own).concat(Object.getOwnPropertySymbols(object))
      },
      getOwnPropertyDescriptor: function (object, key) {
        if (own(key)) return { value: items.get(key), writable: true, enumerable: true, configurable: true }
        return Reflect.getOwnPropertyDescriptor(object, key)
      },
      defineProperty: function (object, key, descriptor) {
        if (typeof key === 'symbol') return Reflect.defineProperty(object, key, descriptor)
        methods.setItem(key, descriptor.value)
        return true
      }
    })
  }

  function provideStorage(name) {
    try {
      if (window[name]) return
    } catch (error) {
      // Refused by the browser, as expected in a frame of this kind.
    }
    var storage = createStorage()
    Object.defineProperty(window, name, { configurable: true, enumerable: true, get: function () { return storage } })
  }

  // --- document.cookie -------------------------------------------------------------------------------------------

  function provideCookies() {
    try {
      void document.cookie
      return
    } catch (error) {
      // As above.
    }
    var cookies = new Map()
    Object.defineProperty(document, 'cookie', {
      configurable: true,
      enumerable: true,
      get: function () {
        var now = Date.now()
        var pairs = []
        cookies.forEach(function (cookie, name) {
          if (cookie.expires > now) pairs.push(name === '' ? cookie.value : name + '=' + cookie.value)
        })
        return pairs.join('; ')
      },
      set: function (text) {
        var parts = String(text).split(';')
        var equals = parts[0].indexOf('=')
        var name = equals < 0 ? '' : parts[0].slice(0, equals).trim()
        var value = parts[0].slice(equals + 1).trim()
        if (name === '' && value === '') return
        var expires = expiry(parts.slice(1))
        if (expires <= Date.now()) cookies.delete(name)
        else cookies.set(name, { value: value, expires: expires })
      }
    })
  }

  // Max-Age goes before Expires; of two the later one counts; none means as long as the page.
  function expiry(attributes) {
    var date = Infinity
    var age = null
    attributes.forEach(function (attribute) {
      var equals = attribute.indexOf('=')
      if (equals < 0) return
      var name = attribute.slice(0, equals).trim().toLowerCase()
      var value = attribute.slice(equals + 1).trim()
      if (name === 'expires' && !isNaN(Date.parse(value))) date = Date.parse(value)
      if (name === 'max-age' && /^-?\d+$/.test(value)) age = Number(value)
    })
    if (age === null) return date
    return age <= 0 ? -Infinity : Date.now() + age * 1000
  }

  // --- where forms go --------------------------------------------------------------------------------------------

  var script = document.currentScript
  var submitHost = (script && script.getAttribute('data-submit-host')) || ''
  var AMAZON = /^(?:https?:)?\/\/(?:www|workersandbox|worker)\.mturk\.com(?::\d+)?\/+mturk\/externalSubmit(?=[\/?#]|$)/i
  var RELATIVE = /^(?:\.?\/+)?(?:mturk\/)?externalSubmit(?=[\/?#]|$)/i

  // Attributes are read and written, not properties: a field named "action" would stand in the way.
  function redirect(element, name) {
    var value = (element.getAttribute(name) || '').trim()
    var pattern = AMAZON.test(value) ? AMAZON : RELATIVE.test(value) ? RELATIVE : null
    if (!pattern) return
    element.setAttribute(name, value.replace(pattern, function () { return submitHost + '/mturk/externalSubmit' }))
  }

  // The frame may not navigate the page around it, and need not: answers are taken in the frame.
  function stay(form, element, action, target) {
    var goes = (element.getAttribute(action) || form.getAttribute('action') || '').trim()
    var where = (element.getAttribute(target) || '').toLowerCase()
    if (/\/mturk\/externalSubmit(?=[\/?#]|$)/i.test(goes) && (where === '_top' || where === '_parent')) {
      element.setAttribute(target, '_self')
    }
  }

  function prepare(form, submitter) {
    if (submitHost) redirect(form, 'action')
    stay(form, form, 'action', 'target')
    if (!submitter || submitter === form) return
    if (submitHost) redirect(submitter, 'formaction')
    stay(form, submitter, 'formaction', 'formtarget')
  }

  function onSubmit(event) {
    if (event.target instanceof HTMLFormElement) prepare(event.target, event.submitter)
  }
  // First before the page's own handlers, which may stop the event, and again after them, as they may set the action.
  window.addEventListener('submit', onSubmit, true)
  window.addEventListener('submit', onSubmit)

  ;['submit', 'requestSubmit'].forEach(function (name) {
    var original = HTMLFormElement.prototype[name]
    if (!original) return
    HTMLFormElement.prototype[name] = function (submitter) {
      if (this instanceof HTMLFormElement) prepare(this, submitter)
      return original.apply(this, arguments)
    }
  })

  provideStorage('localStorage')
  provideStorage('sessionStorage')
  provideCookies()
})()
`
