// Where a line of a worker's record leads.
import { pacificDay } from '../../clock.ts'
import type { Submission } from '../../operations/worker/ListDay.ts'

/** The address of the message to the requester about a submitted assignment; blanks are plus signs [websites 1.12]. */
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
