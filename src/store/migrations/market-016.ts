// Bonuses that requesters brought in are counted without their HITs, which may not be there: docs/decisions/0013.
import type { Migration } from './index.ts'

export const market016: Migration = ({ db: { schema }, name }) => [
  schema
    .createIndex(name('imported_bonus_requester'))
    .on(name('imported_bonus'))
    .columns(['requester_id', 'amount']),
]
