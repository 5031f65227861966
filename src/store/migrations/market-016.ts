// Imported work is counted by state without a look at its answers, and bonuses without their HITs, which may not be there;
// types are found by whose they are, to be taken away: docs/decisions/0013.
import type { Migration } from './index.ts'

export const market016: Migration = ({ db: { schema }, name }) => [
  schema.dropIndex(name('imported_assignment_hit')),
  schema
    .createIndex(name('imported_assignment_hit'))
    .on(name('imported_assignment'))
    .columns(['hit_id', 'submitted_at', 'id', 'state']),
  schema
    .createIndex(name('imported_bonus_requester'))
    .on(name('imported_bonus'))
    .columns(['requester_id', 'amount']),
  schema.createIndex(name('imported_type_requester')).on(name('imported_type')).column('requester_id'),
]
