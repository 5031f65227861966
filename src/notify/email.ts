// E-mail: one plain text per event document [notifications 8], or what a worker is told [hits 13, 14].
import type { MessageText } from '../domain/worker-messages.ts'
import { server } from '../limits.ts'
import type { Deliverable, Send } from './transport.ts'
import { Undeliverable } from './transport.ts'

/** How mail leaves: by a server, not at all but as if (demo mode), or not, because the operator named no server. */
export type MailOptions = { serverURL: string; from: string } | 'keep' | undefined

interface EventDocument {
  Events: Record<string, string | undefined>[]
  CustomerId: string
}

/** What a mail says, and where answers to it go when that is not the sender. */
export interface Mail extends MessageText {
  replyTo?: { name: string; address: string }
}

/** Subject and text of a message; `open` decrypts mail about accounts. */
export function mailOf(
  { kind, document }: Pick<Deliverable, 'kind' | 'document'>,
  open: (sealed: string) => string = (sealed) => sealed,
): Mail {
  if (kind === 'account')
    return JSON.parse(open((JSON.parse(document) as { sealed: string }).sealed)) as MessageText
  if (kind !== 'mail') return mailOfEvents(document)
  const { subject, text, replyTo } = JSON.parse(document) as MessageText & { replyTo?: string }
  // A requester's subject may have several lines, that of a mail has one; and mail programs would show what an encoded
  // word (=?UTF-8?Q?…?=) stands for, which he did not write.
  const mail = { subject: subject.replace(/\s+/g, ' ').trim().replaceAll('=?', '= ?'), text }
  return replyTo === undefined ? mail : { ...mail, replyTo: { name: '', address: replyTo } }
}

/** The answer of a worker is not mailed. */
function mailOfEvents(document: string): MessageText {
  const { Events, CustomerId } = JSON.parse(document) as EventDocument
  const first = Events[0] ?? {}
  const subject = `${first.EventType}${first.HITTypeId === undefined ? '' : ` (HIT type ${first.HITTypeId})`}`
  const lines = Events.flatMap((event) => [
    `Event: ${event.EventType}`,
    `Time: ${event.EventTimestamp}`,
    ...ids.filter(([key]) => event[key] !== undefined).map(([key, label]) => `${label}: ${event[key]}`),
    '',
  ])
  return { subject, text: [...lines, `Requester: ${CustomerId}`, ''].join('\n') }
}

const ids = [
  ['HITTypeId', 'HIT type'],
  ['HITId', 'HIT'],
  ['AssignmentId', 'Assignment'],
  ['WorkerId', 'Worker'],
] as const

// An attempt that was given up must not go on behind the next one.
const { attemptTime } = server.notifications
const patience = {
  dnsTimeout: attemptTime,
  connectionTimeout: attemptTime,
  greetingTimeout: attemptTime,
  socketTimeout: attemptTime,
}

/** Builds the transport. */
export function createEmail(options: MailOptions, unseal?: (sealed: string) => string): Send {
  if (options === 'keep') return () => Promise.resolve()
  if (options === undefined)
    return () => Promise.reject(new Undeliverable('This server has no mail server to send by.'))
  const { serverURL, from } = options
  let transport: Promise<{ sendMail(mail: object): Promise<unknown> }> | undefined
  const open = async () => (await import('nodemailer')).createTransport({ url: serverURL, ...patience })
  return async (message) => {
    transport ??= open()
    const mailer = await transport
    // The id stays the same when the mail is sent again: mail programs know a repetition by it.
    const messageId = `<${message.id}@kempelen>`
    await mailer.sendMail({
      from,
      to: { name: '', address: message.destination },
      messageId,
      ...mailOf(message, unseal),
    })
  }
}
