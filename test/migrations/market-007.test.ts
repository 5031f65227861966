// What the seventh schema makes of an outbox that is there: all of it may have been handed over, so nothing joins it; a
// Ping was a test.
import { describe, expect, test } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import { market005 } from '../../src/store/migrations/market-005.ts'
import { market007 } from '../../src/store/migrations/market-007.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { openSQLite } from '../../src/store/sqlite.ts'
import { createDatabase, postgresMissing } from '../support/postgres.ts'
import { describeUnless } from '../support/shared.ts'

const rows = ['HITCreated', 'Ping'].map(
  (event, i) =>
    `insert into sandbox_outbox values ('${i}', 'R', 'SQS', 'q', 'H', '${event}', '{}', 1, 'dead', 0, 1, 'e', 2)`,
)

/** Brings the rows from the fifth schema to the seventh; answers what it made of them. */
async function migrated(database: Database): Promise<string[]> {
  let found: string[] = []
  await database.migrate(async (db, run, query) => {
    const change = { db, name: (of: string) => `sandbox_${of}` }
    for (const statement of market005(change)) await run(statement)
    for (const sql of rows) await run({ compile: () => ({ sql, parameters: [] }) as never })
    for (const statement of market007(change)) await run(statement)
    const sql = 'select event, kind, hit_type_id, sealed, part_of from sandbox_outbox order by id'
    const answer = (await query({ sql, parameters: [] } as never)) as object[]
    found = answer.map((row) => JSON.stringify(Object.values(row)))
  })
  return found
}

const expected = ['["HITCreated","event","",1,null]', '["Ping","test","",1,null]']

describe('the seventh schema of a market', async () => {
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
