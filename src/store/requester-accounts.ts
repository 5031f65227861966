// What requesters can spend, kept in the same transaction as the transfers that change it. A row is made when it is
// first needed: people are the same in every market, their money is not.
import { sql } from 'kysely'
import { cents, type Cents } from '../domain/money.ts'
import { read, write } from './prepared.ts'
import type { Read, Write } from './tx.ts'

const openRow = write<{ id: string }, unknown>(({ db }, p) =>
  db
    .insertInto('requester_account')
    .values({ requester_id: p.id, available: 0, allows_edits: 0 })
    .onConflict((conflict) => conflict.column('requester_id').doNothing()),
)

const findRow = read<{ id: string }, { available: number }>(({ db }, p) =>
  db.selectFrom('requester_account').select('available').where('requester_id', '=', p.id),
)

// `room` is the most that the account may hold before: a sum beyond it would not be a number of cents any more.
const creditRow = write<{ id: string; amount: number; room: number }, unknown>(({ db }, p) =>
  db
    .updateTable('requester_account')
    .set({ available: sql<number>`available + ${p.amount}` })
    .where('requester_id', '=', p.id)
    .where('available', '<=', p.room),
)

// The condition makes the check and the change one step: two spenders cannot both see enough.
const debitRow = write<{ id: string; amount: number }, unknown>(({ db }, p) =>
  db
    .updateTable('requester_account')
    .set({ available: sql<number>`available - ${p.amount}` })
    .where('requester_id', '=', p.id)
    .where('available', '>=', p.amount),
)

const findEditsRow = read<{ id: string }, { allows_edits: number }>(({ db }, p) =>
  db.selectFrom('requester_account').select('allows_edits').where('requester_id', '=', p.id),
)

const setEditsRow = write<{ id: string; allows: number }, unknown>(({ db }, p) =>
  db.updateTable('requester_account').set({ allows_edits: p.allows }).where('requester_id', '=', p.id),
)

/** Whether workers may change what they have submitted to the requester. */
export async function allowsEdits(tx: Read, requesterId: string): Promise<boolean> {
  return (await tx.first(findEditsRow, { id: requesterId }))?.allows_edits === 1
}

/** Sets whether workers may change what they have submitted to the requester. */
export async function setAllowsEdits(tx: Write, requesterId: string, allows: boolean): Promise<void> {
  await tx.change(openRow, { id: requesterId })
  await tx.change(setEditsRow, { id: requesterId, allows: allows ? 1 : 0 })
}

/** What the requester can spend [hits 9.2]. */
export async function available(tx: Read, requesterId: string): Promise<Cents> {
  return cents((await tx.first(findRow, { id: requesterId }))?.available ?? 0)
}

/** Adds to the requester's available money. Throws when the sum exceeds what an amount may be. */
export async function credit(tx: Write, requesterId: string, amount: Cents): Promise<void> {
  const parameters = {
    id: requesterId,
    amount: Number(amount),
    room: Number.MAX_SAFE_INTEGER - Number(amount),
  }
  if ((await tx.change(creditRow, parameters)) === 1) return
  await tx.change(openRow, { id: requesterId })
  if ((await tx.change(creditRow, parameters)) !== 1) {
    throw new RangeError(`the account of requester ${requesterId} would hold more than money can count`)
  }
}

/** Takes from the requester's available money; false, and nothing changed, when it is not enough. */
export async function debit(tx: Write, requesterId: string, amount: Cents): Promise<boolean> {
  return (await tx.change(debitRow, { id: requesterId, amount: Number(amount) })) === 1
}
