import { isFault } from '../../domain/fault.ts'
import { findReadableAssignment } from '../guards.ts'
import { isImported } from '../imported-guards.ts'
import { showImportedAssignment } from '../imported-views.ts'
import { requesterRead } from '../operation.ts'
import { showAssignment, showHIT } from '../views.ts'

/** Submitted work with its HIT, until the HIT is disposed of; what was brought in for good [hits 7.3]. */
export const GetAssignment = requesterRead('GetAssignment', async (tx, caller, { AssignmentId }) => {
  const found = await findReadableAssignment(tx, caller, AssignmentId)
  if (isFault(found)) return isImported(found) ? showImportedAssignment(tx, AssignmentId) : found
  return { Assignment: await showAssignment(tx, found.assignment), HIT: await showHIT(tx, found.hit) }
})
