import type { MessageText } from '../../domain/worker-messages.ts'
import * as messages from '../../store/messages.ts'
import * as requesters from '../../store/requesters.ts'
import type { Write } from '../../store/tx.ts'

/** Whom a message is for, and what it is about. */
export interface Telling {
  kind: messages.MessageKind
  workerId: string
  requesterId: string
}

/** Tells a worker something by mail, in the transaction that gives the cause [hits 13, 14]. */
export async function tellWorker(tx: Write, telling: Telling, { subject, text }: MessageText): Promise<void> {
  await messages.add(tx, { ...telling, id: tx.ids.entity(tx.now), subject, text, at: tx.now })
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
