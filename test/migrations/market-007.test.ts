// What the seventh schema makes of an outbox that is there: all of it may have been handed over, so nothing joins it; a
// Ping was a test.
import { market005 } from '../../src/store/migrations/market-005.ts'
import { market007 } from '../../src/store/migrations/market-007.ts'
import { testMigration } from '../support/migration.ts'

const rows = ['HITCreated', 'Ping'].map(
  (event, i) =>
    `insert into sandbox_outbox values ('${i}', 'R', 'SQS', 'q', 'H', '${event}', '{}', 1, 'dead', 0, 1, 'e', 2)`,
)

await testMigration('the seventh schema of a market', {
  from: market005,
  rows,
  to: market007,
  expected: {
    'select event, kind, hit_type_id, sealed, part_of from sandbox_outbox order by id': [
      ['HITCreated', 'event', '', 1, null],
      ['Ping', 'test', '', 1, null],
    ],
  },
})
