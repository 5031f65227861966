// What stands at the address of the crowd library until our own elements do: crowd-form alone, so that a page whose
// answers are plain fields can be submitted. The form is sent by the browser itself; its entries are replaced by the
// two that a crowd-form posts at the moment they are collected, so that handlers of the page run before, as usual.

/** The text of the script: defines `crowd-form` [questions 7, crowd 2]. */
export const crowdFormFallbackScript = String.raw`(function () {
  'use strict'
  if (customElements.get('crowd-form')) return

  var NO_ASSIGNMENT = 'ASSIGNMENT_ID_NOT_AVAILABLE'
  var BUTTONS = 'button:not([type]), button[type=submit], input[type=submit], input[type=image]'

  function parameter(name) {
    return new URLSearchParams(window.location.search).get(name) || ''
  }

  // Values by name: text as text, each box and each choice as true or false under its value [crowd 2.1].
  function collect(form) {
    var values = Object.create(null)
    Array.prototype.forEach.call(form.elements, function (control) {
      var name = control.getAttribute('name')
      if (!name || control.matches(':disabled')) return
      if (/^(?:button|submit|image|reset|file|fieldset|output|object)$/.test(control.type)) return
      if (control.type === 'checkbox' || control.type === 'radio') {
        var earlier = values[name]
        if (typeof earlier !== 'object') earlier = values[name] = Object.create(null)
        earlier[control.value] = control.checked || earlier[control.value] === true
      } else values[name] = control.value
    })
    return values
  }

  class CrowdForm extends HTMLElement {
    connectedCallback() {
      if (this.form) return
      // The library is loaded before the form, whose children are not there yet.
      if (document.readyState === 'loading') {
        document.addEventListener('DOMContentLoaded', () => this._build(), { once: true })
      } else this._build()
    }

    _build() {
      if (this.form) return
      var form = document.createElement('form')
      form.method = 'post'
      form.setAttribute('action', parameter('turkSubmitTo') + '/mturk/externalSubmit')
      while (this.firstChild) form.appendChild(this.firstChild)
      this.form = form
      this.appendChild(form)
      if (!form.querySelector(BUTTONS)) {
        var button = document.createElement('button')
        button.type = 'submit'
        button.textContent = 'Submit'
        form.appendChild(button)
      }
      if (parameter('assignmentId') === NO_ASSIGNMENT) this._closePreview()
      form.addEventListener('formdata', (event) => this._replaceEntries(event.formData))
      window.addEventListener('submit', (event) => this._beforeSending(event))
      document.dispatchEvent(new CustomEvent('all-crowd-elements-ready', { bubbles: true }))
    }

    // A preview cannot be submitted [crowd 2.3].
    _closePreview() {
      this.form.querySelectorAll(BUTTONS).forEach(function (button) {
        button.disabled = true
      })
      var note = document.createElement('p')
      note.setAttribute('role', 'status')
      note.textContent = 'You must accept the HIT before you can submit the results.'
      this.form.appendChild(note)
    }

    _beforeSending(event) {
      if (event.target !== this.form || event.defaultPrevented) return
      var assignmentId = parameter('assignmentId')
      if (assignmentId === NO_ASSIGNMENT) event.preventDefault()
      else if (assignmentId === '') {
        event.preventDefault()
        this._showAnswers()
      }
    }

    // A page that was opened outside a task shows what it would send [crowd 2].
    _showAnswers() {
      var box = this.querySelector('#answers-box') || this.appendChild(document.createElement('pre'))
      box.id = 'answers-box'
      box.textContent = this._serializeForm().taskAnswers
    }

    _replaceEntries(entries) {
      Array.from(entries.keys()).forEach(function (name) {
        entries.delete(name)
      })
      entries.append('assignmentId', parameter('assignmentId'))
      entries.append('taskAnswers', this._serializeForm().taskAnswers)
    }

    _serializeForm() {
      return { taskAnswers: JSON.stringify([collect(this.form)]) }
    }

    _submitHelperForm() {
      if (parameter('assignmentId') === NO_ASSIGNMENT) return
      HTMLFormElement.prototype.submit.call(this.form)
    }

    submit() {
      if (!this.form) this._build()
      if (parameter('assignmentId') === '') this._showAnswers()
      else this._submitHelperForm()
    }
  }

  customElements.define('crowd-form', CrowdForm)
})()
`
