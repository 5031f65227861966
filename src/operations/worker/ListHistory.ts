import type { ShownState } from '../../domain/shown-state.ts'
import { cents, type Cents } from '../../domain/money.ts'
import * as assignments from '../../store/assignments.ts'
import type { Cursor } from '../../store/cursor.ts'
import { read, type WorkerCaller } from '../operation.ts'
import { isDue, overdue } from '../overdue.ts'
import { describeAll, type Submission } from './ListDay.ts'

/** One submitted assignment of a worker's history. */
export interface HistoryEntry extends Submission {
  /** All that was paid for it beside the reward. */
  bonuses: Cents
}

export type HistoryOrder = 'newest' | 'oldest'

export interface HistoryRange {
  /** Epoch milliseconds, inclusive and exclusive. */
  from: number
  to: number
  order: HistoryOrder
  /** Only these HIT types; all when undefined. */
  types?: ReadonlySet<string> | undefined
  assignmentId?: string | undefined
  /** Only what shows in this state. */
  state?: ShownState | undefined
  /** Where the last look ended. */
  after?: Cursor | undefined
  /** How many assignments to look at. */
  scan: number
}

/** What was found among the assignments that were looked at. */
export interface HistoryPiece {
  entries: HistoryEntry[]
  /** Where to go on; undefined when the history ends here. */
  next: Cursor | undefined
}

/**
 * Looks at a bounded number of the worker's submissions in the order of their times, and answers those among them that
 * are asked for: so a search through any history is a row of short looks.
 */
export const ListHistory = read<WorkerCaller, HistoryRange, HistoryPiece>(
  'ListHistory',
  async (tx, { workerId }, range) => {
    const { from, to, order, types, assignmentId, state, after, scan } = range
    const rows = await assignments.listHistory(tx, workerId, order, { from, to, after, limit: scan })
    const meant = rows.filter(
      ({ assignment: { id, hitTypeId } }) =>
        (types?.has(hitTypeId) ?? true) && (assignmentId === undefined || assignmentId === id),
    )
    const late = meant.filter(({ assignment }) => isDue(assignment, tx.now))
    if (late.length > 0) return overdue([...new Set(late.map(({ assignment }) => assignment.hitId))])
    const stored = state === 'Paid' ? 'Approved' : state
    const possible = meant.filter(({ assignment }) => stored === undefined || assignment.state === stored)
    const submissions = await describeAll(
      tx,
      possible.map(({ assignment }) => assignment),
    )
    const entries = submissions.map((one, i) => ({ ...one, bonuses: cents(possible[i]!.bonuses) }))
    const last = rows.at(-1)?.assignment
    return {
      entries: entries.filter((entry) => state === undefined || entry.state === state),
      next: last === undefined || rows.length < scan ? undefined : placeOf(last),
    }
  },
)

/** The place in the history at which a submission stands. */
export function placeOf({ submittedAt = 0, id }: { submittedAt: number | undefined; id: string }): Cursor {
  return { time: submittedAt, id }
}
