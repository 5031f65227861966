// The outbox holds mail to workers and test events beside events, joins events in one document, and shows what waits.
import { sql } from 'kysely'
import type { Migration } from './index.ts'

export const market007: Migration = ({ db, name }) => {
  const { schema } = db
  const outbox = () => schema.alterTable(name('outbox'))
  return [
    outbox().addColumn('kind', 'text', (column) => column.notNull().defaultTo('event')),
    // Test events were not marked; only a Ping can be known.
    {
      compile: () =>
        sql`update ${sql.table(name('outbox'))} set kind = 'test' where event = 'Ping'`.compile(db),
    },
    outbox().addColumn('hit_type_id', 'text', (column) => column.notNull().defaultTo('')),
    // What was there may have been handed over: no other event may join its document.
    outbox().addColumn('sealed', 'integer', (column) => column.notNull().defaultTo(1)),
    outbox().addColumn('part_of', 'text'),
    schema
      .createIndex(name('outbox_part'))
      .on(name('outbox'))
      .column('part_of')
      .where(sql<boolean>`part_of is not null`),
    // The operator's look at what waits, newest first.
    schema
      .createIndex(name('outbox_waiting_id'))
      .on(name('outbox'))
      .column('id')
      .where(sql<boolean>`state = 'waiting'`),
  ]
}
