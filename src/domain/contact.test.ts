import { describe, expect, test } from 'vitest'
import { checkMessage, contactMail, tidyMessage, type ContactSubject } from './contact.ts'

const about: ContactSubject = {
  requesterId: 'AREQUESTER',
  title: 'Name the bird',
  hitTypeId: '3TYPE',
  groupId: '3GROUP',
  assignment: undefined,
}
const message = { subject: 'The picture', text: 'It does not load.' }

describe('a message to a requester [websites 1.12]', () => {
  test('has a subject of one line, whatever was sent: no header can begin in it', () => {
    expect(tidyMessage({ subject: ' a\r\nBcc: b@example.com\t c ', text: 'one\r\ntwo\rthree \n\n' })).toEqual(
      {
        subject: 'a Bcc: b@example.com c',
        text: 'one\ntwo\nthree',
      },
    )
  })

  test.each([
    [{}, undefined],
    [{ subject: '' }, { fault: 'ParameterTooShort', parameter: 'subject' }],
    [{ text: '' }, { fault: 'ParameterTooShort', parameter: 'text' }],
    [{ subject: '🐦'.repeat(200), text: '🐦'.repeat(4096) }, undefined],
    [{ subject: 'a'.repeat(201) }, { fault: 'ParameterTooLong', parameter: 'subject', maximum: 200 }],
    [{ text: 'a'.repeat(4097) }, { fault: 'ParameterTooLong', parameter: 'text', maximum: 4096 }],
    [{ text: 'a\u0000' }, { fault: 'InvalidParameterValue', parameter: 'text', value: 'a\u0000' }],
  ])('is bounded: %j', (changes, refusal) => {
    expect(checkMessage({ ...message, ...changes })).toEqual(refusal)
  })

  test('says who writes about what', () => {
    expect(contactMail('AWORKER', about, message, false)).toEqual({
      subject: 'The picture',
      text:
        'Worker AWORKER writes about your HITs "Name the bird" (HIT type 3TYPE, HIT group 3GROUP):\n\n' +
        'It does not load.\n\n' +
        'To answer, call NotifyWorkers with the worker ID AWORKER. An answer to this mail does not reach the worker.\n',
    })
    const assignment = { id: '3ASSIGNMENT', hitId: '3HIT' }
    const { text } = contactMail('AWORKER', { ...about, assignment }, message, true)
    expect(text).toContain('about your HIT "Name the bird" (HIT 3HIT, assignment 3ASSIGNMENT):')
    expect(text).toContain('Answer this mail, or call NotifyWorkers with the worker ID AWORKER.')
  })
})
