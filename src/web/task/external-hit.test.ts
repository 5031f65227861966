import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { externalHITScript } from './external-hit.ts'

type Fields = Record<string, string | boolean>

function page(search: string, elements: Record<string, Fields> = {}) {
  for (const element of Object.values(elements)) {
    Object.defineProperty(element, 'setAttribute', {
      value: (name: string, value: string) => (element[name] = value),
    })
  }
  const document = { getElementById: (id: string) => elements[id] ?? null }
  const context = { window: { location: { search } }, document }
  runInNewContext(externalHITScript, context)
  return context as typeof context & {
    turkGetParam(name: string, otherwise?: string): string | undefined
    turkGetSubmitToHost(): string
    turkSetAssignmentID(formName?: string, buttonName?: string): void
  }
}

describe('turkGetParam: the raw value [questions 6.2]', () => {
  it.each([
    ['?assignmentId=3A&hitId=3H', 'hitId', '3H'],
    ['?turkSubmitTo=https%3A%2F%2Fx', 'turkSubmitTo', 'https%3A%2F%2Fx'],
    ['?a=b=c', 'a', 'b=c'],
    ['?a=', 'a', ''],
    ['?a', 'a', ''],
    ['?xa=1', 'a', 'default'],
    ['', 'a', 'default'],
    ['?a.c=1', 'abc', 'default'],
  ])('%s', (search, name, expected) => {
    expect(page(search).turkGetParam(name, 'default')).toBe(expected)
  })
})

describe('turkGetSubmitToHost [questions 6.2]', () => {
  it.each([
    [
      'decoded, with its path',
      '?turkSubmitTo=http%3A%2F%2Flocalhost%3A1770%2Fs%2Ftok',
      'http://localhost:1770/s/tok',
    ],
    ['protocol-relative', '?turkSubmitTo=//x.example', '//x.example'],
    ['missing', '?hitId=1', 'https://www.mturk.com'],
    ['no address', '?turkSubmitTo=javascript:1', 'https://www.mturk.com'],
    ['badly encoded', '?turkSubmitTo=https://%E0%A4%A', 'https://www.mturk.com'],
  ])('%s', (_, search, expected) => {
    expect(page(search).turkGetSubmitToHost()).toBe(expected)
  })
})

describe('turkSetAssignmentID [questions 6.2]', () => {
  const accepted =
    '?assignmentId=3A&hitId=3H&workerId=A1&turkSubmitTo=http%3A%2F%2Flocalhost%3A1770%2Fs%2Ftok'
  const action = 'http://localhost:1770/s/tok/mturk/externalSubmit'

  it('fills in an accepted task', () => {
    const elements: Record<string, Fields> = {
      assignmentId: {},
      mturk_form: {},
      submitButton: { value: 'Send' },
    }
    page(accepted, elements).turkSetAssignmentID()
    expect(elements).toEqual({
      assignmentId: { value: '3A' },
      mturk_form: { action },
      submitButton: { value: 'Send' },
    })
  })

  it('closes the button of a preview', () => {
    const elements: Record<string, Fields> = { submitButton: { tagName: 'BUTTON' }, assignmentId: {} }
    page('?assignmentId=ASSIGNMENT_ID_NOT_AVAILABLE&hitId=3H', elements).turkSetAssignmentID()
    const text = 'You must ACCEPT the HIT before you can submit the results.'
    expect(elements.submitButton).toMatchObject({ disabled: true, value: text, textContent: text })
    expect(elements.assignmentId).toEqual({ value: 'ASSIGNMENT_ID_NOT_AVAILABLE' })
  })

  it('takes other names, and a page that has none of the elements', () => {
    const elements: Record<string, Fields> = { form1: {}, go: {} }
    page(accepted, elements).turkSetAssignmentID('form1', 'go')
    expect(elements.form1).toEqual({ action })
    expect(() => page(accepted).turkSetAssignmentID()).not.toThrow()
  })
})
