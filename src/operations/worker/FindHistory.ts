import type { Assignment } from '../../domain/assignment.ts'
import { server } from '../../limits.ts'
import * as assignments from '../../store/assignments.ts'
import type { Read } from '../../store/tx.ts'
import * as workerBatches from '../../store/worker-batches.ts'
import { read, type WorkerCaller } from '../operation.ts'

export interface HistoryWords {
  /** Words that all must stand in the title or the requester's name; or the id of a HIT or an assignment. */
  search?: string | undefined
  /** Only work for this requester. */
  requesterId?: string | undefined
}

/** Where in a worker's history to look for what he searches. */
export interface HistoryPlace {
  /** The HIT types among which it is; undefined for all. */
  types: ReadonlySet<string> | undefined
  /** The one assignment whose id, or whose HIT's id, was given. */
  assignmentId: string | undefined
  /** The times of the first and the last submission among those. */
  firstAt: number
  lastAt: number
  /** How many submissions those are. */
  submitted: number
}

/** Finds out in which part of the worker's history that is which his words ask for. */
export const FindHistory = read<WorkerCaller, HistoryWords, HistoryPlace>(
  'FindHistory',
  async (tx, { workerId }, { search = '', requesterId }) => {
    const one = await findById(tx, workerId, search.trim())
    if (one?.submittedAt !== undefined && (requesterId === undefined || one.requesterId === requesterId)) {
      const at = one.submittedAt
      return { types: undefined, assignmentId: one.id, firstAt: at, lastAt: at, submitted: 1 }
    }
    const words = search.toLowerCase().split(/\s+/).filter(Boolean)
    const isMeant = (batch: workerBatches.WorkerBatch) => {
      const text = `${batch.title}\n${batch.requesterName}`.toLowerCase()
      const isTheirs = requesterId === undefined || batch.requesterId === requesterId
      return isTheirs && words.every((word) => text.includes(word))
    }
    const meant = (await everyBatch(tx, workerId)).filter(isMeant)
    return {
      types:
        words.length === 0 && requesterId === undefined
          ? undefined
          : new Set(meant.map(({ hitTypeId }) => hitTypeId)),
      assignmentId: undefined,
      firstAt: meant.reduce((first, batch) => Math.min(first, batch.firstAt), Number.MAX_SAFE_INTEGER),
      lastAt: meant.reduce((last, batch) => Math.max(last, batch.lastAt), 0),
      submitted: meant.reduce((sum, batch) => sum + batch.submitted, 0),
    }
  },
)

/** The worker's own assignment whose id this is, or that was of the HIT whose id it is. */
async function findById(tx: Read, workerId: string, id: string): Promise<Assignment | undefined> {
  if (!/^[A-Z0-9]{20,64}$/.test(id)) return undefined
  const assignment = (await assignments.find(tx, id)) ?? (await assignments.findLive(tx, id, workerId))
  return assignment?.workerId === workerId ? assignment : undefined
}

async function everyBatch(tx: Read, workerId: string): Promise<workerBatches.WorkerBatch[]> {
  const batches: workerBatches.WorkerBatch[] = []
  for (;;) {
    const page = await workerBatches.list(tx, workerId, batches.length, server.batchesAtOnce)
    batches.push(...page)
    if (page.length < server.batchesAtOnce) return batches
  }
}
