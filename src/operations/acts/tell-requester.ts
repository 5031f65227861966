import { contactMail, type ContactSubject } from '../../domain/contact.ts'
import { isMailAddress } from '../../domain/notification.ts'
import type { MessageText } from '../../domain/worker-messages.ts'
import * as messages from '../../store/messages.ts'
import * as requesters from '../../store/requesters.ts'
import type { Write } from '../../store/tx.ts'
import * as workers from '../../store/workers.ts'
import { sendMail } from './send-mail.ts'

/**
 * Brings a requester by mail what a worker wrote [websites 1.12]; answers the message's id. It is kept in any case, and
 * leaves where there is a mail server to leave by and an address to go to. The worker's address stands in it only when
 * he may be answered.
 */
export async function tellRequester(
  tx: Write,
  workerId: string,
  about: ContactSubject,
  written: MessageText,
  mayAnswer: boolean,
): Promise<string> {
  const id = tx.ids.entity(tx.now)
  const { requesterId } = about
  const replyTo = mayAnswer ? usable((await workers.find(tx, workerId))?.email) : undefined
  const { subject, text } = contactMail(workerId, about, written, replyTo !== undefined)
  await messages.add(tx, { id, kind: 'contact', workerId, requesterId, subject, text, at: tx.now })
  const destination = usable((await requesters.find(tx, requesterId))?.email)
  if (!tx.settings.mailsWorkers || destination === undefined) return id
  await sendMail(tx, {
    id,
    requesterId,
    kind: 'mail',
    destination,
    event: 'contact',
    document: { subject, text, replyTo },
  })
  return id
}

function usable(address: string | undefined): string | undefined {
  return address !== undefined && isMailAddress(address) ? address : undefined
}
