import * as outbox from '../../store/outbox.ts'
import type { Write } from '../../store/tx.ts'

/** Mail about an account: subject and text as JSON, encrypted, because a link in it is as good as a password. */
export type SealedMail = string

/** Mails somebody about his own account. It is never kept for him to read on the site. */
export async function mailAccount(tx: Write, destination: string, sealed: SealedMail): Promise<void> {
  const id = tx.ids.entity(tx.now)
  await outbox.add(tx, {
    id,
    requesterId: '',
    kind: 'account',
    transport: 'Email',
    destination,
    // Mail waits for no other mail, so its own id stands for the HIT by which messages are kept in order.
    hitId: id,
    hitTypeId: '',
    event: 'account',
    document: JSON.stringify({ sealed }),
    isSealed: true,
    createdAt: tx.now,
    ...outbox.waiting,
  })
}
