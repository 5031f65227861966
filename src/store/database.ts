// What the two databases have in common. Everything that differs between them is behind this interface, in
// sqlite.ts and postgres.ts and in no third file.
import type { Compilable, CompiledQuery, Kysely } from 'kysely'
import type { Builder } from './prepared.ts'

/** A competitor was faster: the same work, run again, sees what he did. */
export class LostRace extends Error {}

/** One connection inside a transaction. */
export interface Connection {
  all(sql: string, values: unknown[]): Promise<unknown[]>
  /** Answers the number of rows that were changed. */
  change(sql: string, values: unknown[]): Promise<number>
  /** Runs a part of the transaction's work, and undoes that part alone unless `keep` says otherwise of its result. */
  attempt<T>(work: () => Promise<T>, keep: (result: T) => boolean): Promise<T>
}

export interface WriteOptions<T> {
  /** Whether the changes are kept; when not, they are rolled back and the result is still answered. */
  keep(result: T): boolean
  /** Backlog waits while callers wait. */
  background: boolean
}

/** What brings a schema up to date, given a schema builder and ways to run a change or a query. */
export type MigrationWork = (
  schema: Kysely<unknown>,
  run: (change: Compilable) => Promise<void>,
  query: (query: CompiledQuery) => Promise<unknown[]>,
) => Promise<void>

/** A database file or server. */
export interface Database {
  /** Whether transactions run beside each other, so that two that lock several rows may wait for each other. */
  readonly runsBesideEachOther: boolean
  /** Runs `work` on one snapshot. */
  read<T>(work: (connection: Connection) => Promise<T>): Promise<T>
  /** Runs `work` in a transaction; the promise is fulfilled after the commit that holds the changes. */
  write<T>(work: (connection: Connection) => Promise<T>, options: WriteOptions<T>): Promise<T>
  /** Whether an error means that the same work may succeed when it is run again. */
  isRetryable(error: unknown): boolean
  /** The builder of statements over tables whose names are changed by `rename`. */
  builder(rename: (table: string) => string): Builder
  /** Runs schema changes in one transaction while no other process does. */
  migrate(work: MigrationWork): Promise<void>
  /** Ends all work and closes; waits for what is under way. */
  close(): Promise<void>
}
