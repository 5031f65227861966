import * as outbox from '../../store/outbox.ts'
import type { Write } from '../../store/tx.ts'

/** A mail on its way into the outbox. */
export interface OutgoingMail {
  id: string
  /** Who it comes from; empty for the operator. */
  requesterId: string
  /** Whether it is what one person tells another, or about somebody's own account. */
  kind: 'mail' | 'account'
  destination: string
  /** What it is about, for whoever looks at the outbox. */
  event: outbox.Message['event']
  /** What the transport makes the mail of (notify/email.ts); nobody is shown it. */
  document: object
}

/** Puts a mail into the outbox, from where it leaves after the commit. */
export async function sendMail(tx: Write, { document, ...mail }: OutgoingMail): Promise<void> {
  await outbox.add(tx, {
    ...mail,
    transport: 'Email',
    // Mail waits for no other mail, so its own id stands for the HIT by which messages are kept in order.
    hitId: mail.id,
    hitTypeId: '',
    document: JSON.stringify(document),
    isSealed: true,
    createdAt: tx.now,
    ...outbox.waiting,
  })
}
