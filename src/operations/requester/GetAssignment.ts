import { isFault } from '../../domain/fault.ts'
import { findReadableAssignment } from '../guards.ts'
import { requesterRead } from '../operation.ts'
import { showAssignment, showHIT } from '../views.ts'

/** Submitted work with its HIT, until the HIT is disposed of [hits 7.3]. */
export const GetAssignment = requesterRead('GetAssignment', async (tx, caller, { AssignmentId }) => {
  const found = await findReadableAssignment(tx, caller, AssignmentId)
  if (isFault(found)) return found
  return { Assignment: await showAssignment(tx, found.assignment), HIT: await showHIT(tx, found.hit) }
})
