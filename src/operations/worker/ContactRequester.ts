import { checkMessage, tidyMessage } from '../../domain/contact.ts'
import { isFault, type Fault } from '../../domain/fault.ts'
import { server } from '../../limits.ts'
import * as messages from '../../store/messages.ts'
import type { Write } from '../../store/tx.ts'
import * as workerAccounts from '../../store/worker-accounts.ts'
import * as workers from '../../store/workers.ts'
import { tellRequester } from '../acts/tell-requester.ts'
import type { WorkerCaller, WriteOperation } from '../operation.ts'
import { findContactSubject, type ContactTarget } from './contact-subject.ts'

export interface ContactInput {
  target: ContactTarget
  subject: string
  text: string
  /** The requester may answer by mail, and so see the worker's address. */
  mayAnswer: boolean
}

/**
 * A worker writes to a requester, who gets it by mail with the worker's id [websites 1.12]. ParameterTooShort,
 * ParameterTooLong and InvalidParameterValue on `subject` and `text`; GroupDoesNotExist, AssignmentDoesNotExist;
 * WorkerDoesNotExist; TooManyAttempts when he has written as often as one may in a day.
 */
export const ContactRequester: WriteOperation<WorkerCaller, ContactInput, { messageId: string }> = {
  mode: 'write',
  name: 'ContactRequester',
  subject: (_, __, { messageId }) => messageId,
  check(input): ContactInput | Fault {
    const tidied = { ...input, ...tidyMessage(input) }
    return checkMessage(tidied) ?? tidied
  },
  async perform(tx, { workerId }, { target, subject, text, mayAnswer }) {
    const about = await findContactSubject(tx, workerId, target)
    if (isFault(about)) return about
    if (!(await workers.exists(tx, workerId))) return { fault: 'WorkerDoesNotExist', workerId }
    // Locked, so that messages sent at once are counted one after the other.
    await workerAccounts.lock(tx, workerId)
    const refusal = await refuseTooMany(tx, workerId)
    if (refusal) return refusal
    return { messageId: await tellRequester(tx, workerId, about, { subject, text }, mayAnswer) }
  },
}

async function refuseTooMany(tx: Write, workerId: string): Promise<Fault | undefined> {
  const { messages: most, window } = server.contact
  const times = await messages.contactTimes(tx, workerId, tx.now - window, most)
  const oldest = times[most - 1]
  if (oldest === undefined) return undefined
  return { fault: 'TooManyAttempts', retryAfterSeconds: Math.ceil((oldest + window - tx.now) / 1000) }
}
