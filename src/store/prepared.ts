// A statement is built with Kysely once, compiled once per market and run many times: building it anew costs more
// than running it (128 to 206 µs against 36 µs for the statements of one approval). A builder therefore sees
// slots instead of values; when the statement runs, each slot is filled from the parameters of that run.
//
// Read statements change nothing and take no lock; only a `Write` handle accepts the others.
import type { Compilable, Expression, Kysely, SqlBool } from 'kysely'
import type { Tables } from './schema.ts'

/** Stands for a parameter while a statement is built. */
class Slot {
  readonly name: string
  readonly #encode: ((value: never) => unknown) | undefined
  constructor(name: string, encode?: (value: never) => unknown) {
    this.name = name
    this.#encode = encode
  }

  /** What the database gets of it. */
  valueIn(parameters: Record<string, unknown>): unknown {
    const value = parameters[this.name]
    return this.#encode === undefined ? value : this.#encode(value as never)
  }
}

/** The parameter as it stands in a statement when the database cannot take its value as it is. */
export function encoded<T>(parameter: T, encode: (value: T) => unknown): unknown {
  return new Slot((parameter as Slot).name, encode)
}

/** What a builder gets: the typed tables, and what differs between the two databases. */
export interface Builder {
  readonly db: Kysely<Tables>
  /** Locks the rows that the query finds until the transaction ends. */
  forUpdate<Q extends Lockable>(query: Q): Q
  /** As forUpdate, but passes over rows that another transaction has locked. */
  skipLocked<Q extends Lockable>(query: Q): Q
  /** Whether a column is one of a list, which is one parameter however long it is. */
  among(column: Expression<string | null>, list: readonly string[]): Expression<SqlBool>
}

/** The part of a select query that locking needs. */
export interface Lockable {
  forUpdate(): { skipLocked(): unknown }
}

export interface Statement<P, R> {
  readonly id: number
  build(builder: Builder, parameters: P): Compilable<R>
}

/** A statement that changes nothing and locks nothing. */
export interface ReadStatement<P, R> extends Statement<P, R> {
  readonly kind: 'read'
}

/** A statement that changes or locks rows. */
export interface WriteStatement<P, R> extends Statement<P, R> {
  readonly kind: 'write'
}

let statements = 0

/** Declares a statement that only reads. */
export function read<P, R>(build: (builder: Builder, parameters: P) => Compilable<R>): ReadStatement<P, R> {
  return { kind: 'read', id: statements++, build }
}

/** Declares a statement that inserts, updates, deletes or locks. */
export function write<P, R>(build: (builder: Builder, parameters: P) => Compilable<R>): WriteStatement<P, R> {
  return { kind: 'write', id: statements++, build }
}

/** Declares the insertion of one row with all of `columns`; the parameters are the row. */
export function insert<T extends keyof Tables & string, C extends keyof Tables[T] & string>(
  table: T,
  columns: readonly C[],
): WriteStatement<Pick<Tables[T], C>, unknown> {
  return write<Pick<Tables[T], C>, unknown>(({ db }, row) =>
    // The columns are checked by the signature; Kysely cannot follow a generic table name.
    db.insertInto(table).values(Object.fromEntries(columns.map((column) => [column, row[column]])) as never),
  )
}

/** A compiled statement: its text, and for each placeholder the name of a parameter or a constant. */
export interface Compiled {
  readonly sql: string
  readonly slots: readonly unknown[]
}

const slots = new Proxy(
  {},
  {
    get: (_, name) => new Slot(String(name)),
  },
)

/** Compiles a statement for one market's tables. */
export function compile<P, R>(builder: Builder, statement: Statement<P, R>): Compiled {
  const query = statement.build(builder, slots as P).compile()
  return { sql: query.sql, slots: query.parameters }
}

/** The values for a run of a compiled statement, in the order of its placeholders. */
export function fill(compiled: Compiled, parameters: object): unknown[] {
  const values = new Array<unknown>(compiled.slots.length)
  for (let i = 0; i < values.length; i++) {
    const slot = compiled.slots[i]
    const value = slot instanceof Slot ? slot.valueIn(parameters as Record<string, unknown>) : slot
    values[i] = value === undefined ? null : value
  }
  return values
}
