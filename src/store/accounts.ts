// Balances of requesters and workers, kept in the same transaction as the transfers that change them. An account
// row is made when it is first needed: people are the same in every market, their money is not.
import { sql } from 'kysely'
import { cents, type Cents } from '../domain/money.ts'
import { read, write } from './prepared.ts'
import type { WorkerAccountTable } from './schema.ts'
import type { Read, Write } from './tx.ts'

const openRequester = write<{ id: string }, unknown>(({ db }, p) =>
  db
    .insertInto('requester_account')
    .values({ requester_id: p.id, available: 0 })
    .onConflict((conflict) => conflict.column('requester_id').doNothing()),
)

const requesterRow = read<{ id: string }, { available: number }>(({ db }, p) =>
  db.selectFrom('requester_account').select('available').where('requester_id', '=', p.id),
)

// `room` is the most that the account may hold before: a sum beyond it would not be a number of cents any more.
const credit = write<{ id: string; amount: number; room: number }, unknown>(({ db }, p) =>
  db
    .updateTable('requester_account')
    .set({ available: sql<number>`available + ${p.amount}` })
    .where('requester_id', '=', p.id)
    .where('available', '<=', p.room),
)

// The condition makes the check and the change one step: two spenders cannot both see enough.
const debit = write<{ id: string; amount: number }, unknown>(({ db }, p) =>
  db
    .updateTable('requester_account')
    .set({ available: sql<number>`available - ${p.amount}` })
    .where('requester_id', '=', p.id)
    .where('available', '>=', p.amount),
)

/** What the requester can spend [hits 9.2]. */
export async function available(tx: Read, requesterId: string): Promise<Cents> {
  return cents((await tx.first(requesterRow, { id: requesterId }))?.available ?? 0)
}

/** Adds to the requester's available money. Throws when the sum exceeds what an amount may be. */
export async function creditRequester(tx: Write, requesterId: string, amount: Cents): Promise<void> {
  const parameters = { id: requesterId, amount: Number(amount), room: roomFor(Number(amount)) }
  if ((await tx.change(credit, parameters)) === 1) return
  await tx.change(openRequester, { id: requesterId })
  if ((await tx.change(credit, parameters)) !== 1) throw overflow(`requester ${requesterId}`)
}

const roomFor = (amount: number) => Number.MAX_SAFE_INTEGER - amount

function overflow(owner: string): RangeError {
  return new RangeError(`the account of ${owner} would hold more than money can count`)
}

/** Takes from the requester's available money; false, and nothing changed, when it is not enough. */
export async function debitRequester(tx: Write, requesterId: string, amount: Cents): Promise<boolean> {
  return (await tx.change(debit, { id: requesterId, amount: Number(amount) })) === 1
}

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

const openWorker = write<{ id: string }, unknown>(({ db }, p) =>
  db
    .insertInto('worker_account')
    .values({ worker_id: p.id, ...emptyRow })
    .onConflict((conflict) => conflict.column('worker_id').doNothing()),
)

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
export async function countForWorker(
  tx: Write,
  workerId: string,
  changes: Partial<Record<WorkerCounter, number>>,
): Promise<void> {
  const balance = (changes.rewards ?? 0) + (changes.bonuses ?? 0)
  const parameters = { ...nothing, ...changes, balance, id: workerId, room: roomFor(balance) }
  if ((await tx.change(changeCounters, parameters)) === 1) return
  await tx.change(openWorker, { id: workerId })
  if ((await tx.change(changeCounters, parameters)) !== 1) throw overflow(`worker ${workerId}`)
}

const workerRow = read<{ id: string }, WorkerAccountTable>(({ db }, p) =>
  db.selectFrom('worker_account').selectAll().where('worker_id', '=', p.id),
)

const lockWorkerRow = write<{ id: string }, WorkerAccountTable>(({ db, forUpdate }, p) =>
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
export async function findWorker(tx: Read, workerId: string): Promise<WorkerAccount> {
  return fromRow((await tx.first(workerRow, { id: workerId })) ?? { worker_id: workerId, ...emptyRow })
}

/** The worker's account, made if needed and locked until the transaction ends. */
export async function lockWorker(tx: Write, workerId: string): Promise<WorkerAccount> {
  const row = await tx.first(lockWorkerRow, { id: workerId })
  if (row) return fromRow(row)
  await tx.change(openWorker, { id: workerId })
  const made = await tx.first(lockWorkerRow, { id: workerId })
  if (made === undefined) throw new Error(`account of worker ${workerId} was not made`)
  return fromRow(made)
}

const setDay = write<{ id: string; day: number; accepted: number }, unknown>(({ db }, p) =>
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
  await tx.change(setDay, { id: workerId, day: dayStart, accepted })
}

const setFlags = write<{ id: string; masters: number; adult: number }, unknown>(({ db }, p) =>
  db.updateTable('worker_account').set({ masters: p.masters, adult: p.adult }).where('worker_id', '=', p.id),
)

/** Grants or takes away Masters and the adult-content qualification: the operator's to decide. */
export async function setWorkerFlags(
  tx: Write,
  workerId: string,
  flags: { masters: boolean; adult: boolean },
): Promise<void> {
  await lockWorker(tx, workerId)
  await tx.change(setFlags, { id: workerId, masters: flags.masters ? 1 : 0, adult: flags.adult ? 1 : 0 })
}
