// The embedded database: one file, one process, one thread. Writers that wait are gathered into one commit, each
// under a savepoint of its own, because a commit costs a disk flush (about 0.25 ms) and a savepoint almost nothing.
// Work in a transaction awaits nothing but its connection, so a whole batch runs between two turns of the event
// loop; more callers arrive while the commit flushes, and form the next batch.
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
  type CompiledQuery,
  type Kysely,
  type SqlBool,
} from 'kysely'
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
  createAdapter: () => new SqliteAdapter(),
  createIntrospector: (db: Kysely<never>) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
}

/** SQLITE_BUSY: another connection has locked the file. */
const busy = 5

interface Job {
  work(connection: Connection): Promise<unknown>
  keep(result: unknown): boolean
  resolve(result: unknown): void
  reject(error: unknown): void
}

/** A connection to the file with its compiled statements. */
class SQLiteConnection implements Connection {
  readonly #database: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()

  constructor(file: string, options: { readOnly?: boolean } = {}) {
    this.#database = new DatabaseSync(file, options)
  }

  // The answers are promises only because PostgreSQL's are; here they are fulfilled when they are made.
  all(sql: string, values: unknown[]): Promise<unknown[]> {
    try {
      return Promise.resolve(this.#statement(sql).all(...(values as SQLInputValue[])))
    } catch (error) {
      return Promise.reject(error as Error)
    }
  }

  change(sql: string, values: unknown[]): Promise<number> {
    try {
      return Promise.resolve(Number(this.#statement(sql).run(...(values as SQLInputValue[])).changes))
    } catch (error) {
      return Promise.reject(error as Error)
    }
  }

  // When `work` throws, whoever holds the transaction rolls all of it back.
  async attempt<T>(work: () => Promise<T>, keep: (result: T) => boolean): Promise<T> {
    this.execute('savepoint attempt')
    const result = await work()
    if (!keep(result)) this.execute('rollback to attempt')
    this.execute('release attempt')
    return result
  }

  execute(sql: string): void {
    this.#statement(sql).run()
  }

  script(sql: string): void {
    this.#database.exec(sql)
  }

  close(): void {
    this.#database.close()
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.#database.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }
}

class SQLiteDatabase implements Database {
  readonly runsBesideEachOther = false
  readonly #writer: SQLiteConnection
  readonly #reader: SQLiteConnection
  readonly #temporaryFolder: string | undefined
  readonly #owner: DatabaseSync | undefined
  readonly #callers: Job[] = []
  readonly #backlog: Job[] = []
  #scheduled = false
  #pumping: Promise<void> = Promise.resolve()
  #lastRead: Promise<unknown> = Promise.resolve()

  constructor(file: string) {
    const inMemory = file === ':memory:'
    this.#temporaryFolder = inMemory ? mkdtempSync(join(tmpdir(), 'kempelen-')) : undefined
    const path = this.#temporaryFolder === undefined ? file : join(this.#temporaryFolder, 'kempelen.db')
    this.#owner = inMemory ? undefined : takeOwnership(path)
    makeForUser(path)
    this.#writer = new SQLiteConnection(path)
    this.#writer.script(`
      pragma journal_mode = wal;
      pragma synchronous = ${inMemory ? 'off' : 'full'};
      pragma cache_size = -65536;
      pragma wal_autocheckpoint = 40000;
      pragma temp_store = memory;
      pragma foreign_keys = off;
      pragma busy_timeout = 5000;`)
    this.#reader = new SQLiteConnection(path)
    this.#reader.script(`
      pragma query_only = on;
      pragma cache_size = -65536;
      pragma temp_store = memory;
      pragma busy_timeout = 5000;`)
  }

  read<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    // One after the other: two reads that took turns on the connection would share a snapshot by accident.
    const result = this.#lastRead.then(async () => {
      this.#reader.execute('begin')
      try {
        return await work(this.#reader)
      } finally {
        this.#reader.execute('commit')
      }
    })
    this.#lastRead = result.catch(() => undefined)
    return result
  }

  write<T>(work: (connection: Connection) => Promise<T>, options: WriteOptions<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const job = { work, keep: options.keep as Job['keep'], resolve: resolve as Job['resolve'], reject }
      ;(options.background ? this.#backlog : this.#callers).push(job)
      this.#schedule()
    })
  }

  /** Starts a batch after the callers whose requests have arrived already had their turn. */
  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => {
      this.#pumping = this.#pump()
    })
  }

  async #pump(): Promise<void> {
    const batch = this.#callers.splice(0, server.groupCommit)
    const chore = this.#backlog.shift()
    if (chore !== undefined) batch.push(chore)
    const answers: (() => void)[] = []
    try {
      this.#writer.execute('begin immediate')
      for (const job of batch) answers.push(await this.#runUnderSavepoint(job))
      this.#writer.execute('commit')
    } catch (error) {
      this.#rollback()
      for (const job of batch) job.reject(error)
      answers.length = 0
    }
    for (const answer of answers) answer()
    this.#scheduled = false
    if (this.#callers.length > 0 || this.#backlog.length > 0) this.#schedule()
  }

  /** Runs one job; the answer it gets is given after the commit. */
  async #runUnderSavepoint(job: Job): Promise<() => void> {
    this.#writer.execute('savepoint job')
    try {
      const result = await job.work(this.#writer)
      if (!job.keep(result)) this.#writer.execute('rollback to job')
      this.#writer.execute('release job')
      return () => job.resolve(result)
    } catch (error) {
      this.#writer.execute('rollback to job')
      this.#writer.execute('release job')
      return () => job.reject(error)
    }
  }

  #rollback(): void {
    try {
      this.#writer.execute('rollback')
    } catch {
      // The failed statement has rolled back already; there is nothing left to undo.
    }
  }

  isRetryable(error: unknown): boolean {
    const code = (error as { errcode?: number }).errcode
    // SQLITE_BUSY, SQLITE_LOCKED: another process held the file; SQLITE_CONSTRAINT_UNIQUE and _PRIMARYKEY: the
    // guard that should have seen the other row sees it when it runs again.
    return error instanceof LostRace || code === busy || code === 6 || code === 2067 || code === 1555
  }

  builder(rename: (table: string) => string): Builder {
    const db = compilerFor(dialect, rename)
    // The only writer holds the whole file, so there are no rows to lock.
    const same = <Q extends Lockable>(query: Q): Q => query
    const among: Builder['among'] = (column, list) =>
      sql<SqlBool>`${column} in (select value from json_each(${encoded(list, (ids) => JSON.stringify(ids))}))`
    return { db, forUpdate: same, skipLocked: same, among }
  }

  async migrate(work: MigrationWork): Promise<void> {
    const schema = compilerFor(dialect) as unknown as Kysely<unknown>
    const query = ({ sql, parameters }: CompiledQuery) => this.#writer.all(sql, [...parameters])
    this.#writer.execute('begin exclusive')
    try {
      await work(schema, async (change) => void (await query(change.compile())), query)
      this.#writer.execute('commit')
    } catch (error) {
      this.#rollback()
      throw error
    }
  }

  async close(): Promise<void> {
    while (this.#scheduled) {
      await new Promise((done) => setImmediate(done))
      await this.#pumping
    }
    await this.#lastRead
    this.#reader.close()
    this.#writer.close()
    this.#owner?.close()
    if (this.#temporaryFolder !== undefined) rmSync(this.#temporaryFolder, { recursive: true, force: true })
  }
}

/** Makes a file, unless it is there, that no other user can read; the database gives its other files the same rights. */
function makeForUser(path: string): void {
  closeSync(openSync(path, 'a', 0o600))
}

/**
 * Makes this process the only one that works on the file: another one's lock would stall every caller for as long as
 * it is held. The system frees the lock when the process ends, however it ends. Throws with a sentence when another
 * process has it.
 */
function takeOwnership(path: string): DatabaseSync {
  makeForUser(`${path}.lock`)
  const owner = new DatabaseSync(`${path}.lock`)
  try {
    owner.exec('pragma busy_timeout = 0; begin exclusive')
    return owner
  } catch (error) {
    owner.close()
    if ((error as { errcode?: number }).errcode !== busy) throw error
    throw new Error(`Another Kempelen works on ${path}. Stop it first, or set DATABASE_URL to another file.`)
  }
}

/** Opens the database file at `file`, or a temporary one that is deleted at the end for `:memory:`. */
export function openSQLite(file: string): Database {
  return new SQLiteDatabase(file)
}
