// Balances and counters of workers, kept in the same transaction as the work and the transfers that change them. A row
// is made when it is first needed: people are the same in every market, their work and money are not.
import { sql } from 'kysely'
import { cents, type Cents } from '../domain/money.ts'
import { read, write } from './prepared.ts'
import type { WorkerAccountTable } from './schema.ts'
import type { Read, Write } from './tx.ts'

/** The counters of a worker that acts change, all by addition. */
export type WorkerCounter =
  | 'accepted'
  | 'returned'
  | 'abandoned'
  | 'submitted'
  | 'approved'
  | 'rejected'
  | 'held'
  | 'rewards'
  | 'bonuses'

type CounterChange = { id: string; room: number } & Record<WorkerCounter | 'balance', number>

const nothing: Record<WorkerCounter | 'balance', number> = {
  balance: 0,
  rewards: 0,
  bonuses: 0,
  accepted: 0,
  returned: 0,
  abandoned: 0,
  submitted: 0,
  approved: 0,
  rejected: 0,
  held: 0,
}

const emptyRow: Omit<WorkerAccountTable, 'worker_id'> = {
  ...nothing,
  accepted_today: 0,
  day_start: 0,
  masters: 0,
  adult: 0,
}

const openRow = write<{ id: string }, unknown>(({ db }, p) =>
  db
    .insertInto('worker_account')
    .values({ worker_id: p.id, ...emptyRow })
    .onConflict((conflict) => conflict.column('worker_id').doNothing()),
)

// `room` is the most that the balance may hold before.
const changeCounters = write<CounterChange, unknown>(({ db }, p) =>
  db
    .updateTable('worker_account')
    .set({
      balance: sql<number>`balance + ${p.balance}`,
      rewards: sql<number>`rewards + ${p.rewards}`,
      bonuses: sql<number>`bonuses + ${p.bonuses}`,
      accepted: sql<number>`accepted + ${p.accepted}`,
      returned: sql<number>`returned + ${p.returned}`,
      abandoned: sql<number>`abandoned + ${p.abandoned}`,
      submitted: sql<number>`submitted + ${p.submitted}`,
      approved: sql<number>`approved + ${p.approved}`,
      rejected: sql<number>`rejected + ${p.rejected}`,
      held: sql<number>`held + ${p.held}`,
    })
    .where('worker_id', '=', p.id)
    .where('balance', '<=', p.room),
)

/**
 * Adds to a worker's counters. Earned rewards and bonuses go to his balance as well. Throws when that exceeds what an
 * amount may be.
 */
export async function count(
  tx: Write,
  workerId: string,
  changes: Partial<Record<WorkerCounter, number>>,
): Promise<void> {
  const balance = (changes.rewards ?? 0) + (changes.bonuses ?? 0)
  const parameters = {
    ...nothing,
    ...changes,
    balance,
    id: workerId,
    room: Number.MAX_SAFE_INTEGER - balance,
  }
  if ((await tx.change(changeCounters, parameters)) === 1) return
  await tx.change(openRow, { id: workerId })
  if ((await tx.change(changeCounters, parameters)) !== 1) {
    throw new RangeError(`the account of worker ${workerId} would hold more than money can count`)
  }
}

const creditRow = write<{ workerId: string; amount: number; most: number }, unknown>(({ db }, p) =>
  db
    .updateTable('worker_account')
    .set({ balance: sql<number>`balance + ${p.amount}` })
    .where('worker_id', '=', p.workerId)
    .where('balance', '<=', p.most),
)

/** Gives a worker back what he asked to be paid. Throws when he would have more than an amount may be. */
export async function credit(tx: Write, workerId: string, amount: Cents): Promise<void> {
  const most = Number.MAX_SAFE_INTEGER - Number(amount)
  if ((await tx.change(creditRow, { workerId, amount: Number(amount), most })) !== 1)
    throw new RangeError(`the account of worker ${workerId} would hold more than money can count`)
}

