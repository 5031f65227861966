// The audit's questions about counters: what HITs, workers and groups keep is compared with the assignments
// themselves. As in audit-queries.ts, a sound market answers no row [design 6].
import { sql } from 'kysely'
import { server } from '../limits.ts'
import { read } from './prepared.ts'
import type { Read } from './tx.ts'

/** How many rows of a group are in one of `states`. */
const countOf = (...states: string[]) =>
  sql<number>`sum(case when state in (${sql.join(states.map((state) => sql.lit(state)))}) then 1 else 0 end)`

/** A HIT whose escrow is not what it may still cost. Cents. */
export interface WrongEscrow {
  hitId: string
  escrow: number
  due: number
}

// domain/ledger.ts's dueEscrow in the database's words: a test holds the two together.
const dueSQL = sql<number>`case when status = 'Disposed' then 0 else (reward + fee) *
  (pending + submitted - reviewed + case slots_held when 1 then max_assignments - pending - submitted else 0 end) end`

const wrongEscrowRows = read<object, WrongEscrow>(({ db }) =>
  db
    .selectFrom('hit')
    .select(['id as hitId', 'escrow', dueSQL.as('due')])
    .where(sql<boolean>`escrow <> ${dueSQL}`)
    .orderBy('id')
    .limit(sql.lit(server.auditRows)),
)

/** HITs that hold more or less than their free slots, open work and unreviewed work may cost. */
export async function listWrongEscrow(tx: Read): Promise<WrongEscrow[]> {
  return tx.all(wrongEscrowRows, {})
}

/** A HIT whose counters are not those of its assignments: the kept ones and the counted ones. */
export interface WrongHITCounters {
  hitId: string
  pending: number
  submitted: number
  reviewed: number
  pendingCounted: number
  submittedCounted: number
  reviewedCounted: number
  maxAssignments: number
}

const wrongHITRows = read<object, WrongHITCounters>(({ db }) =>
  db
    .with('counted', (inner) =>
      inner
        .selectFrom('assignment')
        .select([
          'hit_id',
          countOf('open').as('pending_counted'),
          countOf('Submitted', 'Approved', 'Rejected').as('submitted_counted'),
          countOf('Approved', 'Rejected').as('reviewed_counted'),
        ])
        .groupBy('hit_id'),
    )
    .selectFrom('hit')
    .leftJoin('counted', 'counted.hit_id', 'hit.id')
    .select([
      'hit.id as hitId',
      'pending',
      'submitted',
      'reviewed',
      sql<number>`coalesce(pending_counted, 0)`.as('pendingCounted'),
      sql<number>`coalesce(submitted_counted, 0)`.as('submittedCounted'),
      sql<number>`coalesce(reviewed_counted, 0)`.as('reviewedCounted'),
      'max_assignments as maxAssignments',
    ])
    .where(
      sql<boolean>`pending <> coalesce(pending_counted, 0) or submitted <> coalesce(submitted_counted, 0)
        or reviewed <> coalesce(reviewed_counted, 0) or pending + submitted > max_assignments`,
    )
    .orderBy('hit.id')
    .limit(sql.lit(server.auditRows)),
)

/** HITs whose counters differ from their assignments, or that gave away more slots than they have. */
export async function listWrongHITCounters(tx: Read): Promise<WrongHITCounters[]> {
  return tx.all(wrongHITRows, {})
}

/** A worker whose counters do not agree with his assignments and payments. */
export interface WrongWorkerCounters {
  workerId: string
}

