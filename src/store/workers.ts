// Workers: identities that all markets share.
import type { Locale } from '../domain/qualification.ts'
import { insert, read, write } from './prepared.ts'
import type { WorkerTable } from './schema.ts'
import type { Read, Write } from './tx.ts'

export interface Worker {
  id: string
  name: string
  /** In lower case. */
  email: string | undefined
  /** The password's hash. */
  password: string | undefined
  suspended: boolean
  /** Where the worker lives, when it is known. */
  locale: Locale | undefined
  createdAt: number
  /** He wants no mail but what is about his account and about blocks. */
  withoutMail?: boolean | undefined
  /** He has closed his account: his name, address and password are gone. */
  closedAt?: number | undefined
}

function fromRow({ country, subdivision, ...row }: WorkerTable): Worker {
  return {
    id: row.id,
    name: row.name,
    email: row.email ?? undefined,
    password: row.password ?? undefined,
    suspended: row.suspended === 1,
    locale: country === null ? undefined : { country, ...(subdivision !== null && { subdivision }) },
    createdAt: row.created_at,
    ...(row.without_mail === 1 && { withoutMail: true }),
    ...(row.closed_at !== null && { closedAt: row.closed_at }),
  }
}

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

const setLocaleRow = write<{ id: string; country: string; subdivision: string | null }, unknown>(
  ({ db }, p) =>
    db.updateTable('worker').set({ country: p.country, subdivision: p.subdivision }).where('id', '=', p.id),
)

const setSuspendedRow = write<{ id: string; suspended: number }, unknown>(({ db }, p) =>
  // Whoever has closed his account does not come back.
  db
    .updateTable('worker')
    .set({ suspended: p.suspended })
    .where('id', '=', p.id)
    .where('closed_at', 'is', null),
)

const setEmailRow = write<{ id: string; email: string }, unknown>(({ db }, p) =>
  db.updateTable('worker').set({ email: p.email }).where('id', '=', p.id).where('closed_at', 'is', null),
)

const setPasswordRow = write<{ id: string; password: string }, unknown>(({ db }, p) =>
  db
    .updateTable('worker')
    .set({ password: p.password })
    .where('id', '=', p.id)
    .where('closed_at', 'is', null),
)

const setNameRow = write<{ id: string; name: string }, unknown>(({ db }, p) =>
  db.updateTable('worker').set({ name: p.name }).where('id', '=', p.id).where('closed_at', 'is', null),
)

const setWithoutMailRow = write<{ id: string; withoutMail: number }, unknown>(({ db }, p) =>
  db.updateTable('worker').set({ without_mail: p.withoutMail }).where('id', '=', p.id),
)

const closeRow = write<{ id: string; at: number }, unknown>(({ db }, p) =>
  db
    .updateTable('worker')
    .set({
      name: '',
      email: null,
      password: null,
      country: null,
      subdivision: null,
      suspended: 1,
      closed_at: p.at,
    })
    .where('id', '=', p.id)
    .where('closed_at', 'is', null),
)

const lockRow = write<{ id: string }, WorkerTable>(({ db, forUpdate }, p) =>
  forUpdate(db.selectFrom('worker').selectAll().where('id', '=', p.id)),
)

/** Adds a worker. Fails with a unique violation when his e-mail is in use. */
export async function add(tx: Write, worker: Worker): Promise<void> {
  await tx.change(insertRow, {
    id: worker.id,
    name: worker.name,
    email: worker.email ?? null,
    password: worker.password ?? null,
    suspended: worker.suspended ? 1 : 0,
    country: worker.locale?.country ?? null,
    subdivision: worker.locale?.subdivision ?? null,
    created_at: worker.createdAt,
  })
}

/** The worker of this id. */
export async function find(tx: Read, id: string): Promise<Worker | undefined> {
  const row = await tx.first(findRow, { id })
  return row && fromRow(row)
}

/** The worker with this e-mail, which is in lower case. */
export async function findByEmail(tx: Read, email: string): Promise<Worker | undefined> {
  const row = await tx.first(findRowByEmail, { email })
  return row && fromRow(row)
}

/** Whether there is such a worker. */
export async function exists(tx: Read, id: string): Promise<boolean> {
  return (await tx.first(findRow, { id })) !== undefined
}

/** Suspends a worker, or lets him work again. */
export async function setSuspended(tx: Write, id: string, suspended: boolean): Promise<void> {
  await tx.change(setSuspendedRow, { id, suspended: suspended ? 1 : 0 })
}

/** Notes where a worker lives now, in all markets. */
export async function setLocale(tx: Write, id: string, { country, subdivision }: Locale): Promise<void> {
  await tx.change(setLocaleRow, { id, country, subdivision: subdivision ?? null })
}

/** Changes his address, in lower case. Fails with a unique violation when it is in use. */
export async function setEmail(tx: Write, id: string, email: string): Promise<void> {
  await tx.change(setEmailRow, { id, email })
}

/** Changes his password, which is hashed. */
export async function setPassword(tx: Write, id: string, password: string): Promise<void> {
  await tx.change(setPasswordRow, { id, password })
}

/** Changes his name. */
export async function setName(tx: Write, id: string, name: string): Promise<void> {
  await tx.change(setNameRow, { id, name })
}

/** Notes whether he wants no mail that is not about his account. */
export async function setWithoutMail(tx: Write, id: string, withoutMail: boolean): Promise<void> {
  await tx.change(setWithoutMailRow, { id, withoutMail: withoutMail ? 1 : 0 })
}

/** The worker of this id, locked. */
export async function lock(tx: Write, id: string): Promise<Worker | undefined> {
  const row = await tx.first(lockRow, { id })
  return row && fromRow(row)
}

/** Erases who he is and shuts the account for good; false when it was shut. `at` is wall-clock time. */
export async function close(tx: Write, id: string, at: number): Promise<boolean> {
  return (await tx.change(closeRow, { id, at })) === 1
}
