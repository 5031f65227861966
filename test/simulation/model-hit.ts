// One HIT of the model: plain data, and what time does to it. Written from the specification and sharing no code with
// the program, so that a rule misread there is not misread here by import [hits 5, 6, 9].

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
  masters: boolean
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
  answer: string
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
  disposed: boolean
  /** The requester's mark "Reviewing". */
  marked: boolean
  /** Since when nobody can accept it and no work is out [hits 5.8]. */
  reviewableSince: number | undefined
  /** Whether its expiration has been taken note of: from then on its free slots are not paid for. */
  lapsed: boolean
  /** When time next changes something about it. */
  nextAt: number
}

export type ModelStatus = 'Assignable' | 'Unassignable' | 'Reviewable' | 'Reviewing' | 'Disposed'

/** Money and counters that the passing of time moves are told to the market that owns the HIT. */
export interface TimeListener {
  /** An assignment left the state `from` by the passing of time. */
  moved(assignment: ModelAssignment, from: ModelState): void
}

/** Fee of one assignment in cents: 20 %, 20 more from ten assignments on, 5 more for Masters [hits 9.1]. */
export function feeCents(type: ModelType, firstAssignments: number): number {
  const percent = 20 + (firstAssignments >= 10 ? 20 : 0) + (type.masters ? 5 : 0)
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
export function refresh(hit: ModelHIT, now: number): void {
  const status = statusAt(hit, now)
  if (status === 'Assignable' || status === 'Unassignable') {
    hit.reviewableSince = undefined
    hit.marked = false
  } else if (status !== 'Disposed') {
    hit.reviewableSince ??= now
  }
  hit.nextAt = Math.min(...events(hit).map(({ at }) => at))
}

interface TimeEvent {
  at: number
  order: number
  happen(listener: TimeListener): void
}

function events(hit: ModelHIT): TimeEvent[] {
  if (hit.disposed) return []
  const list = hit.assignments.flatMap((assignment) => eventsOfAssignment(assignment))
  if (!hit.lapsed) {
    list.push({
      at: hit.expiresAt,
      order: 2,
      happen: () => (hit.lapsed = true),
    })
  }
  if (hit.reviewableSince !== undefined) {
    list.push({ at: hit.reviewableSince + disposalAge, order: 3, happen: () => (hit.disposed = true) })
  }
  return list
}

function eventsOfAssignment(assignment: ModelAssignment): TimeEvent[] {
  if (assignment.state === 'open') {
    const happen = (listener: TimeListener) => {
      assignment.state = 'abandoned'
      listener.moved(assignment, 'open')
    }
    return [{ at: assignment.deadline, order: 0, happen }]
  }
  if (assignment.state === 'Submitted') {
    const happen = (listener: TimeListener) => {
      assignment.state = 'Approved'
      assignment.approvedAt = assignment.autoApprovalAt
      listener.moved(assignment, 'Submitted')
    }
    return [{ at: assignment.autoApprovalAt, order: 1, happen }]
  }
  return []
}

/** Lets everything happen to the HIT that falls due at `now` or before, in order of time. */
export function passTime(hit: ModelHIT, now: number, listener: TimeListener): void {
  while (hit.nextAt <= now) {
    const [first] = events(hit).sort((a, b) => a.at - b.at || a.order - b.order)
    first!.happen(listener)
    refresh(hit, first!.at)
  }
}
