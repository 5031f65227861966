// What each worker did on each Pacific day, and of each HIT type: filled from the work and the payments that are there.
import { sql, type Compilable, type Kysely, type RawBuilder } from 'kysely'
import { fromISO, utcParts } from '../../clock.ts'
import type { Migration, SchemaChange } from './index.ts'

const hour = 3_600_000
const day = 24 * hour
/** Days from the first of March of the year 0, in which the arithmetic of the calendar begins, to 1970. */
const daysBefore1970 = 719_468

const counters = [
  'submitted',
  'approved',
  'rejected',
  'rewards',
  'bonuses',
  'seconds',
  'reviewed_seconds',
] as const

const raw = (db: Kysely<unknown>, statement: RawBuilder<unknown>): Compilable => ({
  compile: () => statement.compile(db),
})

/** The time at which a month begins in UTC, and its n-th Sunday. */
function nthSunday(year: number, month: '03' | '11', n: number): number {
  const first = fromISO(`${year}-${month}-01T00:00:00Z`) ?? 0
  return first + (((7 - utcParts(first).weekday) % 7) + 7 * (n - 1)) * day
}

/** Hours since 1970 at which Pacific daylight time began and ended, by the rule that has held since 2007. */
const daylight = Array.from({ length: 94 }, (_, i) => {
  const year = 2007 + i
  return [nthSunday(year, '03', 2) / hour + 10, nthSunday(year, '11', 1) / hour + 9] as const
})

const isDaylight = sql.join(
  daylight.map(([from, to]) => sql`(hour >= ${sql.lit(from)} and hour < ${sql.lit(to)})`),
  sql` or `,
)

const two = (number: string) =>
  sql`case when ${sql.ref(number)} < 10 then '-0' else '-' end || ${sql.ref(number)}`

/**
 * Rows of worker_day from `hours`, which counts by worker and by hour since 1970: a Pacific day begins with an hour. The
 * databases know no calendar in common, so it is reckoned: days since 1970 to year, month and day.
 */
function addDays({ db, name }: SchemaChange, hours: RawBuilder<unknown>): Compilable {
  const sums = sql.join([...counters, 'earned'].map((of) => sql`sum(${sql.ref(of)})`))
  return raw(
    db,
    sql`
      with hours as (${hours}),
      days as (
        select hours.*, (hour - case when ${isDaylight} then 7 else 8 end) / 24 + ${sql.lit(daysBefore1970)} as n
        from hours),
      eras as (select days.*, n / 146097 as era, n % 146097 as of_era from days),
      years as (
        select eras.*, (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365 as of_400 from eras),
      of_years as (select years.*, of_era - (365 * of_400 + of_400 / 4 - of_400 / 100) as of_year from years),
      months as (select of_years.*, (5 * of_year + 2) / 153 as of_march from of_years),
      dates as (
        select months.*, of_year - (153 * of_march + 2) / 5 + 1 as date,
          case when of_march < 10 then of_march + 3 else of_march - 9 end as month,
          of_400 + 400 * era + case when of_march < 10 then 0 else 1 end as year
        from months)
      insert into ${sql.table(name('worker_day'))}
        (worker_id, day, ${sql.join([...counters, 'earned'].map((of) => sql.ref(of)))})
      select worker_id, year || ${two('month')} || ${two('date')}, ${sums}
      from dates group by 1, 2
      order by 1, 2`,
  )
}

/** One row for each piece of work and each payment, with what it adds to each counter. `time` tells the day. */
function parts(name: SchemaChange['name']): RawBuilder<unknown> {
  const isReviewed = sql`assignment.state in ('Approved', 'Rejected')`
  const one = (state: string) => sql`case assignment.state when ${sql.lit(state)} then 1 else 0 end`
  const approved = sql`case assignment.state when 'Approved' then hit.reward else 0 end`
  const seconds = sql`(submitted_at - accepted_at) / 1000`
  const work = (time: string, values: RawBuilder<unknown>) => sql`
    select assignment.worker_id, assignment.hit_type_id, ${sql.ref(time)} as time, submitted_at, ${values}
    from ${sql.table(name('assignment'))} as assignment
    join ${sql.table(name('hit'))} as hit on hit.id = assignment.hit_id
    where submitted_at is not null`
  return sql`
    ${work(
      'submitted_at',
      sql`1 as submitted, ${one('Approved')} as approved, ${one('Rejected')} as rejected, ${approved} as rewards,
        0 as bonuses, ${seconds} as seconds, case when ${isReviewed} then ${seconds} else 0 end as reviewed_seconds,
        0 as earned`,
    )}
    union all
    ${work('approved_at', sql`0, 0, 0, 0, 0, 0, 0, ${approved}`)} and approved_at is not null
    union all
    select bonus.worker_id, assignment.hit_type_id, granted_at, submitted_at, 0, 0, 0, 0, amount, 0, 0, 0
    from ${sql.table(name('bonus'))} as bonus
    join ${sql.table(name('assignment'))} as assignment on assignment.id = bonus.assignment_id`
}

function addBatches({ db, name }: SchemaChange): Compilable {
  const sums = sql.join(counters.map((of) => sql`sum(${sql.ref(of)})`))
  return raw(
    db,
    sql`
      insert into ${sql.table(name('worker_batch'))}
        (worker_id, hit_type_id, ${sql.join(counters.map((of) => sql.ref(of)))}, first_at, last_at)
      select worker_id, hit_type_id, ${sums}, min(submitted_at), max(submitted_at)
      from (${parts(name)}) as part
      group by worker_id, hit_type_id`,
  )
}

export const market009: Migration = (change) => {
  const { db, name } = change
  const { schema } = db
  const sums = sql.join([...counters, 'earned'].map((of) => sql`sum(${sql.ref(of)}) as ${sql.ref(of)}`))
  return [
    [...counters, 'earned'].reduce(
      (table, of) => table.addColumn(of, 'bigint', (column) => column.notNull()),
      schema
        .createTable(name('worker_day'))
        .addColumn('worker_id', 'text', (column) => column.notNull())
        .addColumn('day', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint(name('worker_day_key'), ['worker_id', 'day']),
    ),
    [...counters, 'first_at', 'last_at'].reduce(
      (table, of) => table.addColumn(of, 'bigint', (column) => column.notNull()),
      schema
        .createTable(name('worker_batch'))
        .addColumn('worker_id', 'text', (column) => column.notNull())
        .addColumn('hit_type_id', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint(name('worker_batch_key'), ['worker_id', 'hit_type_id']),
    ),
    // The batches of a worker, latest first.
    schema
      .createIndex(name('worker_batch_latest'))
      .on(name('worker_batch'))
      .columns(['worker_id', 'last_at', 'hit_type_id']),
    addDays(
      change,
      sql`select worker_id, time / ${sql.lit(hour)} as hour, ${sums} from (${parts(name)}) as part group by 1, 2`,
    ),
    addBatches(change),
  ]
}
