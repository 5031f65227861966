import { canEnd } from '../../domain/assignment.ts'
import { isFault } from '../../domain/fault.ts'
import { releaseSlot } from '../acts/release-slot.ts'
import { lockHeldAssignment } from '../guards.ts'
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
    const found = await lockHeldAssignment(tx, caller, assignmentId)
    if (isFault(found)) return found
    const { hit, assignment } = found
    const refusal = (await refuseOverdue(tx, [hit])) ?? canEnd(assignment, tx.now)
    if (refusal) return refusal
    await releaseSlot(tx, hit, assignment, 'return', tx.now)
    return {}
  },
)
