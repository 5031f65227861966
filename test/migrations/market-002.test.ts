// What the second schema makes of HIT types and HITs that are there: they are found by the types of the system that
// they require, and what is disposed of is counted [qualifications 3.5, 3.13].
import { describe, expect, test } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import { market001 } from '../../src/store/migrations/market-001.ts'
import { market002 } from '../../src/store/migrations/market-002.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { openSQLite } from '../../src/store/sqlite.ts'
import { createDatabase, postgresMissing } from '../support/postgres.ts'
import { describeUnless } from '../support/shared.ts'

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

/** Brings the rows from the first schema to the second; answers what the second made of them. */
async function migrated(database: Database): Promise<{ required: string[]; disposed: string[] }> {
  const found = { required: [] as string[], disposed: [] as string[] }
  await database.migrate(async (db, run, query) => {
    const change = { db, name: (of: string) => `sandbox_${of}` }
    const plain = (sql: string) => ({ compile: () => ({ sql, parameters: [] }) as never })
    for (const statement of market001(change)) await run(statement)
    for (const row of rows) await run(plain(row))
    for (const statement of market002(change)) await run(statement)
    const look = async (sql: string) =>
      ((await query({ sql, parameters: [] } as never)) as object[]).map((row) => Object.values(row).join(' '))
    found.required = (
      await look('select qualification_type_id, requester_id, hit_type_id from sandbox_hit_type_requirement')
    ).sort()
    found.disposed = await look('select id, disposed, deleted_at from sandbox_hit_type order by id')
  })
  return found
}

const expected = {
  required: [`${approved} R0 T0`, `${approved} R1 T1`, `${locale} R0 T0`],
  disposed: ['T0 2 ', 'T1 1 ', 'T2 0 '],
}

describe('the second schema of a market', async () => {
  test('on SQLite', async () => {
    const database = openSQLite(':memory:')
    expect(await migrated(database)).toEqual(expected)
    await database.close()
  })

  describeUnless(await postgresMissing(), 'on PostgreSQL', () => {
    test('the same', async () => {
      const made = await createDatabase()
      const database = await openPostgres(made.url, () => undefined)
      expect(await migrated(database)).toEqual(expected)
      await database.close()
      await made.drop()
    })
  })
})
