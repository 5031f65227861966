// What each worker did of each HIT type, kept in the transaction of the work and the payments: the batches that he was
// on, latest first, without counting his assignments.
import { sql } from 'kysely'
import { cents, type Cents } from '../domain/money.ts'
import { read, write } from './prepared.ts'
import type { WorkerBatchTable } from './schema-record.ts'
import type { Read, Write } from './tx.ts'

/** The counters of a batch, all changed by addition: assignments, cents, seconds. */
export type BatchCounter = Exclude<
  keyof WorkerBatchTable,
  'worker_id' | 'hit_type_id' | 'first_at' | 'last_at'
>

type Change = { workerId: string; hitTypeId: string; at: number } & Record<BatchCounter, number>

const nothing: Record<BatchCounter, number> = {
  submitted: 0,
  approved: 0,
  rejected: 0,
  rewards: 0,
  bonuses: 0,
  seconds: 0,
  reviewed_seconds: 0,
}

const counters = Object.keys(nothing) as BatchCounter[]

const [kept, later] = [sql.ref('worker_batch.last_at'), sql.ref('excluded.last_at')]

const addTo = write<Change, unknown>(({ db }, p) =>
  db
    .insertInto('worker_batch')
    .values({
      worker_id: p.workerId,
      hit_type_id: p.hitTypeId,
      submitted: p.submitted,
      approved: p.approved,
      rejected: p.rejected,
      rewards: p.rewards,
      bonuses: p.bonuses,
      seconds: p.seconds,
      reviewed_seconds: p.reviewed_seconds,
      first_at: p.at,
      last_at: p.at,
    })
    .onConflict((conflict) =>
      conflict.columns(['worker_id', 'hit_type_id']).doUpdateSet({
        ...Object.fromEntries(
          counters.map((name) => [
            name,
            sql<number>`${sql.ref(`worker_batch.${name}`)} + ${sql.ref(`excluded.${name}`)}`,
          ]),
        ),
        last_at: sql<number>`case when ${later} > ${kept} then ${later} else ${kept} end`,
      }),
    ),
)

/** What a decision, or a bonus, changes of a batch. */
export type DecisionCounter = 'approved' | 'rejected' | 'rewards' | 'bonuses' | 'reviewed_seconds'

// The row is there since the submission, and its place among the batches stays.
const decideRow = write<{ workerId: string; hitTypeId: string } & Record<DecisionCounter, number>, unknown>(
  ({ db }, p) =>
    db
      .updateTable('worker_batch')
      .set({
        approved: sql<number>`approved + ${p.approved}`,
        rejected: sql<number>`rejected + ${p.rejected}`,
        rewards: sql<number>`rewards + ${p.rewards}`,
        bonuses: sql<number>`bonuses + ${p.bonuses}`,
        reviewed_seconds: sql<number>`reviewed_seconds + ${p.reviewed_seconds}`,
      })
      .where('worker_id', '=', p.workerId)
      .where('hit_type_id', '=', p.hitTypeId),
)

/** Adds a decision, or a bonus, to a batch in which the worker has submitted something. */
export async function decide(
  tx: Write,
  workerId: string,
  hitTypeId: string,
  changes: Record<DecisionCounter, number>,
): Promise<void> {
  await tx.change(decideRow, { ...changes, workerId, hitTypeId })
}

/**
 * Adds to a worker's counters of a HIT type. `submittedAt` is when the assignment that changes them was submitted. His
 * account is locked before, or changed.
 */
export async function count(
  tx: Write,
  workerId: string,
  hitTypeId: string,
  submittedAt: number,
  changes: Partial<Record<BatchCounter, number>>,
): Promise<void> {
  await tx.change(addTo, { ...nothing, ...changes, workerId, hitTypeId, at: submittedAt })
}

/** What a worker did of one HIT type, and what he is told of the type. */
export interface WorkerBatch {
  hitTypeId: string
  groupId: string
  title: string
  requesterId: string
  requesterName: string
  /** Of one assignment. */
  reward: Cents
  submitted: number
  approved: number
  rejected: number
  rewards: Cents
  bonuses: Cents
  seconds: number
  reviewedSeconds: number
  firstAt: number
  lastAt: number
}

interface Row extends WorkerBatchTable {
  group_id: string
  title: string
  requester_id: string
  requester_name: string
  reward: number
}

function fromRow(row: Row): WorkerBatch {
  return {
    hitTypeId: row.hit_type_id,
    groupId: row.group_id,
    title: row.title,
    requesterId: row.requester_id,
    requesterName: row.requester_name,
    reward: cents(row.reward),
    submitted: row.submitted,
    approved: row.approved,
    rejected: row.rejected,
    rewards: cents(row.rewards),
    bonuses: cents(row.bonuses),
    seconds: row.seconds,
    reviewedSeconds: row.reviewed_seconds,
    firstAt: row.first_at,
    lastAt: row.last_at,
  }
}

const latestRows = read<{ workerId: string; offset: number; limit: number }, Row>(({ db }, p) =>
  db
    .selectFrom('worker_batch')
    .innerJoin('hit_type', 'hit_type.id', 'worker_batch.hit_type_id')
    .innerJoin('requester', 'requester.id', 'hit_type.requester_id')
    .selectAll('worker_batch')
    .select([
      'hit_type.group_id',
      'hit_type.title',
      'hit_type.requester_id',
      'hit_type.reward',
      'requester.name as requester_name',
    ])
    .where('worker_id', '=', p.workerId)
    .orderBy('last_at', 'desc')
    .orderBy('hit_type_id', 'desc')
    .limit(p.limit)
    .offset(p.offset),
)

/** The worker's batches, those with his latest submissions first. */
export async function list(
  tx: Read,
  workerId: string,
  offset: number,
  limit: number,
): Promise<WorkerBatch[]> {
  return (await tx.all(latestRows, { workerId, offset, limit })).map(fromRow)
}

const offeredRow = read<{ hitTypeId: string; now: number }, { id: string }>(({ db }, p) =>
  db
    .selectFrom('hit')
    .select('id')
    .where('hit_type_id', '=', p.hitTypeId)
    .where(sql<boolean>`status = 'Assignable'`)
    .where('expires_at', '>', p.now)
    .limit(1),
)

/** Whether anybody is still offered HITs of the type. */
export async function isOffered(tx: Read, hitTypeId: string): Promise<boolean> {
  return (await tx.first(offeredRow, { hitTypeId, now: tx.now })) !== undefined
}

const countRows = read<{ workerId: string }, { count: number }>(({ db }, p) =>
  db
    .selectFrom('worker_batch')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('worker_id', '=', p.workerId),
)

/** How many batches the worker was on. */
export async function total(tx: Read, workerId: string): Promise<number> {
  return (await tx.first(countRows, { workerId }))?.count ?? 0
}
