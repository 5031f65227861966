// What the second schema makes of HIT types and HITs that are there: they are found by the types of the system that
// they require, and what is disposed of is counted [qualifications 3.5, 3.13].
import { market001 } from '../../src/store/migrations/market-001.ts'
import { market002 } from '../../src/store/migrations/market-002.ts'
import { testMigration } from '../support/migration.ts'

const [locale, approved] = ['00000000000000000071', '00000000000000000040']

const requirements = (...ids: string[]) =>
  JSON.stringify(ids.map((qualificationTypeId) => ({ qualificationTypeId, comparator: 'Exists' })))

/** Three HIT types; the first has two HITs that are disposed of and one that is not, the second one that is. */
const rows = [
  ...[requirements(locale, approved, locale), requirements(approved), requirements()].map(
    (text, i) =>
      `insert into sandbox_hit_type values ('T${i}', 'G${i}', 'R${i % 2}', 't', 'd', null, 5, 60, 60, '${text}', 'H${i}', 9, 1)`,
  ),
  ...['T0 Disposed', 'T0 Disposed', 'T0 Assignable', 'T1 Disposed'].map((hit, i) => {
    const [type, status] = hit.split(' ')
    return `insert into sandbox_hit values ('H${i}', '${type}', 'R', 'Q', null, 1, 2, 1, 1, 5, 1, 0, 0, 0, 0, 0, '${status}', null, null, 1)`
  }),
]

await testMigration('the second schema of a market', {
  from: market001,
  rows,
  to: market002,
  expected: {
    'select qualification_type_id, requester_id, hit_type_id from sandbox_hit_type_requirement order by 1, 2, 3':
      [
        [approved, 'R0', 'T0'],
        [approved, 'R1', 'T1'],
        [locale, 'R0', 'T0'],
      ],
    'select id, disposed, deleted_at from sandbox_hit_type order by id': [
      ['T0', 2, null],
      ['T1', 1, null],
      ['T2', 0, null],
    ],
  },
})
