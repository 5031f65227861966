// What the tenth schema makes of HITs that are disposed of already: the time is that of their deletion, or that at which
// their age took them.
import { market001 } from '../../src/store/migrations/market-001.ts'
import { market010 } from '../../src/store/migrations/market-010.ts'
import { testMigration } from '../support/migration.ts'

const aged = 120 * 86_400_000

const hit = (id: string, status: string, reviewableAt: number | null) =>
  `insert into sandbox_hit (id, hit_type_id, requester_id, question_hash, created_at, expires_at, max_assignments,
    first_assignments, reward, fee, pending, submitted, reviewed, escrow, slots_held, status, reviewable_at, pick)
  values ('${id}', 'T', 'R', 'q', 1, 7, 1, 1, 1, 1, 0, 1, 1, 0, 0, '${status}', ${reviewableAt}, 0)`

await testMigration('the tenth schema of a market', {
  from: market001,
  rows: [
    hit('1deleted', 'Disposed', 5),
    hit('2aged', 'Disposed', 5),
    hit('3expired', 'Disposed', null),
    hit('4living', 'Reviewable', 5),
    `insert into sandbox_audit values ('A', 40, 'requester:R', 'DeleteHIT', '1deleted')`,
    `insert into sandbox_audit values ('B', 3, 'requester:R', 'ApproveAssignment', '2aged')`,
  ],
  to: market010,
  expected: {
    'select hit_id, disposed_at, erased_at, erased_id from sandbox_disposed_hit order by hit_id': [
      ['1deleted', 40, 0, ''],
      ['2aged', 5 + aged, 0, ''],
      ['3expired', 7 + aged, 0, ''],
    ],
  },
})
