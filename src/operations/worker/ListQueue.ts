import type { Assignment } from '../../domain/assignment.ts'
import type { HITType } from '../../domain/hit-type.ts'
import * as assignments from '../../store/assignments.ts'
import { read, type WorkerCaller } from '../operation.ts'
import { createDescriber } from './describe-work.ts'

export interface QueueEntry {
  assignment: Assignment
  type: HITType
  requesterName: string
}

/** What the worker holds now, soonest deadline first [websites 1.7]. */
export const ListQueue = read<WorkerCaller, object, QueueEntry[]>('ListQueue', async (tx, { workerId }) => {
  const describe = createDescriber(tx)
  const entries: QueueEntry[] = []
  for (const assignment of await assignments.listOpen(tx, workerId)) {
    entries.push({ assignment, ...(await describe(assignment)) })
  }
  return entries
})
