import { canApprove } from '../../domain/assignment.ts'
import { isFault } from '../../domain/fault.ts'
import { checkText } from '../../domain/parameters.ts'
import { market } from '../../limits.ts'
import { approve } from '../acts/approve.ts'
import { lockOwnAssignment } from '../guards.ts'
import { requesterWriteChecked } from '../operation.ts'

/**
 * Approves submitted work and pays reward and fee, or nothing happens; with OverrideRejection also rejected work,
 * within 30 days of its submission and while its HIT is not deleted [hits 7.1].
 */
export const ApproveAssignment = requesterWriteChecked(
  'ApproveAssignment',
  (input) => checkText('RequesterFeedback', input.RequesterFeedback ?? '', market.feedbackLength) ?? input,
  async (tx, caller, { AssignmentId, RequesterFeedback, OverrideRejection }) => {
    const found = await lockOwnAssignment(tx, caller, AssignmentId)
    if (isFault(found)) return found
    const { hit, assignment } = found
    const event = canApprove(assignment, OverrideRejection === true, hit.status === 'Disposed', tx.now)
    if (isFault(event)) return event
    const approved = await approve(tx, hit, assignment, event, tx.now, RequesterFeedback)
    return isFault(approved) ? approved : {}
  },
)
