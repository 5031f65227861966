// The model of a whole market: people, money, HITs. Money is not moved from account to account here but computed from
// what is true: available = deposited - spent - held, which is how the specification defines it [hits 9.2].
import {
  heldCents,
  passTime,
  feeCents,
  type ModelAssignment,
  type ModelHIT,
  type ModelState,
  type ModelType,
  type TimeListener,
} from './model-hit.ts'

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
  feesCents = 0

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

  addWorker(id: string, masters: boolean): ModelWorker {
    const none = { accepted: 0, returned: 0, abandoned: 0, submitted: 0, approved: 0, rejected: 0, held: 0 }
    const worker = { id, masters, suspended: false, rewardCents: 0, bonusCents: 0, ...none }
    this.workers.set(id, worker)
    return worker
  }

  /** Turns the clock. */
  passTime(milliseconds: number): void {
    this.now += milliseconds
    for (const hit of this.hits.values()) passTime(hit, this.now, this)
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
