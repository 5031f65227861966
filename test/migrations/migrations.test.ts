// The schema comes into being, once, whole, and never backwards [design 2, 3].
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { text } from 'node:stream/consumers'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { marketTables } from '../../src/store/schema.ts'
import { openDatabase } from '../../src/store/open.ts'
import { settingsFor } from '../support/market.ts'
import { createDatabase, postgresMissing } from '../support/postgres.ts'
import { describeUnless } from '../support/shared.ts'
import { ids, openStores } from '../support/stores.ts'

const shared = [
  'access_key',
  'account_link',
  'consent',
  'invitation',
  'meta',
  'requester',
  'session',
  'sign_in_failure',
  'sign_in_link',
  'worker',
]

function tablesOf(...prefixes: string[]): string[] {
  const market = prefixes.flatMap((prefix) => [...marketTables].map((table) => prefix + table))
  return ['migration', ...shared, ...market].toSorted()
}

/** An empty database, and a way to look into it and spoil it past the program. */
interface Bare {
  url: string
  query(sql: string): Promise<Record<string, unknown>[]>
  tables(): Promise<string[]>
  drop(): Promise<void>
}

async function bareSQLite(): Promise<Bare> {
  const folder = mkdtempSync(join(tmpdir(), 'kempelen-migrations-'))
  const file = join(folder, 'kempelen.db')
  const query = async (sql: string) => {
    const database = new DatabaseSync(file)
    try {
      return database.prepare(sql).all() as Record<string, unknown>[]
    } finally {
      database.close()
    }
  }
  return {
    url: `sqlite:${file}`,
    query,
    tables: async () =>
      (await query("select name from sqlite_schema where type = 'table' order by name")).map(({ name }) =>
        String(name),
      ),
    drop: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

async function barePostgres(): Promise<Bare> {
  const database = await createDatabase()
  const query = async (sql: string) => {
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    try {
      return (await client.query(sql)).rows as Record<string, unknown>[]
    } finally {
      await client.end()
    }
  }
  return {
    url: database.url,
    query,
    tables: async () =>
      (await query("select tablename from pg_tables where schemaname = 'public' order by tablename")).map(
        ({ tablename }) => String(tablename),
      ),
    drop: () => database.drop(),
  }
}

function suite(make: () => Promise<Bare>): void {
  let bare: Bare
  beforeEach(async () => {
    bare = await make()
  })
  afterEach(() => bare.drop())

  const open = (...environments: ('production' | 'sandbox')[]) =>
    openDatabase({ url: bare.url, markets: environments.map(settingsFor), ids, lost: () => undefined })
  const openAndClose = async (...environments: ('production' | 'sandbox')[]) =>
    (await open(...environments)).close()

  test('make an empty database fit for one market, and later for the other', async () => {
    await openAndClose('production')
    expect(await bare.tables()).toEqual(tablesOf(''))
    await openAndClose('production', 'sandbox')
    expect(await bare.tables()).toEqual(tablesOf('', 'sandbox_'))
  })

  test('change nothing when there is nothing to change, and keep what there is', async () => {
    await openAndClose('production', 'sandbox')
    await bare.query("insert into meta (name, value) values ('mine', 'kept')")
    const before = await bare.query('select * from migration order by family')
    await openAndClose('production', 'sandbox')
    expect(await bare.query('select * from migration order by family')).toEqual(before)
    expect(await bare.query('select value from meta')).toEqual([{ value: 'kept' }])
  })

  test.for(['shared', 'market ', 'market sandbox_'])(
    'leave a database alone whose schema "%s" is newer, and say what to do',
    async (family) => {
      await openAndClose('production', 'sandbox')
      const [known] = await bare.query(`select version from migration where family = '${family}'`)
      await bare.query(`update migration set version = 99 where family = '${family}'`)
      await expect(open('production', 'sandbox')).rejects.toThrow(
        /^This database was made by a newer Kempelen \(schema 99, this program knows \d+\)\. Start the newer program, or restore a backup made before the upgrade\.$/,
      )
      expect(await bare.query(`select version from migration where family = '${family}'`)).toEqual([
        { version: 99 },
      ])
      // The refusal has let go of the database: the right program can have it at once.
      await bare.query(
        `update migration set version = ${String(known?.['version'])} where family = '${family}'`,
      )
      await openAndClose('production', 'sandbox')
    },
  )

  test('that fail at their last table leave nothing behind, and can be repeated', async () => {
    await bare.query('create table audit (in_the_way text)')
    await expect(open('production')).rejects.toThrow(/audit/)
    expect(await bare.tables()).toEqual(['audit'])
    await bare.query('drop table audit')
    await openAndClose('production')
    expect(await bare.tables()).toEqual(tablesOf(''))
  })

  test('that fail for the second market keep the first, which is whole', async () => {
    await bare.query('create table sandbox_audit (in_the_way text)')
    await expect(open('production', 'sandbox')).rejects.toThrow(/sandbox_audit/)
    expect(await bare.tables()).toEqual([...tablesOf(''), 'sandbox_audit'].toSorted())
    await openAndClose('production')
  })
}

describe('migrations, SQLite', () => suite(bareSQLite))

describe('migrations, PostgreSQL', async () => {
  describeUnless(await postgresMissing(), 'of one process', () => suite(barePostgres))

  describeUnless(await postgresMissing(), 'of several processes at once', () => {
    test('are carried out once, and every process starts', async () => {
      const bare = await barePostgres()
      const module = new URL('../../src/store/open.ts', import.meta.url).href
      const settings = JSON.stringify(
        [settingsFor('production'), settingsFor('sandbox')],
        (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value),
      )
      const script = `const { openDatabase } = await import(${JSON.stringify(module)})
        const options = { url: ${JSON.stringify(bare.url)}, markets: ${settings}, ids: {}, lost() {} }
        await (await openDatabase(options)).close()`
      try {
        const outcomes = await Promise.all(
          Array.from({ length: 3 }, async () => {
            const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', script])
            const [errors, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
            return { code: code as number, errors }
          }),
        )
        expect(outcomes).toEqual(Array.from({ length: 3 }, () => ({ code: 0, errors: '' })))
        expect(await bare.tables()).toEqual(tablesOf('', 'sandbox_'))
        const versions = await bare.query('select family from migration order by family')
        expect(versions.map(({ family }) => family)).toEqual(['market ', 'market sandbox_', 'shared'])
      } finally {
        await bare.drop()
      }
    })
  })
})

describe('an address', () => {
  test.for([
    ['mysql://localhost/x', 'DATABASE_URL must begin with sqlite: or postgres://, not mysql:'],
    ['kempelen.db', 'DATABASE_URL must begin with sqlite: or postgres://, not kempelen.db:'],
  ])('%s is of no database that is known', async ([url, sentence]) => {
    await expect(openStores(url!)).rejects.toThrow(sentence)
  })

  test('of a file makes its folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kempelen-migrations-'))
    const stores = await openStores(`sqlite:${folder}/new/folder/kempelen.db`)
    await stores.close()
    rmSync(folder, { recursive: true })
  })
})
