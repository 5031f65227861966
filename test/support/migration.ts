// A test of one migration: rows that an older schema holds, and what the newer one makes of them, on both databases.
import { describe, expect, test } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import type { Migration } from '../../src/store/migrations/index.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { openSQLite } from '../../src/store/sqlite.ts'
import { createDatabase, postgresMissing } from './postgres.ts'
import { describeUnless } from './shared.ts'

export interface MigrationSteps {
  /** The schema before, as the one migration of which the rows know tables. */
  from: Migration
  /** Statements that insert rows into the tables of the sandbox. */
  rows: readonly string[]
  to: Migration
  /** What each question finds afterwards: rows of values. */
  expected: Readonly<Record<string, readonly (readonly unknown[])[]>>
}

/** Declares the test. */
export async function testMigration(
  name: string,
  { from, rows, to, expected }: MigrationSteps,
): Promise<void> {
  const check = (database: Database) =>
    database.migrate(async (db, run, query) => {
      const change = { db, name: (of: string) => `sandbox_${of}` }
      const plain = (sql: string) => ({ sql, parameters: [] }) as never
      for (const statement of from(change)) await run(statement)
      for (const sql of rows) await run({ compile: () => plain(sql) })
      for (const statement of to(change)) await run(statement)
      for (const [question, found] of Object.entries(expected)) {
        const answer = (await query(plain(question))) as object[]
        expect(
          answer.map((row) => Object.values(row)),
          question,
        ).toEqual(found)
      }
    })
  const missing = await postgresMissing()
  describe(name, () => {
    test('on SQLite', async () => {
      const database = openSQLite(':memory:')
      await check(database)
      await database.close()
    })

    describeUnless(missing, 'on PostgreSQL', () => {
      test('the same', async () => {
        const made = await createDatabase()
        const database = await openPostgres(made.url, () => undefined)
        await check(database)
        await database.close()
        await made.drop()
      })
    })
  })
}
