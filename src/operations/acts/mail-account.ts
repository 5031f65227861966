import type { Write } from '../../store/tx.ts'
import { sendMail } from './send-mail.ts'

/** Mail about an account: subject and text as JSON, encrypted, because a link in it is as good as a password. */
export type SealedMail = string

/** Mails somebody about his own account. It is never kept for him to read on the site. */
export async function mailAccount(tx: Write, destination: string, sealed: SealedMail): Promise<void> {
  const id = tx.ids.entity(tx.now)
  await sendMail(tx, {
    id,
    requesterId: '',
    kind: 'account',
    destination,
    event: 'account',
    document: { sealed },
  })
}
