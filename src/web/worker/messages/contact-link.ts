// The addresses of the pages on which a worker writes to a requester, as tools know them [websites 1.12].
import { pacificDay } from '../../../clock.ts'
import type { HITType } from '../../../domain/hit-type.ts'
import type { Submission } from '../../../operations/worker/ListDay.ts'

/**
 * The address of the message about a group. Tools read the ids out of it by their places, so the order counts: the
 * assignment first, the group at the very end; blanks are plus signs [websites 1.6]. `assignmentId` when he holds one.
 */
export function contactAboutGroup(type: HITType, requesterName: string, assignmentId?: string): string {
  const fields = new URLSearchParams()
  if (assignmentId !== undefined) fields.set('assignment_id', assignmentId)
  const about = {
    hit_type_id: type.groupId,
    requester_id: type.requesterId,
    requester_name: requesterName,
    hit_title: type.title,
    hit_description: type.description,
    subject: `Regarding Amazon Mechanical Turk Project (HIT Type) ${type.groupId}`,
  }
  for (const [name, value] of Object.entries(about)) fields.set(`hit_type_message[${name}]`, value)
  return `/contact_requester/hit_type_messages/new?${fields.toString()}`
}

/** The address of the message about submitted work; blanks are plus signs. */
export function contactAboutAssignment({ assignment, type, requesterName }: Submission): string {
  const fields = new URLSearchParams({
    'assignment_message[assignment_id]': assignment.id,
    'assignment_message[subject]': `Regarding Amazon Mechanical Turk HIT ${assignment.hitId}`,
    completed_date: pacificDay(assignment.submittedAt ?? assignment.acceptedAt),
    hit_id: assignment.hitId,
    requester_id: assignment.requesterId,
    requester_name: requesterName,
    title: type.title,
  })
  return `/contact_requester/assignment_messages/new?${fields.toString()}`
}