// A worker may have come with a record: then reviewed work precedes his first assignment here, each piece of it
// accepted, submitted and either approved or rejected. Whatever is counted too much must be of that kind.
const wrongWorkerRows = read<object, WrongWorkerCounters>(({ db }) =>
  db
    .with('counted', (inner) =>
      inner
        .selectFrom('assignment')
        .select([
          'worker_id as counted_worker',
          sql<number>`count(*)`.as('accepted_counted'),
          countOf('returned').as('returned_counted'),
          countOf('abandoned').as('abandoned_counted'),
          countOf('Submitted', 'Approved', 'Rejected').as('submitted_counted'),
          countOf('Approved').as('approved_counted'),
          countOf('Rejected').as('rejected_counted'),
          countOf('open').as('held_counted'),
        ])
        .groupBy('worker_id'),
    )
    .with('earned', (inner) =>
      inner
        .selectFrom('transfer')
        .select([
          'credit',
          sql<number>`sum(case kind when 'reward' then amount else 0 end)`.as('rewards_counted'),
          sql<number>`sum(case kind when 'bonus' then amount else 0 end)`.as('bonuses_counted'),
        ])
        .where('kind', 'in', [sql.lit('reward'), sql.lit('bonus')])
        .groupBy('credit'),
    )
    .selectFrom('worker_account')
    .leftJoin('counted', 'counted.counted_worker', 'worker_account.worker_id')
    .leftJoin('earned', (join) => join.on(sql<boolean>`earned.credit = cast('worker:' as text) || worker_id`))
    .select('worker_id as workerId')
    .where(
      sql<boolean>`returned <> coalesce(returned_counted, 0) or abandoned <> coalesce(abandoned_counted, 0)
        or held <> coalesce(held_counted, 0)
        or rewards <> coalesce(rewards_counted, 0) or bonuses <> coalesce(bonuses_counted, 0)
        or approved < coalesce(approved_counted, 0) or rejected < coalesce(rejected_counted, 0)
        or accepted - coalesce(accepted_counted, 0) <> submitted - coalesce(submitted_counted, 0)
        or submitted - coalesce(submitted_counted, 0)
          <> approved - coalesce(approved_counted, 0) + rejected - coalesce(rejected_counted, 0)`,
    )
    .orderBy('worker_id')
    .limit(sql.lit(server.auditRows)),
)

/** Workers whose counters or earnings differ from their assignments and transfers. */
export async function listWrongWorkerCounters(tx: Read): Promise<WrongWorkerCounters[]> {
  return tx.all(wrongWorkerRows, {})
}

/** A worker's count of the HITs of one type that he has had, and what it should be. */
export interface WrongGroupCount {
  workerId: string
  hitTypeId: string
  done: number
  counted: number
}

const wrongGroupRows = read<object, WrongGroupCount>(({ db }) =>
  db
    .selectFrom(
      db
        .selectFrom('worker_group')
        .select(['worker_id', 'hit_type_id', sql<number>`done`.as('done'), sql<number>`0`.as('counted')])
        .unionAll(
          db
            .selectFrom('assignment')
            .select(['worker_id', 'hit_type_id', sql<number>`0`.as('done'), sql<number>`1`.as('counted')])
            .where(sql<boolean>`state not in ('returned', 'abandoned')`),
        )
        .as('part'),
    )
    .select([
      'worker_id as workerId',
      'hit_type_id as hitTypeId',
      sql<number>`sum(done)`.as('done'),
      sql<number>`sum(counted)`.as('counted'),
    ])
    .groupBy(['worker_id', 'hit_type_id'])
    .having(sql<boolean>`sum(done) <> sum(counted)`)
    .orderBy('worker_id')
    .orderBy('hit_type_id')
    .limit(sql.lit(server.auditRows)),
)

/** Workers who would be told too early or too late that a group has nothing left for them. */
export async function listWrongGroupCounts(tx: Read): Promise<WrongGroupCount[]> {
  return tx.all(wrongGroupRows, {})
}

/** A HIT type whose count of HITs is wrong. */
export interface WrongTypeCount {
  hitTypeId: string
  kept: number
  counted: number
}

const wrongTypeRows = read<object, WrongTypeCount>(({ db }) =>
  db
    .with('counted', (inner) =>
      inner
        .selectFrom('hit')
        .select(['hit_type_id', sql<number>`count(*)`.as('counted')])
        .groupBy('hit_type_id'),
    )
    .selectFrom('hit_type')
    .leftJoin('counted', 'counted.hit_type_id', 'hit_type.id')
    .select(['id as hitTypeId', 'hits as kept', sql<number>`coalesce(counted, 0)`.as('counted')])
    .where(sql<boolean>`hits <> coalesce(counted, 0)`)
    .orderBy('id')
    .limit(sql.lit(server.auditRows)),
)

/** HIT types that count more or fewer HITs than have them. */
export async function listWrongTypeCounts(tx: Read): Promise<WrongTypeCount[]> {
  return tx.all(wrongTypeRows, {})
}
