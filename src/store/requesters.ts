// Requesters: identities that all markets share.
import { insert, read, write } from './prepared.ts'
import type { RequesterTable } from './schema.ts'
import type { Read, Write } from './tx.ts'

export interface Requester {
  id: string
  name: string
  /** In lower case. */
  email: string | undefined
  /** The password's hash. */
  password: string | undefined
  suspended: boolean
  linked: boolean
  createdAt: number
}

function fromRow(row: RequesterTable): Requester {
  return {
    id: row.id,
    name: row.name,
    email: row.email ?? undefined,
    password: row.password ?? undefined,
    suspended: row.suspended === 1,
    linked: row.linked === 1,
    createdAt: row.created_at,
  }
}

const insertRow = insert('requester', [
  'id',
  'name',
  'email',
  'password',
  'suspended',
  'linked',
  'created_at',
])
const findRow = read<{ id: string }, RequesterTable>(({ db }, p) =>
  db.selectFrom('requester').selectAll().where('id', '=', p.id),
)

const findRowByEmail = read<{ email: string }, RequesterTable>(({ db }, p) =>
  db.selectFrom('requester').selectAll().where('email', '=', p.email),
)

const setRow = write<{ id: string; suspended: number; linked: number }, unknown>(({ db }, p) =>
  db.updateTable('requester').set({ suspended: p.suspended, linked: p.linked }).where('id', '=', p.id),
)

/** Adds a requester. Fails with a unique violation when his e-mail is in use. */
export async function add(tx: Write, requester: Requester): Promise<void> {
  await tx.change(insertRow, {
    id: requester.id,
    name: requester.name,
    email: requester.email ?? null,
    password: requester.password ?? null,
    suspended: requester.suspended ? 1 : 0,
    linked: requester.linked ? 1 : 0,
    created_at: requester.createdAt,
  })
}

/** The requester of this id. */
export async function find(tx: Read, id: string): Promise<Requester | undefined> {
  const row = await tx.first(findRow, { id })
  return row && fromRow(row)
}

/** The requester with this e-mail, which is in lower case. */
export async function findByEmail(tx: Read, email: string): Promise<Requester | undefined> {
  const row = await tx.first(findRowByEmail, { email })
  return row && fromRow(row)
}

/** Suspends a requester, takes the link to his account away, or gives either back. */
export async function setState(
  tx: Write,
  id: string,
  state: { suspended: boolean; linked: boolean },
): Promise<void> {
  await tx.change(setRow, { id, suspended: state.suspended ? 1 : 0, linked: state.linked ? 1 : 0 })
}
