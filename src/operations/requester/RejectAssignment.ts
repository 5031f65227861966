import { canReject } from '../../domain/assignment.ts'
import { isFault } from '../../domain/fault.ts'
import { checkText } from '../../domain/parameters.ts'
import { market } from '../../limits.ts'
import { reject } from '../acts/reject.ts'
import { lockOwnAssignment } from '../guards.ts'
import { requesterWriteChecked } from '../operation.ts'

/** Rejects submitted work: nobody is paid and the money held for it is free again [hits 7.2]. */
export const RejectAssignment = requesterWriteChecked(
  'RejectAssignment',
  (input) => checkText('RequesterFeedback', input.RequesterFeedback, market.feedbackLength) ?? input,
  async (tx, caller, { AssignmentId, RequesterFeedback }) => {
    const found = await lockOwnAssignment(tx, caller, AssignmentId)
    if (isFault(found)) return found
    const refusal = canReject(found.assignment)
    if (refusal) return refusal
    await reject(tx, found.hit, found.assignment, RequesterFeedback, tx.now)
    return {}
  },
)
