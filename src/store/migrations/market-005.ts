// Event notifications: who wants to hear of what, and what must still be told.
import { sql } from 'kysely'
import type { Migration } from './index.ts'

export const market005: Migration = ({ db: { schema }, name }) => [
  schema
    .createTable(name('notification_setting'))
    .addColumn('hit_type_id', 'text', (column) => column.primaryKey())
    .addColumn('destination', 'text', (column) => column.notNull())
    .addColumn('transport', 'text', (column) => column.notNull())
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('events', 'text', (column) => column.notNull())
    .addColumn('active', 'integer', (column) => column.notNull()),
  schema
    .createTable(name('outbox'))
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('requester_id', 'text', (column) => column.notNull())
    .addColumn('transport', 'text', (column) => column.notNull())
    .addColumn('destination', 'text', (column) => column.notNull())
    .addColumn('hit_id', 'text', (column) => column.notNull())
    .addColumn('event', 'text', (column) => column.notNull())
    .addColumn('document', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addColumn('attempts', 'bigint', (column) => column.notNull())
    .addColumn('error', 'text')
    .addColumn('settled_at', 'bigint'),
  // The sender: destinations that wait, one after the other, and what waits for each in its order.
  schema
    .createIndex(name('outbox_waiting'))
    .on(name('outbox'))
    .columns(['transport', 'destination', 'id'])
    .where(sql<boolean>`state = 'waiting'`),
  // The sender: whether an earlier event of the same HIT has failed and waits for its next attempt.
  schema
    .createIndex(name('outbox_failed'))
    .on(name('outbox'))
    .columns(['transport', 'destination', 'hit_id', 'due_at'])
    .where(sql<boolean>`state = 'waiting' and due_at > 0`),
  // Forgetting what was delivered long ago.
  schema
    .createIndex(name('outbox_delivered'))
    .on(name('outbox'))
    .column('settled_at')
    .where(sql<boolean>`state = 'delivered'`),
  // Dead letters, newest first.
  schema
    .createIndex(name('outbox_dead'))
    .on(name('outbox'))
    .column('id')
    .where(sql<boolean>`state = 'dead'`),
  schema
    .createTable(name('outbox_lease'))
    .addColumn('transport', 'text', (column) => column.notNull())
    .addColumn('destination', 'text', (column) => column.notNull())
    .addColumn('holder', 'text', (column) => column.notNull())
    .addColumn('leased_until', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint(name('outbox_lease_key'), ['transport', 'destination']),
]
