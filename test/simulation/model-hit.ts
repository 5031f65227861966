// One HIT of the model: plain data, and what time does to it. Written from the specification and sharing no code with
// the program, so that a rule misread there is not misread here by import [hits 5, 6, 9].
import { needsMasters, type ModelRequirement } from './model-requirement.ts'
import type { Answers, ModelPolicies } from './model-review.ts'

const day = 24 * 3600 * 1000
export const disposalAge = 120 * day

export interface ModelType {
  id: string
  groupId: string
  requesterId: string
  /** The tuple as text: equal tuples are one type [hits 5.10]. */
  tuple: string
  rewardCents: number
  durationSeconds: number
  delaySeconds: number
  requirements: readonly ModelRequirement[]
  /** A qualification type that it requires was deleted: no HIT can get it any more [qualifications 3.5]. */
  isDeleted: boolean
  /** What its requester wants to hear of, once he said so [notifications 1.5]. */
  subscription: { events: ReadonlySet<string>; isActive: boolean } | undefined
}

export type ModelState = 'open' | 'returned' | 'abandoned' | 'Submitted' | 'Approved' | 'Rejected'

export interface ModelAssignment {
  id: string
  hit: ModelHIT
  workerId: string
  state: ModelState
  acceptedAt: number
  deadline: number
  submittedAt: number
  autoApprovalAt: number
  approvedAt: number | undefined
  rejectedAt: number | undefined
  feedback: string | undefined
  answers: Answers
  /** What the policy of the assignment level made of it. */
  knownScore: number | undefined
}

export interface ModelHIT {
  id: string
  type: ModelType
  requesterId: string
  createdAt: number
  expiresAt: number
  maxAssignments: number
  firstAssignments: number
  assignments: ModelAssignment[]
  policies: ModelPolicies
  /** What the policies' reports must show, as lines. */
  reports: Record<'Assignment' | 'HIT', { results: string[]; actions: string[] }>
  disposed: boolean
  /** The requester's mark "Reviewing". */
  marked: boolean
  /** Since when nobody can accept it and no work is out [hits 5.8]. */
  reviewableSince: number | undefined
  /** Whether its expiration has been taken note of: from then on its free slots are not paid for. */
  lapsed: boolean
  /** When time next changes something about it, and the place of that among what happens at the same moment. */
  nextAt: number
  nextOrder: number
}

export type ModelStatus = 'Assignable' | 'Unassignable' | 'Reviewable' | 'Reviewing' | 'Disposed'

/** Money and counters that the passing of time moves are told to the market that owns the HIT. */
export interface TimeListener {
  /** An assignment left the state `from` by the passing of time. */
  moved(assignment: ModelAssignment, from: ModelState): void
  /** Something happened at `at` that the requester may want to hear of. */
  tell(hit: ModelHIT, kind: string, at: number, assignment?: ModelAssignment): void
  /** The HIT became reviewable at `at`: its policy may do something about it. */
  judge(hit: ModelHIT, at: number): void
}

/** Fee of one assignment in cents: 20 %, 20 more from ten assignments on, 5 more for Masters [hits 9.1]. */
export function feeCents(type: ModelType, firstAssignments: number): number {
  const percent = 20 + (firstAssignments >= 10 ? 20 : 0) + (needsMasters(type.requirements) ? 5 : 0)
  return Math.max(1, Math.floor((type.rewardCents * percent + 50) / 100))
}

/** What one assignment of the HIT costs in cents. */
export function costCents(hit: ModelHIT): number {
  return hit.type.rewardCents + feeCents(hit.type, hit.firstAssignments)
}

const count = (hit: ModelHIT, ...states: ModelState[]) =>
  hit.assignments.filter(({ state }) => states.includes(state)).length

export const pendingOf = (hit: ModelHIT) => count(hit, 'open')
export const submittedOf = (hit: ModelHIT) => count(hit, 'Submitted', 'Approved', 'Rejected')
export const unreviewedOf = (hit: ModelHIT) => count(hit, 'Submitted')
export const completedOf = (hit: ModelHIT) => count(hit, 'Approved', 'Rejected')
export const availableOf = (hit: ModelHIT) => hit.maxAssignments - pendingOf(hit) - submittedOf(hit)