const debitRow = write<{ workerId: string; amount: number }, unknown>(({ db }, p) =>
  db
    .updateTable('worker_account')
    .set({ balance: sql<number>`balance - ${p.amount}` })
    .where('worker_id', '=', p.workerId)
    .where('balance', '>=', p.amount),
)

/** Takes money from a worker's balance; answers whether he has so much. */
export async function debit(tx: Write, workerId: string, amount: Cents): Promise<boolean> {
  return (await tx.change(debitRow, { workerId, amount: Number(amount) })) === 1
}

const findRow = read<{ id: string }, WorkerAccountTable>(({ db }, p) =>
  db.selectFrom('worker_account').selectAll().where('worker_id', '=', p.id),
)

const lockRow = write<{ id: string }, WorkerAccountTable>(({ db, forUpdate }, p) =>
  forUpdate(db.selectFrom('worker_account').selectAll().where('worker_id', '=', p.id)),
)

/** A worker's money and counters in this market. */
export interface WorkerAccount {
  workerId: string
  balance: Cents
  rewards: Cents
  bonuses: Cents
  accepted: number
  returned: number
  abandoned: number
  submitted: number
  approved: number
  rejected: number
  /** Assignments open now, counted until the timers have swept those past their deadline. */
  held: number
  acceptedToday: number
  dayStart: number
  masters: boolean
  adult: boolean
}

function fromRow(row: WorkerAccountTable): WorkerAccount {
  return {
    workerId: row.worker_id,
    balance: cents(row.balance),
    rewards: cents(row.rewards),
    bonuses: cents(row.bonuses),
    accepted: row.accepted,
    returned: row.returned,
    abandoned: row.abandoned,
    submitted: row.submitted,
    approved: row.approved,
    rejected: row.rejected,
    held: row.held,
    acceptedToday: row.accepted_today,
    dayStart: row.day_start,
    masters: row.masters === 1,
    adult: row.adult === 1,
  }
}

/** The worker's account; all zeros when he has done nothing in this market. */
export async function find(tx: Read, workerId: string): Promise<WorkerAccount> {
  return fromRow((await tx.first(findRow, { id: workerId })) ?? { worker_id: workerId, ...emptyRow })
}

/** The worker's account, made if needed and locked until the transaction ends. */
export async function lock(tx: Write, workerId: string): Promise<WorkerAccount> {
  const row = await tx.first(lockRow, { id: workerId })
  if (row) return fromRow(row)
  await tx.change(openRow, { id: workerId })
  const made = await tx.first(lockRow, { id: workerId })
  if (made === undefined) throw new Error(`account of worker ${workerId} was not made`)
  return fromRow(made)
}

const writeDay = write<{ id: string; day: number; accepted: number }, unknown>(({ db }, p) =>
  db
    .updateTable('worker_account')
    .set({ day_start: p.day, accepted_today: p.accepted })
    .where('worker_id', '=', p.id),
)

/** Records how many HITs the worker has accepted in the Pacific day that began at `dayStart`. */
export async function setAcceptedToday(
  tx: Write,
  workerId: string,
  dayStart: number,
  accepted: number,
): Promise<void> {
  await tx.change(writeDay, { id: workerId, day: dayStart, accepted })
}

const writeFlags = write<{ id: string; masters: number; adult: number }, unknown>(({ db }, p) =>
  db.updateTable('worker_account').set({ masters: p.masters, adult: p.adult }).where('worker_id', '=', p.id),
)

/** Grants or takes away Masters and the adult-content qualification: the operator's to decide. */
export async function setFlags(
  tx: Write,
  workerId: string,
  flags: { masters: boolean; adult: boolean },
): Promise<void> {
  await lock(tx, workerId)
  await tx.change(writeFlags, { id: workerId, masters: flags.masters ? 1 : 0, adult: flags.adult ? 1 : 0 })
}
