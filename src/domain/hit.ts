// A HIT and what may be done with it. Its state is a function of its row and the time [hits 5.2]; the stored
// `status` is that function's value at the last change, kept only so that lists and offers can use an index. Work
// that has fallen due is carried out before anything is decided (see operations/overdue.ts).
import type { Fault } from './fault.ts'
import type { Cents } from './money.ts'
import { market } from '../limits.ts'

export type HITStatus = 'Assignable' | 'Unassignable' | 'Reviewable' | 'Reviewing' | 'Disposed'

export interface HIT {
  id: string
  hitTypeId: string
  requesterId: string
  questionHash: string
  annotation: string | undefined
  createdAt: number
  expiresAt: number
  maxAssignments: number
  /** MaxAssignments at creation: fixes the fee class and the 10 rule. */
  firstAssignments: number
  reward: Cents
  /** Fee of one assignment. */
  fee: Cents
  /** Accepted and still open. */
  pending: number
  /** Submitted so far, whatever became of it. */
  submitted: number
  /** Approved or rejected. */
  reviewed: number
  /** Cents held for open slots, open work and unreviewed work. */
  escrow: Cents
  /** Whether the escrow holds the money of the slots that nobody has taken. */
  slotsHeld: boolean
  status: HITStatus
  reviewableAt: number | undefined
  /** Next moment at which the HIT itself needs the timers: its expiration, then its disposal. */
  dueAt: number | undefined
}

/** Slots that a worker could still accept, expired or not [hits 5.4]. */
export function available(hit: HIT): number {
  return hit.maxAssignments - hit.pending - hit.submitted
}

/**
 * Whether the HIT has passed its expiration [hits 5.2]. When the money of its slots has gone back it has, also for who
 * comes to it with an earlier time: a process whose clock is behind, or a call that had to wait.
 */
export function isExpired(hit: HIT, now: number): boolean {
  return !hit.slotsHeld || now >= hit.expiresAt
}

/** Cents that one assignment holds: reward and fee. */
export function holdPerAssignment(hit: HIT): Cents {
  return (hit.reward + hit.fee) as Cents
}

/** The state that follows from the data [hits 5.2]. The mark "Reviewing" lasts while the HIT stays reviewable. */
export function statusOf(hit: HIT, now: number): HITStatus {
  if (hit.status === 'Disposed') return 'Disposed'
  if (!isExpired(hit, now) && available(hit) > 0) return 'Assignable'
  if (hit.pending > 0) return 'Unassignable'
  return hit.status === 'Reviewing' ? 'Reviewing' : 'Reviewable'
}

/**
 * The HIT after a change, with everything that follows from the changed data brought into line: its status, since
 * when it has been reviewable, and when the timers must look at it next.
 */
export function settled(hit: HIT, now: number): HIT {
  const status = statusOf(hit, now)
  const reviewable = status === 'Reviewable' || status === 'Reviewing'
  const reviewableAt = reviewable ? (hit.reviewableAt ?? now) : undefined
  // A HIT whose work was all done early grows old before it expires. By then everything is reviewed: auto-approval
  // sees to that within 30 days.
  const disposalAt = reviewableAt === undefined ? Infinity : reviewableAt + market.disposalAge
  const next = Math.min(hit.slotsHeld ? hit.expiresAt : Infinity, disposalAt)
  const dueAt = status === 'Disposed' || next === Infinity ? undefined : next
  return { ...hit, status, reviewableAt, dueAt }
}

const everyLivingState = 'Assignable, Unassignable, Reviewing, Reviewable'

/** Refuses what no disposed HIT allows [hits 11.5, template 6]. */
export function refuseDisposed(hit: HIT): Fault | undefined {
  return hit.status === 'Disposed' ? wrongState('Disposed', everyLivingState) : undefined
}

/** Whether DeleteHIT may dispose of the HIT [hits 12.12]. */
export function canDelete(hit: HIT): Fault | undefined {
  const reviewable = hit.status === 'Reviewable' || hit.status === 'Reviewing'
  // Unreviewed work is refused with the state named, although that state is in the list of allowed ones [hits 11.5, 7].
  if (reviewable && hit.reviewed === hit.submitted) return undefined
  return wrongState(hit.status, 'Reviewing, Reviewable')
}

/** Whether UpdateHITReviewStatus may set (`revert` false) or clear the mark [hits 12.10]. */
export function canMark(hit: HIT, revert: boolean): Fault | undefined {
  const needed = revert ? 'Reviewing' : 'Reviewable'
  return hit.status === needed ? undefined : wrongState(hit.status, needed)
}

/** Whether `count` assignments may be added [hits 5.7]. */
export function canExtend(hit: HIT, count: number): Fault | undefined {
  const refusal = refuseDisposed(hit)
  if (refusal) return refusal
  const total = hit.maxAssignments + count
  if (hit.firstAssignments < market.assignmentsWithHigherFee && total >= market.assignmentsWithHigherFee) {
    return { fault: 'InvalidMaximumAssignmentsIncrease' }
  }
  if (total > market.assignments.maximum) {
    return {
      fault: 'ParameterOutOfRange',
      parameter: 'MaxAssignmentsIncrement',
      value: count,
      minimum: 1,
      maximum: market.assignments.maximum - hit.maxAssignments,
    }
  }
  return undefined
}

/** Whether the HIT may get another type: nobody may have taken or done it [hits 12.11]. */
export function canChangeType(hit: HIT): Fault | undefined {
  const refusal = refuseDisposed(hit)
  if (refusal) return refusal
  return hit.pending + hit.submitted > 0 ? wrongState(hit.status, 'Assignable') : undefined
}

function wrongState(state: HITStatus, allowed: string): Fault {
  return { fault: 'InvalidHITState', state, allowed }
}
