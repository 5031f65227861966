// What requesters bring from the real service: docs/decisions/0013.
import type { Migration } from './index.ts'

export const market015: Migration = ({ db: { schema }, name }) => [
  schema
    .createTable(name('imported_type'))
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('requester_id', 'text', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('keywords', 'text')
    .addColumn('reward', 'bigint', (column) => column.notNull())
    .addColumn('duration', 'bigint', (column) => column.notNull())
    .addColumn('approval_delay', 'bigint', (column) => column.notNull())
    .addColumn('requirements', 'text'),
  schema
    .createTable(name('imported_hit'))
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('hit_type_id', 'text', (column) => column.notNull())
    .addColumn('requester_id', 'text', (column) => column.notNull())
    .addColumn('group_id', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('max_assignments', 'integer', (column) => column.notNull())
    .addColumn('annotation', 'text')
    .addColumn('question', 'text')
    .addColumn('layout_id', 'text')
    .addColumn('review_status', 'text')
    .addColumn('input', 'text')
    .addColumn('fields', 'text'),
  // ListHITs: newest first, as the market's own.
  schema
    .createIndex(name('imported_hit_newest'))
    .on(name('imported_hit'))
    .columns(['requester_id', 'created_at', 'id']),
  schema
    .createTable(name('imported_assignment'))
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('hit_id', 'text', (column) => column.notNull())
    .addColumn('requester_id', 'text', (column) => column.notNull())
    .addColumn('worker_id', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('accepted_at', 'bigint', (column) => column.notNull())
    .addColumn('submitted_at', 'bigint', (column) => column.notNull())
    .addColumn('auto_approval_at', 'bigint')
    .addColumn('approved_at', 'bigint')
    .addColumn('rejected_at', 'bigint')
    .addColumn('feedback', 'text')
    .addColumn('document', 'text', (column) => column.notNull())
    .addColumn('rates', 'text'),
  // ListAssignmentsForHIT, in the order of their submission.
  schema
    .createIndex(name('imported_assignment_hit'))
    .on(name('imported_assignment'))
    .columns(['hit_id', 'submitted_at', 'id']),
  schema
    .createTable(name('imported_bonus'))
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('requester_id', 'text', (column) => column.notNull())
    .addColumn('worker_id', 'text', (column) => column.notNull())
    .addColumn('hit_id', 'text', (column) => column.notNull())
    .addColumn('assignment_id', 'text', (column) => column.notNull())
    .addColumn('amount', 'bigint', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('granted_at', 'bigint', (column) => column.notNull()),
  schema
    .createIndex(name('imported_bonus_hit'))
    .on(name('imported_bonus'))
    .columns(['hit_id', 'granted_at', 'id']),
  schema
    .createIndex(name('imported_bonus_assignment'))
    .on(name('imported_bonus'))
    .columns(['assignment_id', 'granted_at', 'id']),
  schema
    .createTable(name('imported_worker'))
    .addColumn('requester_id', 'text', (column) => column.notNull())
    .addColumn('worker_id', 'text', (column) => column.notNull())
    .addColumn('figures', 'text')
    .addColumn('block', 'text')
    .addColumn('reason', 'text')
    .addColumn('claimed_by', 'text')
    .addColumn('claimed_at', 'bigint')
    .addPrimaryKeyConstraint(name('imported_worker_key'), ['requester_id', 'worker_id']),
  // A code is asked for with the id alone; scores and blocks of who has claimed it are looked up by him.
  schema.createIndex(name('imported_worker_id')).on(name('imported_worker')).column('worker_id'),
  schema.createIndex(name('imported_worker_claim')).on(name('imported_worker')).column('claimed_by'),
  schema
    .createTable(name('imported_transaction'))
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('requester_id', 'text', (column) => column.notNull())
    .addColumn('initiated_at', 'bigint')
    .addColumn('posted_at', 'bigint')
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('recipient_id', 'text')
    .addColumn('amount', 'bigint', (column) => column.notNull())
    .addColumn('cells', 'text', (column) => column.notNull()),
  schema
    .createIndex(name('imported_transaction_time'))
    .on(name('imported_transaction'))
    .columns(['requester_id', 'initiated_at', 'id']),
  schema
    .createTable(name('import_run'))
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('requester_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addColumn('finished_at', 'bigint')
    .addColumn('rows', 'integer', (column) => column.notNull())
    .addColumn('added', 'integer', (column) => column.notNull())
    .addColumn('changed', 'integer', (column) => column.notNull())
    .addColumn('unchanged', 'integer', (column) => column.notNull())
    .addColumn('left_out', 'integer', (column) => column.notNull()),
  schema.createIndex(name('import_run_newest')).on(name('import_run')).columns(['requester_id', 'id']),
]
