// Requesters and their access keys: identities that all markets share.
import { insert, read, write } from './prepared.ts'
import type { AccessKeyTable, RequesterTable } from './schema.ts'
import type { Read, Write } from './tx.ts'

const insertRow = insert('requester', [
  'id',
  'name',
  'email',
  'password',
  'suspended',
  'linked',
  'created_at',
])
const insertKey = insert('access_key', ['id', 'requester_id', 'secret', 'version', 'created_at'])

const findRow = read<{ id: string }, RequesterTable>(({ db }, p) =>
  db.selectFrom('requester').selectAll().where('id', '=', p.id),
)

const findRowByEmail = read<{ email: string }, RequesterTable>(({ db }, p) =>
  db.selectFrom('requester').selectAll().where('email', '=', p.email),
)

const setRow = write<{ id: string; suspended: number; linked: number }, unknown>(({ db }, p) =>
  db.updateTable('requester').set({ suspended: p.suspended, linked: p.linked }).where('id', '=', p.id),
)

type KeyRow = AccessKeyTable & { suspended: number; linked: number }

const findKeyRow = read<{ id: string }, KeyRow>(({ db }, p) =>
  db
    .selectFrom('access_key')
    .innerJoin('requester', 'requester.id', 'access_key.requester_id')
    .selectAll('access_key')
    .select(['requester.suspended', 'requester.linked'])
    .where('access_key.id', '=', p.id),
)

export async function add(tx: Write, requester: RequesterTable): Promise<void> {
  await tx.change(insertRow, requester)
}

export async function find(tx: Read, id: string): Promise<RequesterTable | undefined> {
  return tx.first(findRow, { id })
}

/** `email` in lower case. */
export async function findByEmail(tx: Read, email: string): Promise<RequesterTable | undefined> {
  return tx.first(findRowByEmail, { email })
}

export async function setState(
  tx: Write,
  id: string,
  state: { suspended: boolean; linked: boolean },
): Promise<void> {
  await tx.change(setRow, { id, suspended: state.suspended ? 1 : 0, linked: state.linked ? 1 : 0 })
}

export async function addKey(tx: Write, key: AccessKeyTable): Promise<void> {
  await tx.change(insertKey, key)
}

/** An access key with the state of its requester; the secret is still encrypted. */
export async function findKey(tx: Read, accessKeyId: string): Promise<KeyRow | undefined> {
  return tx.first(findKeyRow, { id: accessKeyId })
}
