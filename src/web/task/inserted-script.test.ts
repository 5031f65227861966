import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { insertedScript } from './inserted-script.ts'

/** A form or button, as far as the script looks at it. */
class FakeElement {
  attributes: Record<string, string>
  constructor(attributes: Record<string, string> = {}) {
    this.attributes = attributes
  }
  getAttribute(name: string): string | null {
    return this.attributes[name] ?? null
  }
  setAttribute(name: string, value: string): void {
    this.attributes[name] = value
  }
}

/** A window whose storage and cookies throw, as in a frame with an origin of its own. */
function frame(submitHost = 'https://crowd.example.org/s/tok') {
  class HTMLFormElement extends FakeElement {
    sent: string[] = []
    submit(): void {
      this.sent.push(`submit ${this.attributes.action}`)
    }
    requestSubmit(submitter?: FakeElement): void {
      this.sent.push(`requestSubmit ${submitter?.attributes.formaction ?? this.attributes.action}`)
    }
  }
  const refuse = () => {
    throw new DOMException('The document is sandboxed', 'SecurityError')
  }
  const forbidden = { configurable: true, get: refuse, set: refuse }
  const window = Object.defineProperties(new EventTarget(), {
    localStorage: forbidden,
    sessionStorage: forbidden,
  })
  const document = Object.defineProperties(
    { currentScript: new FakeElement({ 'data-submit-host': submitHost }) },
    { cookie: forbidden },
  )
  class Storage {}
  const context = { window, document, HTMLFormElement, DOMException, Storage, Date }
  runInNewContext(insertedScript, context)
  const made = window as unknown as { localStorage: Record<string, any>; sessionStorage: Record<string, any> }
  return {
    window,
    document: document as unknown as { cookie: string },
    HTMLFormElement,
    Storage,
    ...stores(made),
  }
}

function stores(window: { localStorage: Record<string, any>; sessionStorage: Record<string, any> }) {
  return { local: window.localStorage, session: window.sessionStorage }
}

describe('storage in memory [design 5]', () => {
  it('has the methods of Storage', () => {
    const { local, session } = frame()
    expect(local.getItem('a')).toBeNull()
    local.setItem('a', 1)
    local.setItem('b', null)
    expect([local.getItem('a'), local.getItem('b'), local.length]).toEqual(['1', 'null', 2])
    expect([local.key(0), local.key(1), local.key(2)]).toEqual(['a', 'b', null])
    expect(session.length).toBe(0)
    local.removeItem('a')
    local.removeItem('nothing')
    expect([local.getItem('a'), local.length]).toEqual([null, 1])
    local.clear()
    expect(local.length).toBe(0)
  })

  it('is indexed like Storage', () => {
    const { local } = frame()
    local.colour = 'red'
    local['0'] = 5
    expect([local.colour, local[0], local.getItem('0'), local.nothing]).toEqual(['red', '5', '5', undefined])
    expect('colour' in local && !('nothing' in local)).toBe(true)
    expect(Object.keys(local)).toEqual(['colour', '0'])
    expect(JSON.stringify(local)).toBe('{"colour":"red","0":"5"}')
    expect({ ...local }).toEqual({ colour: 'red', 0: '5' })
    expect(delete local.colour).toBe(true)
    expect(local.getItem('colour')).toBeNull()
  })

  it('keeps its methods when a key has their name', () => {
    const { local } = frame()
    local.setItem('getItem', 'x')
    local.setItem('length', 'y')
    local.setItem('__proto__', 'z')
    expect([local.getItem('getItem'), local.getItem('length'), local.getItem('__proto__')]).toEqual([
      'x',
      'y',
      'z',
    ])
    expect(local.length).toBe(3)
  })

  it('is an instance of Storage and bears symbols', () => {
    const { local, Storage } = frame()
    expect(local).toBeInstanceOf(Storage)
    expect(() => `${Object.prototype.toString.call(local)}`).not.toThrow()
  })

  it('refuses missing arguments and more than 5 MB', () => {
    const { local } = frame()
    expect(() => local.setItem('a')).toThrow(/2 arguments required, but only 1 present/)
    expect(() => local.getItem()).toThrow(/1 argument required/)
    local.setItem('big', 'x'.repeat(5_000_000))
    expect(() => local.setItem('more', 'x'.repeat(500_000))).toThrow(DOMException)
    expect(local.getItem('more')).toBeNull()
    local.setItem('big', '')
    local.setItem('more', 'x'.repeat(500_000))
    expect(local.length).toBe(2)
  })

  it('leaves a browser alone that gives storage and cookies', () => {
    const window = Object.assign(new EventTarget(), { localStorage: 'real', sessionStorage: 'real' })
    const document = { currentScript: null, cookie: 'a=1' }
    runInNewContext(insertedScript, { window, document, HTMLFormElement: class {} })
    expect([window.localStorage, document.cookie]).toEqual(['real', 'a=1'])
  })
})

