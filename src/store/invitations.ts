// Links that let somebody sign up, once each. Tokens are stored hashed; all times are wall-clock times.
import { insert, read, write } from './prepared.ts'
import type { InvitationTable } from './schema-shared.ts'
import type { Read, Write } from './tx.ts'

export interface Invitation {
  /** In order of time. */
  id: string
  /** SHA-256 of its token. */
  hash: string
  /** The address that it is meant for, in lower case. */
  email: string | undefined
  createdAt: number
  expiresAt: number
  /** The worker who signed up with it. */
  usedBy: string | undefined
  revokedAt: number | undefined
}

function fromRow(row: InvitationTable): Invitation {
  return {
    id: row.id,
    hash: row.hash,
    email: row.email ?? undefined,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    usedBy: row.used_by ?? undefined,
    revokedAt: row.revoked_at ?? undefined,
  }
}

const insertRow = insert('invitation', [
  'id',
  'hash',
  'email',
  'created_at',
  'expires_at',
  'used_by',
  'revoked_at',
])

const findRow = read<{ hash: string }, InvitationTable>(({ db }, p) =>
  db.selectFrom('invitation').selectAll().where('hash', '=', p.hash),
)

const pageRows = read<{ before: string; limit: number }, InvitationTable>(({ db }, p) =>
  db.selectFrom('invitation').selectAll().where('id', '<', p.before).orderBy('id', 'desc').limit(p.limit),
)

const useRow = write<{ hash: string; wallNow: number; workerId: string }, unknown>(({ db }, p) =>
  db
    .updateTable('invitation')
    .set({ used_by: p.workerId })
    .where('hash', '=', p.hash)
    .where('used_by', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', p.wallNow),
)

const revokeRow = write<{ id: string; wallNow: number }, unknown>(({ db }, p) =>
  db
    .updateTable('invitation')
    .set({ revoked_at: p.wallNow })
    .where('id', '=', p.id)
    .where('used_by', 'is', null)
    .where('revoked_at', 'is', null),
)

const eraseEmail = write<{ workerId: string; email: string }, unknown>(({ db }, p) =>
  db
    .updateTable('invitation')
    .set({ email: null })
    .where((eb) => eb.or([eb('used_by', '=', p.workerId), eb('email', '=', p.email)])),
)

const oldRow = read<{ until: number }, { id: string }>(({ db }, p) =>
  db.selectFrom('invitation').select('id').where('expires_at', '<=', p.until).limit(1),
)

const deleteOldRows = write<{ until: number; limit: number }, unknown>(({ db }, p) =>
  db
    .deleteFrom('invitation')
    .where('id', 'in', (eb) =>
      eb.selectFrom('invitation').select('id').where('expires_at', '<=', p.until).limit(p.limit),
    ),
)

/** Makes an invitation. */
export async function add(tx: Write, invitation: Invitation): Promise<void> {
  await tx.change(insertRow, {
    id: invitation.id,
    hash: invitation.hash,
    email: invitation.email ?? null,
    created_at: invitation.createdAt,
    expires_at: invitation.expiresAt,
    used_by: invitation.usedBy ?? null,
    revoked_at: invitation.revokedAt ?? null,
  })
}

/** The invitation whose token has this hash, if it can be used now. */
export async function findUsable(tx: Read, hash: string, wallNow: number): Promise<Invitation | undefined> {
  const row = await tx.first(findRow, { hash })
  const invitation = row && fromRow(row)
  const usable =
    invitation?.usedBy === undefined &&
    invitation?.revokedAt === undefined &&
    (invitation?.expiresAt ?? 0) > wallNow
  return usable ? invitation : undefined
}

/** Uses an invitation up for a worker; false when it is unknown, used, revoked or old. */
export async function use(tx: Write, hash: string, wallNow: number, workerId: string): Promise<boolean> {
  return (await tx.change(useRow, { hash, wallNow, workerId })) === 1
}

/** Invitations, newest first; `before` is the id of the last one of the page before. */
export async function list(tx: Read, before: string | undefined, limit: number): Promise<Invitation[]> {
  // Behind every id: they begin with the digit 3.
  return (await tx.all(pageRows, { before: before ?? '4', limit })).map(fromRow)
}

/** Takes an unused invitation back; false when there is none of this id. */
export async function revoke(tx: Write, id: string, wallNow: number): Promise<boolean> {
  return (await tx.change(revokeRow, { id, wallNow })) === 1
}

/** Forgets the address of invitations that a worker used, or that were meant for him. */
export async function erase(tx: Write, workerId: string, email: string): Promise<void> {
  await tx.change(eraseEmail, { workerId, email })
}

/** Whether there are invitations that ended before `until`. */
export async function hasOld(tx: Read, until: number): Promise<boolean> {
  return (await tx.first(oldRow, { until })) !== undefined
}

/** Forgets at most `limit` invitations that ended before `until`; answers how many. */
export async function forgetOld(tx: Write, until: number, limit: number): Promise<number> {
  return tx.change(deleteOldRows, { until, limit })
}
