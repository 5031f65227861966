// Figures of groups and requesters, kept in tables instead of counted at each look.
import { sql } from 'kysely'
import type { Migration } from './index.ts'

export const market008: Migration = ({ db, name }) => {
  const { schema } = db
  return [
    schema
      .createTable(name('group_figures'))
      .addColumn('hit_type_id', 'text', (column) => column.primaryKey())
      .addColumn('assignable', 'bigint', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .addColumn('latest_expiration', 'bigint', (column) => column.notNull())
      .addColumn('next_expiration', 'bigint', (column) => column.notNull())
      .addColumn('median_seconds', 'bigint')
      .addColumn('samples', 'bigint', (column) => column.notNull())
      .addColumn('changed_at', 'bigint', (column) => column.notNull()),
    // The groups that are shown, when a process starts; then what others changed.
    schema
      .createIndex(name('group_figures_open'))
      .on(name('group_figures'))
      .column('hit_type_id')
      .where(sql<boolean>`assignable > 0`),
    schema.createIndex(name('group_figures_changed')).on(name('group_figures')).column('changed_at'),
    schema
      .createTable(name('requester_figures'))
      .addColumn('requester_id', 'text', (column) => column.primaryKey())
      .addColumn('samples', 'bigint', (column) => column.notNull())
      .addColumn('approved', 'bigint', (column) => column.notNull())
      .addColumn('recent', 'bigint', (column) => column.notNull())
      .addColumn('review_seconds', 'bigint')
      .addColumn('changed_at', 'bigint', (column) => column.notNull()),
    // How long the latest work of a group took, from the index alone but for its worker.
    schema
      .createIndex(name('assignment_pace'))
      .on(name('assignment'))
      .columns(['hit_type_id', 'submitted_at', 'accepted_at'])
      .where(sql<boolean>`submitted_at is not null`),
    // The latest decisions of a requester. A row enters it when it is decided, so accept and submit do not touch it.
    {
      compile: () =>
        sql`create index ${sql.ref(name('assignment_decided'))} on ${sql.table(name('assignment'))}
          (requester_id, (coalesce(approved_at, rejected_at)))
          where coalesce(approved_at, rejected_at) is not null`.compile(db),
    },
  ]
}
