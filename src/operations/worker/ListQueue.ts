import type { Assignment } from '../../domain/assignment.ts'
import type { HITType } from '../../domain/hit-type.ts'
import * as assignments from '../../store/assignments.ts'
import * as hitTypes from '../../store/hit-types.ts'
import * as requesters from '../../store/requesters.ts'
import { read, type WorkerCaller } from '../operation.ts'

export interface QueueEntry {
  assignment: Assignment
  type: HITType
  requesterName: string
}

/** What the worker holds now, soonest deadline first [websites 1.7]. */
export const ListQueue = read<WorkerCaller, object, QueueEntry[]>('ListQueue', async (tx, { workerId }) => {
  const entries: QueueEntry[] = []
  for (const assignment of await assignments.listOpen(tx, workerId)) {
    const type = await hitTypes.find(tx, assignment.hitTypeId)
    if (type === undefined) throw new Error(`assignment ${assignment.id} lacks its type`)
    const requester = await requesters.find(tx, assignment.requesterId)
    entries.push({ assignment, type, requesterName: requester?.name ?? '' })
  }
  return entries
})
