import type { Assignment } from '../../domain/assignment.ts'
import type { HITType } from '../../domain/hit-type.ts'
import * as assignments from '../../store/assignments.ts'
import * as hits from '../../store/hits.ts'
import { read, type WorkerCaller } from '../operation.ts'
import { createDescriber } from './describe-work.ts'

export interface QueueEntry {
  assignment: Assignment
  type: HITType
  requesterName: string
  /** SHA-256 of what the HIT asks; the question itself may be long, and a queue is looked at often. */
  questionHash: string
}

/** What the worker holds now, soonest deadline first [websites 1.7]. */
export const ListQueue = read<WorkerCaller, object, QueueEntry[]>('ListQueue', async (tx, { workerId }) => {
  const describe = createDescriber(tx)
  const entries: QueueEntry[] = []
  for (const assignment of await assignments.listOpen(tx, workerId)) {
    const hit = await hits.find(tx, assignment.hitId)
    if (hit === undefined) throw new Error(`assignment ${assignment.id} lacks its HIT`)
    entries.push({ assignment, ...(await describe(assignment)), questionHash: hit.questionHash })
  }
  return entries
})
