// Whether a worker may still change answers that he has submitted.
import type { Assignment } from './assignment.ts'
import type { Fault } from './fault.ts'

/** What decides about it besides the assignment. */
export interface EditRules {
  /** The requester allows it. */
  allowsEdits: boolean
  /** The HIT asks with a QuestionForm: other tasks cannot show answers again. */
  isForm: boolean
  /** A review policy looks at the answers as they come: it has judged them already. */
  hasPolicy: boolean
}

/** SubmissionNotEditable once the work is reviewed, or due to be approved, and where edits are not allowed at all. */
export function canEdit(
  { state, autoApprovalAt }: Assignment,
  { allowsEdits, isForm, hasPolicy }: EditRules,
  now: number,
): Fault | undefined {
  if (!allowsEdits || !isForm || hasPolicy) return { fault: 'SubmissionNotEditable', reason: 'never' }
  if (state === 'open') return { fault: 'SubmissionNotEditable', reason: 'open' }
  const isWaiting = state === 'Submitted' && (autoApprovalAt === undefined || now < autoApprovalAt)
  return isWaiting ? undefined : { fault: 'SubmissionNotEditable', reason: 'reviewed' }
}
