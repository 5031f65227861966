import type { Assignment } from '../../domain/assignment.ts'
import type { Cents } from '../../domain/money.ts'
import * as assignments from '../../store/assignments.ts'
import * as hitTypes from '../../store/hit-types.ts'
import * as hits from '../../store/hits.ts'
import * as requesters from '../../store/requesters.ts'
import { read, type WorkerCaller } from '../operation.ts'
import { overdue } from '../overdue.ts'

/** One submitted assignment as its worker sees it. */
export interface Submission {
  assignment: Assignment
  title: string
  requesterName: string
  reward: Cents
}

export interface SubmissionRange {
  /** Epoch milliseconds, inclusive and exclusive. */
  from: number
  to: number
  offset: number
  limit: number
}

/** What the worker submitted in a span of time, latest first [websites 1.9]. */
export const ListSubmissions = read<WorkerCaller, SubmissionRange, Submission[]>(
  'ListSubmissions',
  async (tx, { workerId }, { from, to, offset, limit }) => {
    const list = await assignments.listOfWorker(tx, workerId, from, to, offset, limit)
    const late = list.filter(({ dueAt }) => dueAt !== undefined && dueAt <= tx.now)
    if (late.length > 0) return overdue([...new Set(late.map(({ hitId }) => hitId))])
    const submissions: Submission[] = []
    for (const assignment of list) {
      const type = await hitTypes.find(tx, assignment.hitTypeId)
      const hit = await hits.find(tx, assignment.hitId)
      if (type === undefined || hit === undefined)
        throw new Error(`assignment ${assignment.id} lacks its HIT`)
      const requester = await requesters.find(tx, assignment.requesterId)
      submissions.push({
        assignment,
        title: type.title,
        requesterName: requester?.name ?? '',
        reward: hit.reward,
      })
    }
    return submissions
  },
)
