// One-time addresses of accounts: to confirm a sign-up or a new e-mail address, or to set a new password. Tokens are
// stored hashed; all times are wall-clock times.
import { insert, read, write } from './prepared.ts'
import type { AccountLinkTable } from './schema-shared.ts'
import type { Read, Write } from './tx.ts'

export type LinkPurpose = 'sign-up' | 'reset' | 'email'

export interface AccountLink {
  /** SHA-256 of its token. */
  hash: string
  purpose: LinkPurpose
  /** Undefined when it is for an account that is not there yet. */
  workerId: string | undefined
  /** In lower case. */
  email: string | undefined
  /** What is needed when it is used, as JSON. */
  details: string | undefined
  expiresAt: number
}

function fromRow(row: AccountLinkTable): AccountLink {
  return {
    hash: row.hash,
    purpose: row.purpose as LinkPurpose,
    workerId: row.worker_id ?? undefined,
    email: row.email ?? undefined,
    details: row.details ?? undefined,
    expiresAt: row.expires_at,
  }
}

const insertRow = insert('account_link', ['hash', 'purpose', 'worker_id', 'email', 'details', 'expires_at'])

const findRow = read<{ hash: string; purpose: string; wallNow: number }, AccountLinkTable>(({ db }, p) =>
  db
    .selectFrom('account_link')
    .selectAll()
    .where('hash', '=', p.hash)
    .where('purpose', '=', p.purpose)
    .where('expires_at', '>', p.wallNow),
)

const deleteRow = write<{ hash: string }, unknown>(({ db }, p) =>
  db.deleteFrom('account_link').where('hash', '=', p.hash),
)

const deleteRowsOfWorker = write<{ workerId: string }, unknown>(({ db }, p) =>
  db.deleteFrom('account_link').where('worker_id', '=', p.workerId),
)

const deleteRowsTo = write<{ email: string }, unknown>(({ db }, p) =>
  db.deleteFrom('account_link').where('email', '=', p.email),
)

const oldRow = read<{ wallNow: number }, { hash: string }>(({ db }, p) =>
  db.selectFrom('account_link').select('hash').where('expires_at', '<=', p.wallNow).limit(1),
)

const deleteOldRows = write<{ wallNow: number; limit: number }, unknown>(({ db }, p) =>
  db
    .deleteFrom('account_link')
    .where('hash', 'in', (eb) =>
      eb.selectFrom('account_link').select('hash').where('expires_at', '<=', p.wallNow).limit(p.limit),
    ),
)

/** Makes a one-time address. */
export async function add(tx: Write, link: AccountLink): Promise<void> {
  await tx.change(insertRow, {
    hash: link.hash,
    purpose: link.purpose,
    worker_id: link.workerId ?? null,
    email: link.email ?? null,
    details: link.details ?? null,
    expires_at: link.expiresAt,
  })
}

/** A one-time address that can be used now. */
export async function find(
  tx: Read,
  hash: string,
  purpose: LinkPurpose,
  wallNow: number,
): Promise<AccountLink | undefined> {
  const row = await tx.first(findRow, { hash, purpose, wallNow })
  return row && fromRow(row)
}

/** Uses a one-time address up; undefined when it is unknown, used or old. */
export async function take(
  tx: Write,
  hash: string,
  purpose: LinkPurpose,
  wallNow: number,
): Promise<AccountLink | undefined> {
  const row = await tx.first(findRow, { hash, purpose, wallNow })
  if (row === undefined || (await tx.change(deleteRow, { hash })) !== 1) return undefined
  return fromRow(row)
}

/** Kills all one-time addresses of a worker. */
export async function removeOfWorker(tx: Write, workerId: string): Promise<void> {
  await tx.change(deleteRowsOfWorker, { workerId })
}

/** Kills all one-time addresses that were mailed to this e-mail address. */
export async function removeTo(tx: Write, email: string): Promise<void> {
  await tx.change(deleteRowsTo, { email })
}

/** Whether there are addresses past their time. */
export async function hasOld(tx: Read, wallNow: number): Promise<boolean> {
  return (await tx.first(oldRow, { wallNow })) !== undefined
}

/** Forgets at most `limit` addresses past their time; answers how many. */
export async function forgetOld(tx: Write, wallNow: number, limit: number): Promise<number> {
  return tx.change(deleteOldRows, { wallNow, limit })
}
