// The way through a worker's history, however long it is: look after look, each a transaction of its own, with turns of
// the event loop between them for everybody else.
import { setImmediate } from 'node:timers/promises'
import { isFault, type Fault } from '../../domain/fault.ts'
import type { ShownState } from '../../domain/shown-state.ts'
import { server } from '../../limits.ts'
import type { Cursor } from '../../store/cursor.ts'
import type { WorkerCaller } from '../operation.ts'
import type { Runner } from '../run.ts'
import { FindHistory, type HistoryPlace, type HistoryWords } from './FindHistory.ts'
import {
  ListHistory,
  placeOf,
  type HistoryEntry,
  type HistoryOrder,
  type HistoryPiece,
} from './ListHistory.ts'

/** What a worker asks of his history; what is not said does not narrow it. */
export interface HistoryQuery extends HistoryWords {
  state?: ShownState | undefined
  /** Epoch milliseconds, inclusive and exclusive. */
  from?: number | undefined
  to?: number | undefined
  order: HistoryOrder
}

/** A page of the history. */
export interface HistoryPage {
  entries: HistoryEntry[]
  /** Where the next page begins; undefined when this is the last. */
  next: Cursor | undefined
  /** How many there are over all pages, where that is known without counting. */
  total: number | undefined
}

/**
 * The pieces of the history in which something may be found, one after the other. Ends with a refusal, if there is one:
 * Busy when too much falls due meanwhile.
 */
export async function* walkHistory(
  runner: Runner,
  caller: WorkerCaller,
  query: HistoryQuery,
  place: HistoryPlace,
  start?: Cursor,
): AsyncGenerator<HistoryPiece | Fault, void> {
  const from = Math.max(query.from ?? 0, place.firstAt)
  const to = Math.min(query.to ?? Number.MAX_SAFE_INTEGER, place.lastAt + 1)
  const { order, state } = query
  const { types, assignmentId } = place
  let after = start
  while (from < to) {
    const range = { from, to, order, state, types, assignmentId, after, scan: server.historyPiece }
    const piece = await runner.run(ListHistory, caller, range)
    yield piece
    if (isFault(piece) || piece.next === undefined) return
    after = piece.next
    await setImmediate()
  }
}

/** One page of the history. It looks at a bounded number of submissions: a page may end before it is full. */
export async function readHistory(
  runner: Runner,
  caller: WorkerCaller,
  query: HistoryQuery,
  { after, limit }: { after: Cursor | undefined; limit: number },
): Promise<HistoryPage | Fault> {
  const place = await runner.run(FindHistory, caller, query)
  if (isFault(place)) return place
  const isCounted = query.state === undefined && query.from === undefined && query.to === undefined
  const total = isCounted ? place.submitted : undefined
  const entries: HistoryEntry[] = []
  let looks = 0
  for await (const piece of walkHistory(runner, caller, query, place, after)) {
    if (isFault(piece)) return piece
    entries.push(...piece.entries)
    looks++
    if (entries.length > limit) {
      const shown = entries.slice(0, limit)
      return { entries: shown, next: placeOf(shown.at(-1)!.assignment), total }
    }
    if (looks * server.historyPiece >= server.historyLook) return { entries, next: piece.next, total }
  }
  return { entries, next: undefined, total }
}