/** What is held for the HIT in cents: open work, unreviewed work, and free slots until it expires [hits 9.2]. */
export function heldCents(hit: ModelHIT): number {
  if (hit.disposed) return 0
  const slots = hit.lapsed ? 0 : availableOf(hit)
  return costCents(hit) * (pendingOf(hit) + unreviewedOf(hit) + slots)
}

/** The state as a function of data and time [hits 5.2]. */
export function statusAt(hit: ModelHIT, now: number): ModelStatus {
  if (hit.disposed) return 'Disposed'
  if (now < hit.expiresAt && availableOf(hit) > 0) return 'Assignable'
  if (pendingOf(hit) > 0) return 'Unassignable'
  return hit.marked ? 'Reviewing' : 'Reviewable'
}

/** Brings into line what depends on the data, after a change at `now`. */
function settle(hit: ModelHIT, now: number): void {
  const status = statusAt(hit, now)
  if (status === 'Assignable' || status === 'Unassignable') {
    hit.reviewableSince = undefined
    hit.marked = false
  } else if (status !== 'Disposed') {
    hit.reviewableSince ??= now
  }
  const [first] = happenings(hit).sort(byTime)
  hit.nextAt = first?.at ?? Infinity
  hit.nextOrder = first?.order ?? 0
}

/**
 * As settle, with what follows when the HIT becomes reviewable: first its policy, then, unless that opened it again,
 * the news [qualifications 6.3, notifications 4].
 */
export function refresh(hit: ModelHIT, now: number, listener: TimeListener): void {
  const wasReviewable = hit.reviewableSince !== undefined
  settle(hit, now)
  if (wasReviewable || hit.reviewableSince === undefined || hit.disposed) return
  listener.judge(hit, now)
  settle(hit, now)
  if (hit.reviewableSince !== undefined) listener.tell(hit, 'HITReviewable', now)
}

/** Whether its expiration takes free slots away, which it does once [notifications 4]. */
export const isCutOff = (hit: ModelHIT) => !hit.lapsed && submittedOf(hit) < hit.maxAssignments

interface TimeEvent {
  at: number
  order: number
  happen(listener: TimeListener): void
}

const byTime = (a: TimeEvent, b: TimeEvent) => a.at - b.at || a.order - b.order

function happenings(hit: ModelHIT): TimeEvent[] {
  if (hit.disposed) return []
  const list = hit.assignments.flatMap((assignment) => happeningsOf(assignment))
  if (!hit.lapsed) {
    const happen = (listener: TimeListener) => {
      if (isCutOff(hit)) listener.tell(hit, 'HITExpired', hit.expiresAt)
      hit.lapsed = true
    }
    list.push({ at: hit.expiresAt, order: 1, happen })
  }
  if (hit.reviewableSince !== undefined) {
    const at = hit.reviewableSince + disposalAge
    const happen = (listener: TimeListener) => {
      hit.disposed = true
      listener.tell(hit, 'HITDisposed', at)
    }
    list.push({ at, order: 3, happen })
  }
  return list
}

function happeningsOf(assignment: ModelAssignment): TimeEvent[] {
  const { hit, deadline, autoApprovalAt } = assignment
  if (assignment.state === 'open') {
    const happen = (listener: TimeListener) => {
      assignment.state = 'abandoned'
      listener.moved(assignment, 'open')
      listener.tell(hit, 'AssignmentAbandoned', deadline, assignment)
    }
    return [{ at: deadline, order: 0, happen }]
  }
  if (assignment.state === 'Submitted') {
    const happen = (listener: TimeListener) => {
      assignment.state = 'Approved'
      assignment.approvedAt = autoApprovalAt
      listener.moved(assignment, 'Submitted')
      listener.tell(hit, 'AssignmentApproved', autoApprovalAt, assignment)
    }
    return [{ at: autoApprovalAt, order: 2, happen }]
  }
  return []
}

/** Lets the next thing happen to the HIT. */
export function happenNext(hit: ModelHIT, listener: TimeListener): void {
  const [first] = happenings(hit).sort(byTime)
  first!.happen(listener)
  refresh(hit, first!.at, listener)
}
