// Requesters may allow workers to change what they have submitted.
import type { Migration } from './index.ts'

export const market012: Migration = ({ db: { schema }, name }) => [
  schema
    .alterTable(name('requester_account'))
    .addColumn('allows_edits', 'integer', (column) => column.notNull().defaultTo(0)),
]
