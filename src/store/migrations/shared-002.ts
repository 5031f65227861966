// Accounts that people open, close and recover themselves.
import type { Migration } from './index.ts'

export const shared002: Migration = ({ db: { schema } }) => [
  schema.alterTable('worker').addColumn('without_mail', 'integer', (column) => column.notNull().defaultTo(0)),
  schema.alterTable('worker').addColumn('closed_at', 'bigint'),
  schema
    .createTable('account_link')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('worker_id', 'text')
    .addColumn('email', 'text')
    .addColumn('details', 'text')
    .addColumn('expires_at', 'bigint', (column) => column.notNull()),
  schema.createIndex('account_link_time').on('account_link').column('expires_at'),
  schema.createIndex('account_link_worker').on('account_link').column('worker_id'),
  schema
    .createTable('invitation')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('email', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('used_by', 'text')
    .addColumn('revoked_at', 'bigint'),
  schema.createIndex('invitation_hash').unique().on('invitation').column('hash'),
  schema.createIndex('invitation_time').on('invitation').column('expires_at'),
  schema.createIndex('invitation_used').on('invitation').column('used_by'),
  schema
    .createTable('consent')
    .addColumn('worker_id', 'text', (column) => column.notNull())
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('dated', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('consent_key', ['worker_id', 'version']),
]
