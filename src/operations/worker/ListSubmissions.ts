import type { Assignment } from '../../domain/assignment.ts'
import type { Cents } from '../../domain/money.ts'
import * as assignments from '../../store/assignments.ts'
import { read, type WorkerCaller } from '../operation.ts'
import { isDue, overdue } from '../overdue.ts'
import { createDescriber } from './describe-work.ts'

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
    const late = list.filter((assignment) => isDue(assignment, tx.now))
    if (late.length > 0) return overdue([...new Set(late.map(({ hitId }) => hitId))])
    const describe = createDescriber(tx)
    const submissions: Submission[] = []
    for (const assignment of list) {
      const { type, requesterName } = await describe(assignment)
      submissions.push({ assignment, title: type.title, requesterName, reward: type.reward })
    }
    return submissions
  },
)
