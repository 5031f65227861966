import { isMailAddress } from '../../domain/notification.ts'
import type { MessageText } from '../../domain/worker-messages.ts'
import * as messages from '../../store/messages.ts'
import * as outbox from '../../store/outbox.ts'
import * as requesters from '../../store/requesters.ts'
import type { Write } from '../../store/tx.ts'
import * as workers from '../../store/workers.ts'

/** Whom a message is for, and what it is about. */
export interface Telling {
  kind: messages.MessageKind
  workerId: string
  requesterId: string
}

/**
 * Tells a worker something by mail, in the transaction that gives the cause [hits 13, 14]. It is kept in any case, and
 * leaves where there is a mail server to leave by and an address to go to.
 */
export async function tellWorker(tx: Write, telling: Telling, { subject, text }: MessageText): Promise<void> {
  const id = tx.ids.entity(tx.now)
  await messages.add(tx, { ...telling, id, subject, text, at: tx.now })
  if (!tx.settings.mailsWorkers) return
  const address = (await workers.find(tx, telling.workerId))?.email
  if (address !== undefined && isMailAddress(address))
    await outbox.add(tx, mailTo(tx, address, telling, id, { subject, text }))
}

/** Mail on its way out. It waits for no other mail: `hitId`, which orders what leaves, is its own id. */
function mailTo(
  tx: Write,
  address: string,
  { kind, requesterId }: Telling,
  id: string,
  text: MessageText,
): outbox.Message {
  return {
    id,
    requesterId,
    kind: 'mail',
    transport: 'Email',
    destination: address,
    hitId: id,
    hitTypeId: '',
    event: kind,
    document: JSON.stringify(text),
    isSealed: true,
    partOf: undefined,
    createdAt: tx.now,
    state: 'waiting',
    dueAt: 0,
    attempts: 0,
    error: undefined,
    settledAt: undefined,
  }
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
