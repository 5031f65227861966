// One market's view of a database: its own tables and the shared ones, as compiled statements. Only operations/run.ts
// works with a store; everything else gets a handle.
import { isFault, type Fault } from '../domain/fault.ts'
import type { MarketSettings } from '../domain/market-settings.ts'
import type { Ids } from '../ids.ts'
import type { Connection, Database } from './database.ts'
import { compile, fill, type Builder, type Compiled, type Statement } from './prepared.ts'
import { marketTables } from './schema.ts'
import { Touches } from './touches.ts'
import type { Read, Write } from './tx.ts'

export interface Store {
  /** Runs `work` on one snapshot; `now` is the market's time for it. */
  read<T>(now: number, work: (tx: Read) => Promise<T>): Promise<T>
  /**
   * Runs `work` in one transaction. The changes are kept when `keep` says so of the result, else rolled back; the
   * promise is fulfilled after the commit. Throws what `work` or the database throws.
   */
  write<T>(
    now: number,
    work: (tx: Write) => Promise<T>,
    options: { keep(result: T): boolean; background?: boolean },
  ): Promise<T>
  /** Whether transactions run beside each other, so that two that lock several rows may wait for each other. */
  readonly runsBesideEachOther: boolean
  /** Whether the same work may succeed when it is run again after this error. */
  isRetryable(error: unknown): boolean
}

/** Builds the store of the market whose tables begin with `prefix` (empty for production). */
export function createStore(database: Database, prefix: string, ids: Ids, settings: MarketSettings): Store {
  const builder = database.builder((table) => (marketTables.has(table) ? prefix + table : table))
  const statements = new Statements(builder)
  return {
    runsBesideEachOther: database.runsBesideEachOther,
    read: (now, work) =>
      database.read((connection) => work(new Handle(connection, statements, now, ids, settings))),
    write: (now, work, { keep, background = false }) =>
      database.write((connection) => work(new Handle(connection, statements, now, ids, settings)), {
        keep,
        background,
      }),
    isRetryable: (error) => database.isRetryable(error),
  }
}

/** Statements compiled for one market, each at its first use. */
class Statements {
  readonly #builder: Builder
  readonly #compiled: Compiled[] = []
  constructor(builder: Builder) {
    this.#builder = builder
  }

  get(statement: Statement<never, unknown>): Compiled {
    return (this.#compiled[statement.id] ??= compile(this.#builder, statement))
  }
}

class Handle implements Write {
  readonly now: number
  readonly ids: Ids
  readonly settings: MarketSettings
  readonly touches = new Touches()
  readonly #connection: Connection
  readonly #statements: Statements

  constructor(
    connection: Connection,
    statements: Statements,
    now: number,
    ids: Ids,
    settings: MarketSettings,
  ) {
    this.settings = settings
    this.#connection = connection
    this.#statements = statements
    this.now = now
    this.ids = ids
  }

  all<P extends object, R>(statement: Statement<P, R>, parameters: P): Promise<R[]> {
    const compiled = this.#statements.get(statement as Statement<never, unknown>)
    return this.#connection.all(compiled.sql, fill(compiled, parameters)) as Promise<R[]>
  }

  async first<P extends object, R>(statement: Statement<P, R>, parameters: P): Promise<R | undefined> {
    return (await this.all(statement, parameters))[0]
  }

  change<P extends object, R>(statement: Statement<P, R>, parameters: P): Promise<number> {
    const compiled = this.#statements.get(statement as Statement<never, unknown>)
    return this.#connection.change(compiled.sql, fill(compiled, parameters))
  }

  attempt<T>(work: () => Promise<T | Fault>): Promise<T | Fault> {
    return this.#connection.attempt(work, (result) => !isFault(result))
  }
}
