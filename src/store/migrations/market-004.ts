// Review policies of HITs, and what they found and did.
import type { Migration } from './index.ts'

export const market004: Migration = ({ db: { schema }, name }) => [
  schema
    .createTable(name('hit_review_policy'))
    .addColumn('hit_id', 'text', (column) => column.primaryKey())
    .addColumn('assignment_policy', 'text')
    .addColumn('hit_policy', 'text'),
  // Ids are in order of time: a report is read from the key, oldest first.
  schema
    .createTable(name('review_result'))
    .addColumn('hit_id', 'text', (column) => column.notNull())
    .addColumn('level', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('action_id', 'text', (column) => column.notNull())
    .addColumn('subject_type', 'text', (column) => column.notNull())
    .addColumn('subject_id', 'text', (column) => column.notNull())
    .addColumn('question_id', 'text')
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint(name('review_result_key'), ['hit_id', 'level', 'id']),
  schema
    .createTable(name('review_action'))
    .addColumn('hit_id', 'text', (column) => column.notNull())
    .addColumn('level', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('target_type', 'text', (column) => column.notNull())
    .addColumn('target_id', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('completed_at', 'bigint', (column) => column.notNull())
    .addColumn('result', 'text', (column) => column.notNull())
    .addColumn('error_code', 'text')
    .addPrimaryKeyConstraint(name('review_action_key'), ['hit_id', 'level', 'id']),
]
