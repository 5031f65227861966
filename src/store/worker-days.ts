// What each worker did on each Pacific day, kept in the transaction of the work and the payments, so that a dashboard
// of years reads a row for each day and counts nothing [websites 1.8].
import { sql } from 'kysely'
import { cents, type Cents } from '../domain/money.ts'
import { read, write } from './prepared.ts'
import type { WorkerDayTable } from './schema-record.ts'
import type { Read, Write } from './tx.ts'

/** The counters of a day, all changed by addition: assignments, cents, seconds. */
export type DayCounter = Exclude<keyof WorkerDayTable, 'worker_id' | 'day'>

type Change = { workerId: string; day: string } & Record<DayCounter, number>

const nothing: Record<DayCounter, number> = {
  submitted: 0,
  approved: 0,
  rejected: 0,
  rewards: 0,
  bonuses: 0,
  earned: 0,
  seconds: 0,
  reviewed_seconds: 0,
}

const counters = Object.keys(nothing) as DayCounter[]

const addTo = write<Change, unknown>(({ db }, p) =>
  db
    .insertInto('worker_day')
    .values({
      worker_id: p.workerId,
      day: p.day,
      submitted: p.submitted,
      approved: p.approved,
      rejected: p.rejected,
      rewards: p.rewards,
      bonuses: p.bonuses,
      earned: p.earned,
      seconds: p.seconds,
      reviewed_seconds: p.reviewed_seconds,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['worker_id', 'day'])
        .doUpdateSet(
          Object.fromEntries(
            counters.map((name) => [
              name,
              sql<number>`${sql.ref(`worker_day.${name}`)} + ${sql.ref(`excluded.${name}`)}`,
            ]),
          ),
        ),
    ),
)

/** What a decision changes on the day of the submission, and perhaps what came in on the same day. */
export type DecisionCounter = 'approved' | 'rejected' | 'rewards' | 'reviewed_seconds' | 'earned'

// The row is there since the submission: changing it costs less than adding or changing it.
const decideRow = write<{ workerId: string; day: string } & Record<DecisionCounter, number>, unknown>(
  ({ db }, p) =>
    db
      .updateTable('worker_day')
      .set({
        approved: sql<number>`approved + ${p.approved}`,
        rejected: sql<number>`rejected + ${p.rejected}`,
        rewards: sql<number>`rewards + ${p.rewards}`,
        reviewed_seconds: sql<number>`reviewed_seconds + ${p.reviewed_seconds}`,
        earned: sql<number>`earned + ${p.earned}`,
      })
      .where('worker_id', '=', p.workerId)
      .where('day', '=', p.day),
)

/** Adds a decision to the day on which the work was submitted. His account is locked before, or changed. */
export async function decide(
  tx: Write,
  workerId: string,
  day: string,
  changes: Record<DecisionCounter, number>,
): Promise<void> {
  await tx.change(decideRow, { ...changes, workerId, day })
}

/** Adds to a worker's counters of a day, `YYYY-MM-DD`. His account is locked before, or changed. */
export async function count(
  tx: Write,
  workerId: string,
  day: string,
  changes: Partial<Record<DayCounter, number>>,
): Promise<void> {
  await tx.change(addTo, { ...nothing, ...changes, workerId, day })
}

/** A worker's Pacific day. */
export interface WorkerDay {
  /** `YYYY-MM-DD`. */
  day: string
  submitted: number
  approved: number
  rejected: number
  /** Rewards of what was submitted on the day and is approved. */
  rewards: Cents
  /** Bonuses that were paid on the day. */
  bonuses: Cents
  /** Rewards that were approved on the day. */
  earned: Cents
  /** Time worked on what was submitted on the day. */
  seconds: number
  /** The part of it that was spent on what is approved or rejected. */
  reviewedSeconds: number
}

const dayRows = read<{ workerId: string; from: string; limit: number }, WorkerDayTable>(({ db }, p) =>
  db
    .selectFrom('worker_day')
    .selectAll()
    .where('worker_id', '=', p.workerId)
    .where('day', '>=', p.from)
    .orderBy('day', 'desc')
    .limit(p.limit),
)

function fromRow(row: WorkerDayTable): WorkerDay {
  return {
    day: row.day,
    submitted: row.submitted,
    approved: row.approved,
    rejected: row.rejected,
    rewards: cents(row.rewards),
    bonuses: cents(row.bonuses),
    earned: cents(row.earned),
    seconds: row.seconds,
    reviewedSeconds: row.reviewed_seconds,
  }
}

/** The worker's days from `from`, `YYYY-MM-DD`, on, newest first; days without anything are left out. */
export async function list(tx: Read, workerId: string, from: string, limit: number): Promise<WorkerDay[]> {
  return (await tx.all(dayRows, { workerId, from, limit })).map(fromRow)
}

const dayRow = read<{ workerId: string; day: string }, WorkerDayTable>(({ db }, p) =>
  db.selectFrom('worker_day').selectAll().where('worker_id', '=', p.workerId).where('day', '=', p.day),
)

/** One day of the worker; undefined when nothing of it is recorded. */
export async function find(tx: Read, workerId: string, day: string): Promise<WorkerDay | undefined> {
  const row = await tx.first(dayRow, { workerId, day })
  return row && fromRow(row)
}
