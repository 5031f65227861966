// What the ninth schema makes of work and payments that are there: Pacific days, also at their borders and where the
// clock is changed, and batches [websites 1.8].
import { market001 } from '../../src/store/migrations/market-001.ts'
import { market009 } from '../../src/store/migrations/market-009.ts'
import { testMigration } from '../support/migration.ts'

const at = (text: string) => Date.parse(text)
const minute = 60_000

/** One HIT of 0.05 for each assignment. */
function work(
  id: string,
  worker: string,
  type: string,
  state: string,
  submittedAt: number | null,
  approvedAt?: number,
): string[] {
  const submission = submittedAt ?? at('2026-01-01T20:00:00Z')
  return [
    `insert into sandbox_hit values ('H${id}', '${type}', 'R', 'Q', null, 1, 2, 1, 1, 5, 1, 0, 1, 1, 0, 0, 'Reviewable', null, null, 1)`,
    `insert into sandbox_assignment values ('A${id}', 'H${id}', '${type}', 'R', '${worker}', '${state}', ` +
      `${submission - minute - 999}, 0, ${submittedAt}, null, ${approvedAt ?? null}, null, null, null, null)`,
  ]
}

await testMigration('the ninth schema of a market', {
  from: market001,
  rows: [
    // Midnight in winter is 8:00 UTC, in summer 7:00 UTC.
    ...work('1', 'W', 'T', 'Approved', at('2026-01-02T07:59:59.999Z'), at('2026-01-02T08:00:00Z')),
    ...work('2', 'W', 'T', 'Submitted', at('2026-01-02T08:00:00Z')),
    ...work('3', 'W', 'U', 'Rejected', at('2026-07-01T06:59:59.999Z')),
    ...work('4', 'W', 'U', 'Approved', at('2026-07-01T07:00:00Z'), at('2026-07-01T07:00:00Z')),
    // The clock goes forward on March 8 and back on November 1.
    ...work('5', 'X', 'T', 'Submitted', at('2026-03-08T08:00:00Z')),
    ...work('6', 'X', 'T', 'Submitted', at('2026-03-09T06:59:59Z')),
    ...work('7', 'X', 'T', 'Submitted', at('2026-03-09T07:00:00Z')),
    ...work('8', 'X', 'T', 'Submitted', at('2026-11-01T07:00:00Z')),
    ...work('9', 'X', 'T', 'Submitted', at('2026-11-02T07:59:59Z')),
    ...work('10', 'X', 'T', 'Submitted', at('2028-03-01T07:59:59Z')),
    ...work('11', 'W', 'T', 'returned', null),
    ...work('12', 'W', 'T', 'open', null),
    `insert into sandbox_bonus values ('B1', 'R', 'W', 'H1', 'A1', 50, 10, 'x', ${at('2026-01-02T09:00:00Z')})`,
    `insert into sandbox_bonus values ('B2', 'R', 'W', 'H1', 'A1', 25, 5, 'x', ${at('2027-12-31T09:00:00Z')})`,
  ],
  to: market009,
  expected: {
    [`select day, submitted, approved, rejected, rewards, bonuses, earned, seconds, reviewed_seconds
      from sandbox_worker_day where worker_id = 'W' order by day`]: [
      ['2026-01-01', 1, 1, 0, 5, 0, 0, 60, 60],
      ['2026-01-02', 1, 0, 0, 0, 50, 5, 60, 0],
      ['2026-06-30', 1, 0, 1, 0, 0, 0, 60, 60],
      ['2026-07-01', 1, 1, 0, 5, 0, 5, 60, 60],
      ['2027-12-31', 0, 0, 0, 0, 25, 0, 0, 0],
    ],
    "select day, submitted from sandbox_worker_day where worker_id = 'X' order by day": [
      ['2026-03-08', 2],
      ['2026-03-09', 1],
      ['2026-11-01', 2],
      ['2028-02-29', 1],
    ],
    [`select worker_id, hit_type_id, submitted, approved, rejected, rewards, bonuses, seconds, reviewed_seconds,
      first_at, last_at from sandbox_worker_batch order by 1, 2`]: [
      ['W', 'T', 2, 1, 0, 5, 75, 120, 60, at('2026-01-02T07:59:59.999Z'), at('2026-01-02T08:00:00Z')],
      ['W', 'U', 2, 1, 1, 5, 0, 120, 120, at('2026-07-01T06:59:59.999Z'), at('2026-07-01T07:00:00Z')],
      ['X', 'T', 6, 0, 0, 0, 0, 360, 0, at('2026-03-08T08:00:00Z'), at('2028-03-01T07:59:59Z')],
    ],
  },
})
