// The only handles through which anything above the store reaches a database. `Read` has no way to change or
// lock a row, by its type; neither can open a transaction: that is the business of operations/run.ts.
import type { Fault } from '../domain/fault.ts'
import type { MarketSettings } from '../domain/market-settings.ts'
import type { Ids } from '../ids.ts'
import type { ReadStatement, WriteStatement } from './prepared.ts'
import type { Touches } from './touches.ts'

/** Reads one snapshot. */
export interface Read {
  /** The market's time for this whole transaction, in epoch milliseconds. */
  readonly now: number
  readonly settings: MarketSettings
  /** All rows of a query. */
  all<P extends object, R>(statement: ReadStatement<P, R>, parameters: P): Promise<R[]>
  /** The first row of a query, or undefined when there is none. */
  first<P extends object, R>(statement: ReadStatement<P, R>, parameters: P): Promise<R | undefined>
}

/** Reads and changes within one transaction. */
export interface Write {
  readonly now: number
  readonly settings: MarketSettings
  readonly ids: Ids
  /** Figures that are out of date after this transaction. */
  readonly touches: Touches
  all<P extends object, R>(statement: ReadStatement<P, R> | WriteStatement<P, R>, parameters: P): Promise<R[]>
  first<P extends object, R>(
    statement: ReadStatement<P, R> | WriteStatement<P, R>,
    parameters: P,
  ): Promise<R | undefined>
  /** Carries out a change and answers how many rows it touched. */
  change<P extends object, R>(statement: WriteStatement<P, R>, parameters: P): Promise<number>
  /**
   * Does something that may be refused without ending the whole transaction: a refusal undoes what `work` changed, and
   * nothing else.
   */
  attempt<T>(work: () => Promise<T | Fault>): Promise<T | Fault>
}
