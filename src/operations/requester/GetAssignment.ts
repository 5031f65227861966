import { canRead } from '../../domain/assignment.ts'
import { isFault } from '../../domain/fault.ts'
import * as assignments from '../../store/assignments.ts'
import { findOwnHIT } from '../guards.ts'
import { requesterRead } from '../operation.ts'
import { showAssignment, showHIT } from '../views.ts'

/** Submitted work with its HIT, until the HIT is disposed of [hits 7.3]. */
export const GetAssignment = requesterRead('GetAssignment', async (tx, caller, { AssignmentId }) => {
  const assignment = await assignments.find(tx, AssignmentId)
  if (assignment === undefined) return { fault: 'AssignmentDoesNotExist', assignmentId: AssignmentId }
  const hit = await findOwnHIT(tx, caller, assignment.hitId)
  if (isFault(hit)) return hit
  if (hit.status === 'Disposed') return { fault: 'HITDoesNotExist', hitId: hit.id }
  const refusal = canRead(assignment)
  if (refusal) return refusal
  return { Assignment: await showAssignment(tx, assignment), HIT: await showHIT(tx, hit) }
})
