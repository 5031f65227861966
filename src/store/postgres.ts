// PostgreSQL: any number of processes on one server. READ COMMITTED; an operation locks the rows it decides on.
import {
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
  type CompiledQuery,
  type Kysely,
  type SqlBool,
} from 'kysely'
import type postgres from 'pg'
import type { Pool, PoolClient } from 'pg'
import { server } from '../limits.ts'
import { compilerFor } from './builder.ts'
import {
  LostRace,
  type Connection,
  type Database,
  type MigrationWork,
  type WriteOptions,
} from './database.ts'
import { encoded, type Builder, type Lockable } from './prepared.ts'

const dialect = {
  createAdapter: () => new PostgresAdapter(),
  createIntrospector: (db: Kysely<never>) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
}

/** One number for all Kempelen processes that migrate the same database: they wait for each other. */
const migrationLock = 1770

const int8 = 20
const numeric = 1700

/** Server-side prepared statements are kept under names that stand for their text. */
const names = new Map<string, string>()
function nameOf(sql: string): string {
  let name = names.get(sql)
  if (name === undefined) {
    name = `k${names.size}`
    names.set(sql, name)
  }
  return name
}

/**
 * PostgreSQL refuses a text with a zero byte. Anybody can send one in an address or a form: it becomes what half a
 * surrogate pair becomes, and so equals nothing that is stored.
 */
function storable(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value
}

class PostgresConnection implements Connection {
  readonly #client: PoolClient
  constructor(client: PoolClient) {
    this.#client = client
  }

  async all(sql: string, values: unknown[]): Promise<unknown[]> {
    return (await this.#client.query({ name: nameOf(sql), text: sql, values: values.map(storable) })).rows
  }

  async change(sql: string, values: unknown[]): Promise<number> {
    return (
      (await this.#client.query({ name: nameOf(sql), text: sql, values: values.map(storable) })).rowCount ?? 0
    )
  }

  // When `work` throws, whoever holds the transaction rolls all of it back.
  async attempt<T>(work: () => Promise<T>, keep: (result: T) => boolean): Promise<T> {
    await this.#client.query('savepoint attempt')
    const result = await work()
    if (!keep(result)) await this.#client.query('rollback to savepoint attempt')
    await this.#client.query('release savepoint attempt')
    return result
  }
}

/** Connections for those who only read are their own: they would stand in line behind everybody who waits for a row. */
interface Pools {
  reading: Pool
  writing: Pool
}

class PostgresDatabase implements Database {
  readonly runsBesideEachOther = true
  readonly #pools: Pools
  constructor(pools: Pools) {
    this.#pools = pools
  }

  read<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const begin = 'begin isolation level repeatable read read only'
    return this.#within(this.#pools.reading, begin, work, () => true)
  }

  write<T>(work: (connection: Connection) => Promise<T>, options: WriteOptions<T>): Promise<T> {
    return this.#within(this.#pools.writing, 'begin isolation level read committed', work, options.keep)
  }

  async #within<T>(
    pool: Pool,
    begin: string,
    work: (connection: Connection) => Promise<T>,
    keep: (result: T) => boolean,
  ): Promise<T> {
    const client = await pool.connect()
    let broken: Error | undefined
    try {
      await client.query(begin)
      const result = await work(new PostgresConnection(client))
      if (keep(result)) await commit(client)
      else await client.query('rollback')
      return result
    } catch (error) {
      broken = await rollback(client)
      throw error
    } finally {
      client.release(broken)
    }
  }

  isRetryable(error: unknown): boolean {
    const { code = '' } = error as { code?: string }
    // Serialization failure, deadlock, a unique row that a competitor inserted first.
    const isRace = error instanceof LostRace || ['40001', '40P01', '23505'].includes(code)
    return isRace || isConnectionTrouble(error)
  }

  builder(rename: (table: string) => string): Builder {
    return {
      db: compilerFor(dialect, rename),
      forUpdate: <Q extends Lockable>(query: Q) => query.forUpdate() as unknown as Q,
      skipLocked: <Q extends Lockable>(query: Q) => query.forUpdate().skipLocked() as Q,
      among: (column, list) =>
        sql<SqlBool>`${column} = any(${encoded(list, (ids) => ids.map(storable))}::text[])`,
    }
  }

  async migrate(work: MigrationWork): Promise<void> {
    const schema = compilerFor(dialect) as unknown as Kysely<unknown>
    await this.#within(
      this.#pools.writing,
      'begin',
      async (connection) => {
        await connection.all('select pg_advisory_xact_lock($1)', [migrationLock])
        const query = ({ sql, parameters }: CompiledQuery) => connection.all(sql, [...parameters])
        await work(schema, async (change) => void (await query(change.compile())), query)
      },
      () => true,
    )
  }

  async close(): Promise<void> {
    await Promise.all([this.#pools.reading.end(), this.#pools.writing.end()])
  }
}

/** What `pg` says when the server does not answer at all. */
const silence = 'Query read timeout'

/** Whether the connection broke: class 08, a server that shuts down, a socket. */
function isConnectionTrouble(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  return (
    code.startsWith('08') ||
    ['57P01', '57P02', '57P03', 'ECONNRESET', 'ECONNREFUSED', 'EPIPE'].includes(code) ||
    // `pg` gives these no code: the connection broke under a query, or before it.
    /^(Connection terminated|Client has encountered a connection error)/.test(message)
  )
}

/**
 * Commits. When the connection breaks here nobody knows whether the server has committed, so the work must not run
 * again: the caller hears of a fault, and an SDK's repetition finds the answer if there is one [wire 3.7].
 */
async function commit(client: PoolClient): Promise<void> {
  try {
    await client.query('commit')
  } catch (cause) {
    const { message } = cause as Error
    if (isConnectionTrouble(cause) || message === silence)
      throw new Error('whether the commit took place is unknown', { cause })
    throw cause
  }
}

/** Rolls back; answers the error when the connection cannot be used any more. */
async function rollback(client: PoolClient): Promise<Error | undefined> {
  try {
    await client.query('rollback')
    return undefined
  } catch (error) {
    return error as Error
  }
}

/** Opens connections to the server that `url` names. `lost` hears of those that broke. */
export async function openPostgres(url: string, lost: (error: Error) => void): Promise<Database> {
  const { default: pg } = await import('pg')
  const { reading, writing } = server.databaseConnections
  return new PostgresDatabase({
    reading: openPool(pg, url, reading, lost),
    writing: openPool(pg, url, writing, lost),
  })
}

function openPool(
  { Pool, types }: typeof postgres,
  url: string,
  max: number,
  lost: (error: Error) => void,
): Pool {
  const pool = new Pool({
    connectionString: url,
    max,
    // Also the time for which a call waits until another gives its connection back.
    connectionTimeoutMillis: server.requestTimeout,
    // A call must be answered, or fail so that the client tries again, before the client gives up [wire 1.1]: the
    // server gives up first, and the connection stays usable; when it does not answer at all, we do.
    statement_timeout: server.requestTimeout,
    query_timeout: server.requestTimeout + server.answerMargin,
    // Integers come as numbers: every one we store is below 2^53.
    types: {
      getTypeParser: ((type: number, format: 'text') =>
        type === int8 || type === numeric ? Number : types.getTypeParser(type, format)) as never,
    },
  })
  // A connection can break between two queries of a transaction as well: an event that nobody hears ends the process.
  pool.on('connect', (client) =>
    client.on('error', (error) => {
      if (!pool.ending) lost(error)
    }),
  )
  // The pool's own event tells the same of idle connections once more.
  pool.on('error', () => undefined)
  return pool
}
