// Payouts, and what is to be erased of disposed HITs.
import { sql } from 'kysely'
import type { Migration } from './index.ts'

/** Milliseconds after which a HIT was disposed of that nobody deleted. */
const disposalAge = 120 * 86_400_000

export const market010: Migration = ({ db, name }) => {
  const { schema } = db
  return [
    schema
      .createTable(name('payout'))
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('worker_id', 'text', (column) => column.notNull())
      .addColumn('amount', 'bigint', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('method', 'text', (column) => column.notNull())
      .addColumn('details', 'text')
      .addColumn('automatic', 'integer', (column) => column.notNull())
      .addColumn('token', 'text')
      .addColumn('requested_at', 'bigint', (column) => column.notNull())
      .addColumn('settled_at', 'bigint')
      .addColumn('note', 'text'),
    // Ids are in order of time: a worker's payouts, and those of a state, newest first.
    schema.createIndex(name('payout_worker')).on(name('payout')).columns(['worker_id', 'id']),
    schema.createIndex(name('payout_state')).on(name('payout')).columns(['state', 'id']),
    // A form that is sent twice asks once.
    schema
      .createIndex(name('payout_token'))
      .unique()
      .on(name('payout'))
      .columns(['worker_id', 'token'])
      .where(sql<boolean>`token is not null`),
    schema
      .createTable(name('payout_method'))
      .addColumn('worker_id', 'text', (column) => column.primaryKey())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('details', 'text', (column) => column.notNull())
      .addColumn('days', 'integer', (column) => column.notNull())
      .addColumn('next_at', 'bigint'),
    // Timers: the payout by schedule that comes next.
    schema
      .createIndex(name('payout_method_next'))
      .on(name('payout_method'))
      .column('next_at')
      .where(sql<boolean>`next_at is not null`),
    schema
      .createTable(name('disposed_hit'))
      .addColumn('hit_id', 'text', (column) => column.primaryKey())
      .addColumn('disposed_at', 'bigint', (column) => column.notNull())
      .addColumn('erased_at', 'bigint', (column) => column.notNull())
      .addColumn('erased_id', 'text', (column) => column.notNull()),
    schema.createIndex(name('disposed_hit_time')).on(name('disposed_hit')).columns(['disposed_at', 'hit_id']),
    schema.createTable(name('erased_file')).addColumn('file_key', 'text', (column) => column.primaryKey()),
    // When a HIT was disposed of is known of those that were deleted; all others went by age.
    {
      compile: () =>
        sql`insert into ${sql.table(name('disposed_hit'))} (hit_id, disposed_at, erased_at, erased_id)
          select hit.id, coalesce(max(audit.at), max(hit.reviewable_at) + ${sql.lit(disposalAge)},
            max(hit.expires_at) + ${sql.lit(disposalAge)}), 0, ''
          from ${sql.table(name('hit'))} as hit
          left join ${sql.table(name('audit'))} as audit
            on audit.object_id = hit.id and audit.operation = 'DeleteHIT'
          where hit.status = 'Disposed' group by hit.id`.compile(db),
    },
  ]
}
