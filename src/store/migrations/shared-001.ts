// People, their keys and their sign-ins: the same in every market of a database.
import type { Migration } from './index.ts'

export const shared001: Migration = ({ db: { schema } }) => [
  schema
    .createTable('meta')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull()),
  schema
    .createTable('requester')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('email', 'text')
    .addColumn('password', 'text')
    .addColumn('suspended', 'integer', (column) => column.notNull())
    .addColumn('linked', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull()),
  schema.createIndex('requester_email').unique().on('requester').column('email'),
  schema
    .createTable('worker')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('email', 'text')
    .addColumn('password', 'text')
    .addColumn('suspended', 'integer', (column) => column.notNull())
    .addColumn('country', 'text')
    .addColumn('subdivision', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull()),
  schema.createIndex('worker_email').unique().on('worker').column('email'),
  schema
    .createTable('access_key')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('requester_id', 'text', (column) => column.notNull())
    .addColumn('secret', 'text', (column) => column.notNull())
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull()),
  schema
    .createTable('session')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('site', 'text', (column) => column.notNull())
    .addColumn('person_id', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull()),
  schema.createIndex('session_time').on('session').column('expires_at'),
  schema.createIndex('session_person').on('session').columns(['person_id', 'site']),
  schema
    .createTable('sign_in_link')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('site', 'text', (column) => column.notNull())
    .addColumn('person_id', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull()),
  schema.createIndex('sign_in_link_time').on('sign_in_link').column('expires_at'),
  schema
    .createTable('sign_in_failure')
    .addColumn('subject', 'text', (column) => column.primaryKey())
    .addColumn('failures', 'integer', (column) => column.notNull())
    .addColumn('since', 'bigint', (column) => column.notNull()),
  schema.createIndex('sign_in_failure_time').on('sign_in_failure').column('since'),
]
