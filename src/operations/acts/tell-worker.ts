import { isMailAddress } from '../../domain/notification.ts'
import type { MessageText } from '../../domain/worker-messages.ts'
import * as messages from '../../store/messages.ts'
import * as requesters from '../../store/requesters.ts'
import type { Write } from '../../store/tx.ts'
import * as workers from '../../store/workers.ts'
import { sendMail } from './send-mail.ts'

/** Whom a message is for, and what it is about. */
export interface Telling {
  kind: messages.MessageKind
  workerId: string
  requesterId: string
  /** Whether it is mailed also to who would rather have no mail. */
  isUrgent?: boolean
}

/**
 * Tells a worker something by mail, in the transaction that gives the cause [hits 13, 14]. It is kept in any case, and
 * leaves where there is a mail server to leave by and an address to go to.
 */
export async function tellWorker(
  tx: Write,
  { kind, workerId, requesterId, isUrgent = false }: Telling,
  { subject, text }: MessageText,
): Promise<void> {
  const id = tx.ids.entity(tx.now)
  await messages.add(tx, { id, kind, workerId, requesterId, subject, text, at: tx.now })
  if (!tx.settings.mailsWorkers) return
  const { email: destination, withoutMail = false } = (await workers.find(tx, workerId)) ?? {}
  if (destination === undefined || !isMailAddress(destination)) return
  if (withoutMail && !isUrgent) return
  await sendMail(tx, { id, requesterId, kind: 'mail', destination, event: kind, document: { subject, text } })
}

/** As tellWorker, with a text that names the requester. */
export async function tellOfRequester(
  tx: Write,
  telling: Telling,
  text: (requesterName: string) => MessageText,
): Promise<void> {
  const requester = await requesters.find(tx, telling.requesterId)
  await tellWorker(tx, telling, text(requester?.name ?? telling.requesterId))
}
