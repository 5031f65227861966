// Workers: identities that all markets share.
import { insert, read, write } from './prepared.ts'
import type { WorkerTable } from './schema.ts'
import type { Read, Write } from './tx.ts'

const insertRow = insert('worker', [
  'id',
  'name',
  'email',
  'password',
  'suspended',
  'country',
  'subdivision',
  'created_at',
])

const findRow = read<{ id: string }, WorkerTable>(({ db }, p) =>
  db.selectFrom('worker').selectAll().where('id', '=', p.id),
)

const findRowByEmail = read<{ email: string }, WorkerTable>(({ db }, p) =>
  db.selectFrom('worker').selectAll().where('email', '=', p.email),
)

const setRow = write<{ id: string; suspended: number }, unknown>(({ db }, p) =>
  db.updateTable('worker').set({ suspended: p.suspended }).where('id', '=', p.id),
)

export async function add(tx: Write, worker: WorkerTable): Promise<void> {
  await tx.change(insertRow, worker)
}

export async function find(tx: Read, id: string): Promise<WorkerTable | undefined> {
  return tx.first(findRow, { id })
}

/** `email` in lower case. */
export async function findByEmail(tx: Read, email: string): Promise<WorkerTable | undefined> {
  return tx.first(findRowByEmail, { email })
}

export async function exists(tx: Read, id: string): Promise<boolean> {
  return (await find(tx, id)) !== undefined
}

export async function setSuspended(tx: Write, id: string, suspended: boolean): Promise<void> {
  await tx.change(setRow, { id, suspended: suspended ? 1 : 0 })
}
