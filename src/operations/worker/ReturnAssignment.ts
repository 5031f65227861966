import { canEnd } from '../../domain/assignment.ts'
import * as assignments from '../../store/assignments.ts'
import * as hits from '../../store/hits.ts'
import { releaseSlot } from '../acts/release-slot.ts'
import { write, type WorkerCaller } from '../operation.ts'
import { refuseOverdue } from '../overdue.ts'

/**
 * Gives an open assignment back; the worker may accept the HIT again later [hits 6.2, 6.6]. AssignmentDoesNotExist,
 * AssignmentOfAnotherWorker, AssignmentNotOpen.
 */
export const ReturnAssignment = write<WorkerCaller, { assignmentId: string }, object>(
  'ReturnAssignment',
  (_, input) => input.assignmentId,
  async (tx, caller, { assignmentId }) => {
    const hit = await hits.lockOfAssignment(tx, assignmentId)
    const assignment = hit && (await assignments.lock(tx, assignmentId))
    if (hit === undefined || assignment === undefined)
      return { fault: 'AssignmentDoesNotExist', assignmentId }
    if (assignment.workerId !== caller.workerId) return { fault: 'AssignmentOfAnotherWorker' }
    const refusal = (await refuseOverdue(tx, [hit])) ?? canEnd(assignment, tx.now)
    if (refusal) return refusal
    await releaseSlot(tx, hit, assignment, 'returned', tx.now)
    return {}
  },
)
