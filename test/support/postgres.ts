// Databases for tests, in the one PostgreSQL of the run: each test file makes its own from a template, in some ten
// milliseconds, and drops it at the end.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { askRun } from './shared.ts'

/** A database that belongs to one test file. */
export interface TestDatabase {
  url: string
  drop(): Promise<void>
}

/** Why this machine has no PostgreSQL for tests, or undefined. In CI a missing PostgreSQL is an error. */
export async function postgresMissing(): Promise<string | undefined> {
  const answer = await askRun<{ url: string }>('postgres')
  return 'missing' in answer ? answer.missing : undefined
}

/** Makes a database: a copy of `template` (see prepareTemplate), else an empty one. */
export async function createDatabase(template = 'template1'): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await administer((client) =>
    client.query(`create database ${name} template ${client.escapeIdentifier(template)}`),
  )
  return {
    url: await urlOf(name),
    drop: () => administer((client) => client.query(`drop database ${name} with (force)`)),
  }
}

/**
 * Makes the template `name` unless this run has it: an empty database, changed by `migrate`, which must close its
 * connections. Of several test files that call at once one migrates and the others wait.
 */
export async function prepareTemplate(name: string, migrate: (url: string) => Promise<void>): Promise<void> {
  await administer(async (client) => {
    // The lock is freed when the connection ends.
    await client.query('select pg_advisory_lock(hashtext($1))', [name])
    const found = await client.query('select 1 from pg_database where datname = $1', [name])
    if (found.rows.length > 0) return
    const unfinished = client.escapeIdentifier(`${name} unfinished`)
    await client.query(`drop database if exists ${unfinished} with (force)`)
    await client.query(`create database ${unfinished}`)
    await migrate(await urlOf(`${name} unfinished`))
    await client.query(`alter database ${unfinished} rename to ${client.escapeIdentifier(name)}`)
  })
}

async function urlOf(database: string): Promise<string> {
  const answer = await askRun<{ url: string }>('postgres')
  if ('missing' in answer) throw new Error(`no PostgreSQL: ${answer.missing}`)
  return Object.assign(new URL(answer.url), { pathname: `/${encodeURIComponent(database)}` }).href
}

async function administer(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: await urlOf('postgres') })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
