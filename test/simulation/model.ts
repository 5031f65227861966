// The model of a whole market: people, money, HITs. Money is not moved from account to account here but computed from
// what is true: available = deposited - spent - held, which is how the specification defines it [hits 9.2].
import { judgeHIT } from './model-carry-out.ts'
import {
  happenNext,
  heldCents,
  feeCents,
  type ModelAssignment,
  type ModelHIT,
  type ModelState,
  type ModelType,
  type TimeListener,
} from './model-hit.ts'
import type { ModelPayout } from './model-payout.ts'
import type { ModelQualificationType, ModelRequest } from './model-qualification.ts'
import { systemValue, type ModelValue } from './model-requirement.ts'

export interface ModelBonus {
  id: number
  assignment: ModelAssignment
  amountCents: number
  reason: string
  grantedAt: number
}

export interface ModelRequester {
  id: string
  depositedCents: number
  spentCents: number
  types: Map<string, ModelType>
  /** Worker to reason, in order of the first block. */
  blocks: Map<string, string>
  tokens: Map<string, number>
  bonuses: ModelBonus[]
}

export interface ModelWorker {
  id: string
  masters: boolean
  adult: boolean
  /** Where he lives, as `US` or `US/CA`. */
  home: string | undefined
  suspended: boolean
  rewardCents: number
  bonusCents: number
  accepted: number
  returned: number
  abandoned: number
  submitted: number
  approved: number
  rejected: number
  held: number
}

/** What a call must answer: one of these codes, '' meaning success, upon which the model changes too. */
export interface Prediction {
  codes: readonly string[]
  succeed(output: never): void
}

export const refused = (...codes: string[]): Prediction => ({ codes, succeed: () => undefined })

export class ModelMarket implements TimeListener {
  now: number
  readonly requesters = new Map<string, ModelRequester>()
  readonly workers = new Map<string, ModelWorker>()
  readonly types = new Map<string, ModelType>()
  readonly hits = new Map<string, ModelHIT>()
  readonly assignments = new Map<string, ModelAssignment>()
  readonly qualificationTypes = new Map<string, ModelQualificationType>()
  readonly qualificationRequests = new Map<string, ModelRequest>()
  /** Workers who said how they want to be paid. */
  readonly payoutMethods = new Set<string>()
  readonly payouts = new Map<string, ModelPayout>()
  /** What requesters must have been told since it was last compared, by HIT, in order. */
  readonly told = new Map<string, string[]>()
  feesCents = 0
  /** Whether time brought something about since the timers were asked to carry it out. */
  isLate = false
  /** Whether that was a review, which depends on the money of the moment. */
  needsTimers = false

  constructor(now: number) {
    this.now = now
  }

  addRequester(id: string, depositedCents: number): ModelRequester {
    const requester: ModelRequester = {
      id,
      depositedCents,
      spentCents: 0,
      types: new Map(),
      blocks: new Map(),
      tokens: new Map(),
      bonuses: [],
    }
    this.requesters.set(id, requester)
    return requester
  }

  /** A worker, perhaps with a record that he brings along. */
  addWorker(
    id: string,
    known: Pick<ModelWorker, 'masters' | 'adult' | 'home' | 'approved' | 'rejected'>,
  ): ModelWorker {
    const before = known.approved + known.rejected
    const counters = { accepted: before, submitted: before, returned: 0, abandoned: 0, held: 0 }
    const worker = { id, suspended: false, rewardCents: 0, bonusCents: 0, ...counters, ...known }
    this.workers.set(id, worker)
    return worker
  }

  /** Turns the clock. */
  passTime(milliseconds: number): void {
    this.now += milliseconds
    this.needsTimers = false
    for (let hit = this.#nextDue(); hit !== undefined; hit = this.#nextDue()) {
      this.isLate = true
      happenNext(hit, this)
    }
  }

