// Favourites and saved searches of workers, and what they were told of.
import { sql } from 'kysely'
import type { Migration } from './index.ts'

export const market011: Migration = ({ db: { schema }, name }) => [
  schema
    .createTable(name('favourite'))
    .addColumn('worker_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('subject_id', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint(name('favourite_key'), ['worker_id', 'kind', 'subject_id']),
  schema
    .createTable(name('saved_search'))
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('worker_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('search', 'text', (column) => column.notNull())
    .addColumn('min_reward', 'bigint', (column) => column.notNull())
    .addColumn('qualified', 'integer', (column) => column.notNull())
    .addColumn('masters', 'integer', (column) => column.notNull())
    .addColumn('favourites', 'integer', (column) => column.notNull())
    .addColumn('requester_id', 'text')
    .addColumn('sort', 'text', (column) => column.notNull())
    .addColumn('alerts_since', 'bigint')
    .addColumn('created_at', 'bigint', (column) => column.notNull()),
  schema
    .createIndex(name('saved_search_name'))
    .unique()
    .on(name('saved_search'))
    .columns(['worker_id', 'name']),
  schema
    .createTable(name('search_alert'))
    .addColumn('worker_id', 'text', (column) => column.primaryKey())
    .addColumn('favourites_since', 'bigint')
    .addColumn('active', 'integer', (column) => column.notNull())
    .addColumn('looked_at', 'bigint', (column) => column.notNull())
    .addColumn('next_at', 'bigint', (column) => column.notNull()),
  // Timers: whose turn it is.
  schema
    .createIndex(name('search_alert_next'))
    .on(name('search_alert'))
    .columns(['next_at', 'worker_id'])
    .where(sql<boolean>`active = 1`),
  schema
    .createTable(name('alerted_group'))
    .addColumn('worker_id', 'text', (column) => column.notNull())
    .addColumn('hit_type_id', 'text', (column) => column.notNull())
    .addColumn('told_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint(name('alerted_group_key'), ['worker_id', 'hit_type_id']),
]
