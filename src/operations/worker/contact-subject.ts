import type { ContactSubject } from '../../domain/contact.ts'
import type { Fault } from '../../domain/fault.ts'
import type { HITType } from '../../domain/hit-type.ts'
import * as assignments from '../../store/assignments.ts'
import * as hitTypes from '../../store/hit-types.ts'
import type { Read } from '../../store/tx.ts'

/** What a worker wants to write about. Addresses carry a HITTypeId or a HITGroupId for a group [websites 1.12]. */
export type ContactTarget = { groupId: string } | { assignmentId: string }

/**
 * The work that a worker names in a message: any group, or an assignment of his own. GroupDoesNotExist,
 * AssignmentDoesNotExist also for one that another worker holds.
 */
export async function findContactSubject(
  tx: Read,
  workerId: string,
  target: ContactTarget,
): Promise<ContactSubject | Fault> {
  if ('groupId' in target) {
    const type = await hitTypes.findByGroup(tx, target.groupId)
    return type === undefined ? { fault: 'GroupDoesNotExist' } : { ...idsOf(type), assignment: undefined }
  }
  const { assignmentId } = target
  const assignment = await assignments.find(tx, assignmentId)
  if (assignment?.workerId !== workerId) return { fault: 'AssignmentDoesNotExist', assignmentId }
  const type = await hitTypes.find(tx, assignment.hitTypeId)
  if (type === undefined) throw new Error(`assignment ${assignmentId} lacks its type`)
  return { ...idsOf(type), assignment: { id: assignmentId, hitId: assignment.hitId } }
}

function idsOf({ id, groupId, requesterId, title }: HITType) {
  return { requesterId, title, hitTypeId: id, groupId }
}
