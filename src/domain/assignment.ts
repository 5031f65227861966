// An assignment: one worker's hold on one slot of a HIT. On the worker's side it is open until it is submitted,
// returned or abandoned; on the requester's side it exists from its submission on [hits 6.1].
import type { Fault } from './fault.ts'
import { market } from '../limits.ts'

export type AssignmentState = 'open' | 'returned' | 'abandoned' | 'Submitted' | 'Approved' | 'Rejected'
export type AssignmentEvent =
  'submit' | 'return' | 'abandon' | 'approve' | 'autoApprove' | 'reject' | 'override'

export interface Assignment {
  id: string
  hitId: string
  hitTypeId: string
  requesterId: string
  workerId: string
  state: AssignmentState
  acceptedAt: number
  deadline: number
  submittedAt: number | undefined
  autoApprovalAt: number | undefined
  approvedAt: number | undefined
  rejectedAt: number | undefined
  feedback: string | undefined
  /** Next moment at which the assignment needs the timers: its deadline, then its auto-approval. */
  dueAt: number | undefined
}

/** Every change of state that exists; whatever is not here is refused [hits 6.2]. */
const transitions: Record<AssignmentState, Partial<Record<AssignmentEvent, AssignmentState>>> = {
  open: { submit: 'Submitted', return: 'returned', abandon: 'abandoned' },
  Submitted: { approve: 'Approved', autoApprove: 'Approved', reject: 'Rejected' },
  Rejected: { override: 'Approved' },
  Approved: {},
  returned: {},
  abandoned: {},
}

/** The state after `event`, or undefined when the event cannot happen in `state`. */
export function next(state: AssignmentState, event: AssignmentEvent): AssignmentState | undefined {
  return transitions[state][event]
}

/** The state after `event`, for acts. Throws when the event cannot happen in `state`: guards were asked before. */
export function stateAfter(state: AssignmentState, event: AssignmentEvent): AssignmentState {
  const after = next(state, event)
  if (after === undefined) throw new Error(`${event} cannot follow ${state}`)
  return after
}

/** Whether the requester can see the assignment: it was submitted at some time. */
export function isSubmitted(state: AssignmentState): boolean {
  return state === 'Submitted' || state === 'Approved' || state === 'Rejected'
}

const unsubmitted: Fault = { fault: 'InvalidAssignmentState', allowed: 'null' }
const notSubmitted: Fault = { fault: 'InvalidAssignmentState', allowed: 'Submitted' }

/**
 * Which event ApproveAssignment is for this assignment, or why it is refused [hits 7.1]: an ordinary approval, or
 * the override of a rejection within 30 days of the submission while the HIT has not been deleted.
 */
export function canApprove(
  assignment: Assignment,
  overrideRejection: boolean,
  hitDisposed: boolean,
  now: number,
): 'approve' | 'override' | Fault {
  if (!isSubmitted(assignment.state)) return unsubmitted
  if (assignment.state === 'Submitted') return 'approve'
  if (assignment.state === 'Approved' || !overrideRejection || hitDisposed) return notSubmitted
  return now - (assignment.submittedAt ?? 0) <= market.overrideWindow ? 'override' : notSubmitted
}

/** Whether RejectAssignment may reject it [hits 7.2]. */
export function canReject(assignment: Assignment): Fault | undefined {
  if (!isSubmitted(assignment.state)) return unsubmitted
  return assignment.state === 'Submitted' ? undefined : notSubmitted
}

/** Whether GetAssignment may show it [hits 7.3]. */
export function canRead(assignment: Assignment): Fault | undefined {
  if (isSubmitted(assignment.state)) return undefined
  return { fault: 'InvalidAssignmentState', allowed: 'Reviewable,Approved,Rejected' }
}

/** Whether the worker may still submit or return it: it is open and its deadline has not passed [hits 6.2]. */
export function canEnd(assignment: Assignment, now: number): Fault | undefined {
  if (assignment.state === 'open' && now < assignment.deadline) return undefined
  if (isSubmitted(assignment.state)) return { fault: 'AssignmentNotOpen', state: 'submitted' }
  return { fault: 'AssignmentNotOpen', state: assignment.state === 'returned' ? 'returned' : 'abandoned' }
}