  /** The HIT to which something happens first, at `now` or before. */
  #nextDue(): ModelHIT | undefined {
    let first: ModelHIT | undefined
    for (const hit of this.hits.values()) {
      if (hit.nextAt > this.now) continue
      const isEarlier =
        first === undefined || (hit.nextAt - first.nextAt || hit.nextOrder - first.nextOrder) < 0
      if (isEarlier) first = hit
    }
    return first
  }

  judge(hit: ModelHIT, at: number): void {
    if (hit.policies.plurality !== undefined) this.needsTimers = true
    judgeHIT(this, hit, at)
  }

  tell(hit: ModelHIT, kind: string, at: number, assignment?: ModelAssignment): void {
    const { subscription, id } = hit.type
    if (!subscription?.isActive || !subscription.events.has(kind)) return
    const ofAssignment = assignment === undefined ? '' : ` ${assignment.id} of ${assignment.workerId}`
    const second = new Date(Math.floor(at / 1000) * 1000).toISOString().replace('.000', '')
    const events = this.told.get(hit.id) ?? []
    this.told.set(hit.id, events)
    events.push(`${kind}${ofAssignment} of type ${id} at ${second}`)
  }

  /** HITs whose type requires the qualification type. */
  requiringHITs(qualificationTypeId: string): ModelHIT[] {
    return [...this.hits.values()].filter(({ type }) =>
      type.requirements.some(({ typeId }) => typeId === qualificationTypeId),
    )
  }

  /** What the worker has of a qualification type of anybody [qualifications 4.2]. */
  valueOf(worker: ModelWorker, typeId: string): ModelValue {
    const ofSystem = systemValue(worker, typeId)
    if (ofSystem !== null) return ofSystem
    const had = this.qualificationTypes.get(typeId)?.grants.get(worker.id)
    return had === undefined || had.isRevoked ? undefined : had.value
  }

  /** Counts what a change of state means for the worker and for the money that is spent. */
  moved(assignment: ModelAssignment, from: ModelState | 'none'): void {
    const worker = this.workers.get(assignment.workerId)!
    const { hit, state } = assignment
    if (from === 'open') worker.held--
    switch (state) {
      case 'open':
        worker.held++
        worker.accepted++
        break
      case 'returned':
        worker.returned++
        break
      case 'abandoned':
        worker.abandoned++
        break
      case 'Submitted':
        worker.submitted++
        break
      case 'Rejected':
        worker.rejected++
        break
      case 'Approved': {
        if (from === 'Rejected') worker.rejected--
        worker.approved++
        worker.rewardCents += hit.type.rewardCents
        this.#spend(hit.requesterId, hit.type.rewardCents, feeCents(hit.type, hit.firstAssignments))
      }
    }
  }

  payBonus(requester: ModelRequester, bonus: Omit<ModelBonus, 'id' | 'grantedAt'>): void {
    requester.bonuses.push({ ...bonus, id: requester.bonuses.length, grantedAt: this.now })
    this.workers.get(bonus.assignment.workerId)!.bonusCents += bonus.amountCents
    this.#spend(requester.id, bonus.amountCents, bonusFeeCents(bonus.amountCents))
  }

  #spend(requesterId: string, workCents: number, feeCents: number): void {
    this.requesters.get(requesterId)!.spentCents += workCents + feeCents
    this.feesCents += feeCents
  }

  hitsOf(requester: ModelRequester): ModelHIT[] {
    return [...this.hits.values()].filter((hit) => hit.requesterId === requester.id)
  }

  availableCents(requester: ModelRequester): number {
    let held = 0
    for (const hit of this.hits.values()) if (hit.requesterId === requester.id) held += heldCents(hit)
    return requester.depositedCents - requester.spentCents - held
  }

  /** What a call that needs the requester's money answers when nothing else is wrong [hits 9.3]. */
  ifPaid(requester: ModelRequester, amountCents: number, succeed: Prediction['succeed']): Prediction {
    const isEnough = amountCents <= 0 || amountCents <= this.availableCents(requester)
    return isEnough ? { codes: [''], succeed } : refused('AWS.MechanicalTurk.InsufficientFunds')
  }

  /** Whether the requester used the token for this kind of action in the last 24 hours [hits 10]. */
  isUsed(requester: ModelRequester, kind: string, token: string | undefined): boolean {
    const until = requester.tokens.get(`${kind} ${token}`)
    return token !== undefined && until !== undefined && until > this.now
  }

  use(requester: ModelRequester, kind: string, token: string | undefined): void {
    if (token !== undefined) requester.tokens.set(`${kind} ${token}`, this.now + 24 * 3600 * 1000)
  }
}

/** Fee of a bonus in cents [hits 9.1]. */
export function bonusFeeCents(amountCents: number): number {
  return Math.max(1, Math.floor((amountCents * 20 + 50) / 100))
}
