// What a worker writes to a requester: a mail that says who writes about what, and how he can be answered
// [websites 1.12].
import { market } from '../limits.ts'
import type { Fault } from './fault.ts'
import { checkRequiredText } from './parameters.ts'
import type { MessageText } from './worker-messages.ts'

/** The work that a message is about. */
export interface ContactSubject {
  requesterId: string
  title: string
  hitTypeId: string
  groupId: string
  /** The worker's own assignment, when the message is about that. */
  assignment: { id: string; hitId: string } | undefined
}

/** A subject in one line, and a text without blanks at its end whose lines end as this system's do. */
export function tidyMessage({ subject, text }: MessageText): MessageText {
  return { subject: subject.replace(/\s+/g, ' ').trim(), text: text.replace(/\r\n?/g, '\n').trimEnd() }
}

/** Whether what a worker wrote may be sent. ParameterTooShort, ParameterTooLong, InvalidParameterValue. */
export function checkMessage({ subject, text }: MessageText): Fault | undefined {
  return (
    checkRequiredText('subject', subject, market.subjectLength) ??
    checkRequiredText('text', text, market.messageLength)
  )
}

/** The mail to the requester. */
export function contactMail(
  workerId: string,
  about: ContactSubject,
  { subject, text }: MessageText,
  mayAnswer: boolean,
): MessageText {
  const work =
    about.assignment === undefined
      ? `your HITs "${about.title}" (HIT type ${about.hitTypeId}, HIT group ${about.groupId})`
      : `your HIT "${about.title}" (HIT ${about.assignment.hitId}, assignment ${about.assignment.id})`
  const byCall = `call NotifyWorkers with the worker ID ${workerId}`
  const way = mayAnswer
    ? `Answer this mail, or ${byCall}. The worker has allowed you to see the address that answers go to.`
    : `To answer, ${byCall}. An answer to this mail does not reach the worker.`
  return { subject, text: `Worker ${workerId} writes about ${work}:\n\n${text}\n\n${way}\n` }
}
