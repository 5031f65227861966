// What is PostgreSQL's alone: races between connections, lost connections, time limits. `[design 4]` throughout.
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createDatabase, postgresMissing, type TestDatabase } from '../../test/support/postgres.ts'
import { describeUnless } from '../../test/support/shared.ts'
import { server } from '../limits.ts'
import type { Connection, Database } from './database.ts'
import { openPostgres } from './postgres.ts'

interface Signal {
  reached: Promise<void>
  give(): void
}

function signal(): Signal {
  let give!: () => void
  const reached = new Promise<void>((resolve) => (give = resolve))
  return { reached, give }
}

describe('PostgreSQL', async () => {
  const missing = await postgresMissing()
  describeUnless(missing, 'as a store', () => suite())
})

function suite(): void {
  let home: TestDatabase
  let database: Database
  let outside: pg.Client
  let heard: Error[]

  beforeAll(async () => {
    home = await createDatabase()
    outside = new pg.Client({ connectionString: home.url })
    await outside.connect()
    await outside.query('create table counter (name text primary key, value bigint not null)')
    database = await openPostgres(home.url, (error) => heard.push(error))
  })
  beforeEach(async () => {
    heard = []
    await outside.query("delete from counter; insert into counter values ('a', 1), ('b', 1)")
  })
  afterAll(async () => {
    await database?.close()
    await outside?.end()
    await home?.drop()
  })

  const keep = { keep: () => true, background: false }
  const write = <T>(work: (connection: Connection) => Promise<T>) => database.write(work, keep)
  const raise = (connection: Connection, name: string) =>
    connection.change('update counter set value = value + 1 where name = $1', [name])
  const values = async () =>
    (await database.read((connection) => connection.all('select value from counter order by name', []))).map(
      (row) => (row as { value: number }).value,
    )
  const processOf = async (connection: Connection) =>
    ((await connection.all('select pg_backend_pid() as pid', []))[0] as { pid: number }).pid
  const terminate = (pid: number) => outside.query('select pg_terminate_backend($1, 5000)', [pid])

  test('keeps what is to be kept, and rolls back the rest with its answer', async () => {
    expect(await write((connection) => raise(connection, 'a'))).toBe(1)
    const refused = await database.write(async (connection) => (await raise(connection, 'b'), 'a refusal'), {
      keep: () => false,
      background: false,
    })
    expect(refused).toBe('a refusal')
    const bug = write(
      async (connection) => (await raise(connection, 'b'), Promise.reject(new Error('a bug'))),
    )
    await expect(bug).rejects.toThrow('a bug')
    expect(await values()).toEqual([2, 1])
  })

  test('gives integers and sums as numbers, up to 2⁵³−1', async () => {
    const [row] = await database.read((connection) =>
      connection.all(
        'select 9007199254740991::bigint as one, sum(value) as two, count(*) as three from counter',
        [],
      ),
    )
    expect(row).toEqual({ one: Number.MAX_SAFE_INTEGER, two: 2, three: 2 })
  })

  test('looks for a text with a zero byte, which it could not hold, and finds nothing', async () => {
    const rows = await database.read((connection) =>
      connection.all('select value from counter where name = $1', ['a\0']),
    )
    expect(rows).toEqual([])
    expect(await write((connection) => raise(connection, '\0'))).toBe(0)
  })

  test('reads one snapshot, and cannot write by it', async () => {
    const seen = await database.read(async (connection) => {
      const value = async () => (await connection.all("select value from counter where name = 'a'", []))[0]
      const before = await value()
      await write((other) => raise(other, 'a'))
      return [before, await value()]
    })
    expect(seen).toEqual([{ value: 1 }, { value: 1 }])
    await expect(database.read((connection) => raise(connection, 'a'))).rejects.toThrow('read-only')
  })

  test('ends a deadlock: one succeeds, the other may run again', async () => {
    const [first, second] = [signal(), signal()]
    const one = write(async (connection) => {
      await raise(connection, 'a')
      first.give()
      await second.reached
      await raise(connection, 'b')
    })
    const two = write(async (connection) => {
      await raise(connection, 'b')
      second.give()
      await first.reached
      await raise(connection, 'a')
    })
    const outcomes = await Promise.allSettled([one, two])
    const failed = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(failed).toHaveLength(1)
    expect(failed[0]!.reason).toMatchObject({ code: '40P01' })
    expect(database.isRetryable(failed[0]!.reason)).toBe(true)
    expect(await values()).toEqual([2, 2])
  })

  test.for([
    { error: { code: '40001' }, retryable: true, why: 'a serialization failure' },
    { error: { code: '40P01' }, retryable: true, why: 'a deadlock' },
    { error: { code: '23505' }, retryable: true, why: 'a unique row that a competitor inserted first' },
    { error: { code: '08006' }, retryable: true, why: 'a broken connection' },
    { error: { code: '57P01' }, retryable: true, why: 'a server that shuts down' },
    { error: { code: '57P03' }, retryable: true, why: 'a server that starts' },
    { error: { code: 'ECONNRESET' }, retryable: true, why: 'a reset socket' },
    { error: { code: 'ECONNREFUSED' }, retryable: true, why: 'nobody listening' },
    { error: new Error('Connection terminated unexpectedly'), retryable: true, why: 'a lost connection' },
    { error: { code: '57014' }, retryable: false, why: 'a statement that took too long' },
    { error: { code: '23514' }, retryable: false, why: 'a broken rule of a table' },
    { error: { code: '42P01' }, retryable: false, why: 'a missing table' },
    { error: new Error('a bug'), retryable: false, why: 'a bug' },
  ])('after $why running again is sensible: $retryable', ({ error, retryable }) => {
    expect(database.isRetryable(error)).toBe(retryable)
  })

  test('lost in the middle of a transaction is a fault that may be tried again, and nothing is kept', async () => {
    const lost = await write(async (connection) => {
      await raise(connection, 'a')
      await terminate(await processOf(connection))
      await raise(connection, 'b')
    }).catch((error: unknown) => error)
    expect(lost).toBeInstanceOf(Error)
    expect(database.isRetryable(lost), String(lost)).toBe(true)
    expect(await values()).toEqual([1, 1])
    await write((connection) => raise(connection, 'a'))
    expect(await values()).toEqual([2, 1])
  })

  test('lost while idle is told, and the next caller gets another connection', async () => {
    const pid = await write(processOf)
    await terminate(pid)
    await expect.poll(() => heard.length).toBeGreaterThan(0)
    expect(await write(processOf)).not.toBe(pid)
  })

  test('bounds each statement, at the server too', async () => {
    const [row] = await database.read((connection) => connection.all('show statement_timeout', []))
    expect(row).toEqual({ statement_timeout: `${server.requestTimeout / 1000}s` })
  })

  test('ends a statement that takes too long; the connection stays usable', async () => {
    const slow = write(async (connection) => {
      await connection.all('set local statement_timeout = 20', [])
      return connection.all('select pg_sleep(60)', [])
    })
    await expect(slow).rejects.toMatchObject({ code: '57014' })
    await write((connection) => raise(connection, 'b'))
    expect(await values()).toEqual([1, 2])
  })

  test('says what is wrong when nobody listens, and that waiting may help', async () => {
    const nowhere = await openPostgres('postgres://nobody@127.0.0.1:1/none', () => undefined)
    const error = await nowhere
      .read((connection) => connection.all('select 1', []))
      .catch((thrown: unknown) => thrown)
    expect(nowhere.isRetryable(error)).toBe(true)
    await nowhere.close()
  })
}
