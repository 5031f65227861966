// The audit's questions about what is kept of workers by day and by batch: all days of a worker together, and each of
// his batches, are compared with his assignments and payments. As in audit-queries.ts, a sound market answers no row.
import { sql } from 'kysely'
import { server } from '../limits.ts'
import { read } from './prepared.ts'
import type { Read } from './tx.ts'

const inState = (...states: string[]) =>
  sql<number>`case when state in (${sql.join(states.map((state) => sql.lit(state)))}) then 1 else 0 end`

const seconds = sql<number>`(submitted_at - accepted_at) / 1000`

const minus = (column: string) => sql<number>`-${sql.ref(column)}`

const zero = sql<number>`0`

/** Whether any of these columns of the parts does not come to nothing. */
const anySum = (...columns: string[]) =>
  sql<boolean>`${sql.join(
    columns.map((column) => sql`sum(${sql.ref(column)}) <> 0`),
    sql` or `,
  )}`

/** A worker whose days do not agree with his assignments and payments. */
export interface WrongDays {
  workerId: string
}

// What is kept counts against what is counted, so that a right sum is zero.
const wrongDayRows = read<object, WrongDays>(({ db }) =>
  db
    .selectFrom(
      db
        .selectFrom('worker_day')
        .select([
          'worker_id',
          minus('submitted').as('submitted'),
          minus('approved').as('approved'),
          minus('rejected').as('rejected'),
          minus('seconds').as('seconds'),
          minus('reviewed_seconds').as('reviewed_seconds'),
          minus('rewards').as('rewards'),
          minus('earned').as('earned'),
          minus('bonuses').as('bonuses'),
        ])
        .unionAll(
          db
            .selectFrom('assignment')
            .select([
              'worker_id',
              inState('Submitted', 'Approved', 'Rejected').as('submitted'),
              inState('Approved').as('approved'),
              inState('Rejected').as('rejected'),
              seconds.as('seconds'),
              sql<number>`${inState('Approved', 'Rejected')} * ${seconds}`.as('reviewed_seconds'),
              zero.as('rewards'),
              zero.as('earned'),
              zero.as('bonuses'),
            ])
            .where('submitted_at', 'is not', null),
        )
        .unionAll(
          db
            .selectFrom('transfer')
            .select([
              sql<string>`substr(credit, ${sql.lit('worker:'.length + 1)})`.as('worker_id'),
              zero.as('submitted'),
              zero.as('approved'),
              zero.as('rejected'),
              zero.as('seconds'),
              zero.as('reviewed_seconds'),
              sql<number>`case kind when 'reward' then amount else 0 end`.as('rewards'),
              sql<number>`case kind when 'reward' then amount else 0 end`.as('earned'),
              sql<number>`case kind when 'bonus' then amount else 0 end`.as('bonuses'),
            ])
            .where('kind', 'in', [sql.lit('reward'), sql.lit('bonus')]),
        )
        .as('part'),
    )
    .select('worker_id as workerId')
    .groupBy('worker_id')
    .having(
      anySum(
        'submitted',
        'approved',
        'rejected',
        'seconds',
        'reviewed_seconds',
        'rewards',
        'earned',
        'bonuses',
      ),
    )
    .orderBy('worker_id')
    .limit(sql.lit(server.auditRows)),
)

/** Workers whose days, taken together, are not what they did and were paid. */
export async function listWrongDays(tx: Read): Promise<WrongDays[]> {
  return tx.all(wrongDayRows, {})
}

/** A batch of a worker that does not agree with his assignments and bonuses. */
export interface WrongBatch {
  workerId: string
  hitTypeId: string
}

const wrongBatchRows = read<object, WrongBatch>(({ db }) =>
  db
    .selectFrom(
      db
        .selectFrom('worker_batch')
        .select([
          'worker_id',
          'hit_type_id',
          minus('submitted').as('submitted'),
          minus('approved').as('approved'),
          minus('rejected').as('rejected'),
          minus('rewards').as('rewards'),
          minus('bonuses').as('bonuses'),
        ])
        .unionAll(
          db
            .selectFrom('assignment')
            .innerJoin('hit', 'hit.id', 'assignment.hit_id')
            .select([
              'worker_id',
              'assignment.hit_type_id',
              sql<number>`1`.as('submitted'),
              inState('Approved').as('approved'),
              inState('Rejected').as('rejected'),
              sql<number>`${inState('Approved')} * reward`.as('rewards'),
              zero.as('bonuses'),
            ])
            .where('submitted_at', 'is not', null),
        )
        .unionAll(
          db
            .selectFrom('bonus')
            .innerJoin('assignment', 'assignment.id', 'bonus.assignment_id')
            .select([
              'bonus.worker_id',
              'hit_type_id',
              zero.as('submitted'),
              zero.as('approved'),
              zero.as('rejected'),
              zero.as('rewards'),
              sql<number>`amount`.as('bonuses'),
            ]),
        )
        .as('part'),
    )
    .select(['worker_id as workerId', 'hit_type_id as hitTypeId'])
    .groupBy(['worker_id', 'hit_type_id'])
    .having(anySum('submitted', 'approved', 'rejected', 'rewards', 'bonuses'))
    .orderBy('worker_id')
    .orderBy('hit_type_id')
    .limit(sql.lit(server.auditRows)),
)

/** Batches of workers that are not what they did of them. */
export async function listWrongBatches(tx: Read): Promise<WrongBatch[]> {
  return tx.all(wrongBatchRows, {})
}