describe('cookies in memory [design 5]', () => {
  it.each([
    ['none', [], ''],
    ['one', ['a=1'], 'a=1'],
    ['several, in order', ['a=1', 'b=2', 'a=3'], 'a=3; b=2'],
    ['attributes are not shown', ['a=1; path=/; SameSite=Lax; secure'], 'a=1'],
    ['spaces around', ['  a = 1 ;path=/'], 'a=1'],
    ['a value with an equals sign', ['a=b=c'], 'a=b=c'],
    ['no name', ['x'], 'x'],
    ['nothing', [''], ''],
    ['expired', ['a=1', 'a=; expires=Thu, 01 Jan 1970 00:00:00 GMT'], ''],
    ['not yet expired', ['a=1; expires=Thu, 01 Jan 2998 00:00:00 GMT'], 'a=1'],
    ['an age of 0', ['a=1', 'a=1; max-age=0'], ''],
    ['the age goes before the date', ['a=1; max-age=60; expires=Thu, 01 Jan 1970 00:00:00 GMT'], 'a=1'],
    ['a date that is none', ['a=1; expires=soon'], 'a=1'],
  ])('%s', (_, written, expected) => {
    const { document } = frame()
    for (const cookie of written) document.cookie = cookie
    expect(document.cookie).toBe(expected)
  })
})

describe('where forms go [design 5, questions 6.2]', () => {
  const ours = 'https://crowd.example.org/s/tok/mturk/externalSubmit'
  it.each([
    ['https://www.mturk.com/mturk/externalSubmit', ours],
    ['http://workersandbox.mturk.com/mturk/externalSubmit?a=1', `${ours}?a=1`],
    ['//www.mturk.com/mturk/externalSubmit', ours],
    ['/mturk/externalSubmit', ours],
    ['externalSubmit', ours],
    [ours, ours],
    ['https://elsewhere.example/mturk/externalSubmit', 'https://elsewhere.example/mturk/externalSubmit'],
    ['/save', '/save'],
  ])('%s', (action, expected) => {
    const { HTMLFormElement, window } = frame()
    const byMethod = new HTMLFormElement({ action })
    byMethod.submit()
    expect(byMethod.sent).toEqual([`submit ${expected}`])
    const byRequest = new HTMLFormElement()
    byRequest.requestSubmit(new FakeElement({ formaction: action }))
    expect(byRequest.sent).toEqual([`requestSubmit ${expected}`])
    const byEvent = new HTMLFormElement({ action })
    window.dispatchEvent(submitEvent(byEvent))
    expect(byEvent.attributes.action).toBe(expected)
  })

  function submitEvent(target: object, submitter?: object): Event {
    return Object.defineProperties(new Event('submit'), {
      target: { value: target },
      submitter: { value: submitter },
    })
  }

  it('stays in the frame, which may not navigate the page around it', () => {
    const { HTMLFormElement, window } = frame()
    const form = new HTMLFormElement({ action: '/mturk/externalSubmit', target: '_top' })
    window.dispatchEvent(submitEvent(form))
    expect(form.attributes).toEqual({ action: ours, target: '_self' })
    const elsewhere = new HTMLFormElement({ action: '/save', target: '_parent' })
    const button = new FakeElement({ formaction: 'externalSubmit', formtarget: '_parent' })
    window.dispatchEvent(submitEvent(elsewhere, button))
    expect(elsewhere.attributes.target).toBe('_parent')
    expect(button.attributes).toEqual({ formaction: ours, formtarget: '_self' })
  })

  it('does not care for a form with fields of these names', () => {
    const { HTMLFormElement } = frame()
    const form = Object.assign(new HTMLFormElement({ action: 'externalSubmit' }), { action: {}, target: {} })
    form.submit()
    expect(form.attributes.action).toBe(ours)
  })
})
