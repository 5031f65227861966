// Mail through a real SMTP server on this machine.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { eventDocument, type NotifiedEvent } from '../domain/notification.ts'
import { createEmail, mailOf } from './email.ts'
import type { Deliverable } from './transport.ts'

const head = { documentId: 'd', requesterId: 'AREQUESTER', sourceAccount: '1', version: '2006-05-05' }
const message = (event: NotifiedEvent): Deliverable => ({
  id: '3X',
  kind: 'event',
  requesterId: 'AREQUESTER',
  destination: 'birds@example.org',
  event: event.kind,
  document: eventDocument(head, event),
})
const submission: NotifiedEvent = {
  kind: 'AssignmentSubmitted',
  timestamp: '2031-02-03T04:05:06Z',
  hitGroupId: '3G',
  hitTypeId: '3T',
  hitId: '3H',
  assignmentId: '3A',
  workerId: 'AWORKER',
  answer: 'SECRET',
}
const calm = new AbortController().signal

test('the text lists what happened, and not the answer [notifications 8]', () => {
  expect(mailOf(message(submission))).toEqual({
    subject: 'AssignmentSubmitted (HIT type 3T)',
    text: [
      'Event: AssignmentSubmitted',
      'Time: 2031-02-03T04:05:06Z',
      'HIT type: 3T',
      'HIT: 3H',
      'Assignment: 3A',
      'Worker: AWORKER',
      '',
      'Requester: AREQUESTER',
      '',
    ].join('\n'),
  })
  const ping = mailOf(message({ kind: 'Ping', timestamp: '2031-02-03T04:05:06Z' }))
  expect(ping.subject).toBe('Ping')
  expect(ping.text).not.toContain('HIT')
})

test('in demo mode mail is kept, never sent', async () => {
  await createEmail('keep')(message(submission), calm)
})

test('without a mail server no attempt can succeed', async () => {
  await expect(createEmail(undefined)(message(submission), calm)).rejects.toThrow(
    'This server has no mail server to send by.',
  )
})

describe('a mail server', () => {
  let received: { from: string; to: string[]; mail: string }[]
  let refuses = false
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_, __, done) => done(refuses ? new Error('No such mailbox.') : null),
    onData(stream, { envelope }, done) {
      const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
      const to = envelope.rcptTo.map(({ address }) => address)
      let mail = ''
      stream.setEncoding('utf8')
      stream.on('data', (chunk: string) => (mail += chunk))
      stream.on('end', () => {
        received.push({ from, to, mail })
        done()
      })
    },
  })
  let serverURL = ''
  beforeAll(async () => {
    server.listen(0, '127.0.0.1')
    await once(server.server, 'listening')
    serverURL = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  })
  beforeEach(() => {
    received = []
    refuses = false
  })
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())))

  test('gets one plain mail per document [notifications 8]', async () => {
    const send = createEmail({ serverURL, from: 'mturk@example.org' })
    await send(message(submission), calm)
    await send(message({ ...submission, kind: 'AssignmentApproved' }), calm)
    expect(received.map(({ from, to }) => [from, to])).toEqual([
      ['mturk@example.org', ['birds@example.org']],
      ['mturk@example.org', ['birds@example.org']],
    ])
    const { mail } = received[0]!
    expect(mail).toMatch(/^From: mturk@example\.org\r?$/m)
    expect(mail).toMatch(/^To: .*birds@example\.org>?\r?$/m)
    expect(mail).toMatch(/^Subject: AssignmentSubmitted \(HIT type 3T\)\r?$/m)
    expect(mail).toMatch(/^Message-ID: <3X@kempelen>\r?$/m)
    expect(mail).toMatch(/^Content-Type: text\/plain/m)
    expect(mail).toMatch(/^HIT: 3H\r?$/m)
  })

  test('may refuse, and then the mail was not sent', async () => {
    refuses = true
    const send = createEmail({ serverURL, from: 'mturk@example.org' })
    await expect(send(message(submission), calm)).rejects.toThrow(/No such mailbox/)
    refuses = false
    await send(message(submission), calm)
    expect(received).toHaveLength(1)
  })
})
