import { market } from '../limits.ts'
import type { Assignment } from './assignment.ts'
import type { Cents } from './money.ts'

/** The state of submitted work as its worker sees it. */
export type ShownState = (typeof shownStates)[number]

export const shownStates = ['Submitted', 'Approved', 'Paid', 'Rejected'] as const

/**
 * Approved work shows as Approved for eight hours, then as Paid, unless there was nothing to pay; the money is the
 * worker's from the approval on [websites 1.9]. `now` is the market's time.
 */
export function shownState(assignment: Assignment, reward: Cents, now: number): ShownState {
  if (assignment.state === 'Rejected') return 'Rejected'
  if (assignment.state !== 'Approved') return 'Submitted'
  const paid = reward > 0n && now >= (assignment.approvedAt ?? now) + market.approvedBeforePaid
  return paid ? 'Paid' : 'Approved'
}
