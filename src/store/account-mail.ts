// Mail in the outbox that is about people themselves: what tests may read in demo mode, and what goes with an account
// that is closed.
import { read, write } from './prepared.ts'
import type { Read, Write } from './tx.ts'

export interface AccountMail {
  id: string
  /** Where it goes. */
  email: string
  /** JSON with the subject and text, encrypted. */
  document: string
  at: number
}

const newestRows = read<
  { before: string; limit: number },
  { id: string; destination: string; document: string; created_at: number }
>(({ db }, p) =>
  db
    .selectFrom('outbox')
    .select(['id', 'destination', 'document', 'created_at'])
    .where('kind', '=', 'account')
    .where('id', '<', p.before)
    .orderBy('id', 'desc')
    .limit(p.limit),
)

const deleteRows = write<{ email: string }, unknown>(({ db }, p) =>
  db
    .deleteFrom('outbox')
    .where('transport', '=', 'Email')
    .where('destination', '=', p.email)
    .where('kind', 'in', ['mail', 'account']),
)

/** Mail about accounts, newest first; `before` is the id of the last one of the page before. */
export async function listNewest(
  tx: Read,
  before: string | undefined,
  limit: number,
): Promise<AccountMail[]> {
  // Behind every id: they begin with the digit 3.
  const rows = await tx.all(newestRows, { before: before ?? '4', limit })
  return rows.map(({ id, destination, document, created_at: at }) => ({
    id,
    email: destination,
    document,
    at,
  }))
}

/** Deletes mail to this address, sent or not, but not what a requester's event notifications send there. */
export async function removeTo(tx: Write, email: string): Promise<void> {
  await tx.change(deleteRows, { email })
}

const deleteMessages = write<{ workerId: string }, unknown>(({ db }, p) =>
  db
    .deleteFrom('outbox')
    .where('id', 'in', (eb) => eb.selectFrom('message').select('id').where('worker_id', '=', p.workerId)),
)

/**
 * Deletes mail, sent or not, whatever address it goes to: what the worker was told, at an address of earlier days too,
 * and what he wrote to requesters, where his address may stand for answers.
 */
export async function removeOfWorker(tx: Write, workerId: string): Promise<void> {
  await tx.change(deleteMessages, { workerId })
}
