// Layouts of requesters, what workers are told, and the files that they send.
import type { Migration } from './index.ts'

export const market003: Migration = ({ db: { schema }, name }) => [
  // A row is never changed: HITs refer to the version that they were made of.
  schema
    .createTable(name('layout'))
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('requester_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('html', 'text', (column) => column.notNull())
    .addColumn('page', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint(name('layout_key'), ['id', 'version']),
  // Ids are in order of time: the list of messages, newest first, is the primary key read backwards.
  schema
    .createTable(name('message'))
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('worker_id', 'text', (column) => column.notNull())
    .addColumn('requester_id', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull()),
  schema
    .createTable(name('uploaded_file'))
    .addColumn('assignment_id', 'text', (column) => column.notNull())
    .addColumn('identifier', 'text', (column) => column.notNull())
    .addColumn('file_key', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint(name('uploaded_file_key'), ['assignment_id', 'identifier']),
]
