// What the Requester API must answer, call by call [hits 7, 9, 10, 12].
import {
  availableOf,
  completedOf,
  costCents,
  feeCents,
  isCutOff,
  pendingOf,
  refresh,
  statusAt,
  submittedOf,
  type ModelAssignment,
  type ModelHIT,
  type ModelType,
} from './model-hit.ts'
import { approveWork, rejectWork } from './model-carry-out.ts'
import { refuseInactive, refuseMissing } from './model-qualification.ts'
import { isSystemType, type ModelRequirement } from './model-requirement.ts'
import type { ModelPolicies } from './model-review.ts'
import { bonusFeeCents, refused, type ModelMarket, type ModelRequester, type Prediction } from './model.ts'

const code = (name: string) => `AWS.MechanicalTurk.${name}`
const outOfRange = 'AWS.ParameterOutOfRange'
const invalidValue = code('InvalidParameterValue')
const day = 24 * 3600 * 1000

export interface TypeProperties {
  tuple: string
  rewardCents: number
  durationSeconds: number
  delaySeconds: number
  requirements: readonly ModelRequirement[]
}

export interface NewHIT {
  maxAssignments: number
  lifetimeSeconds: number
  token: string | undefined
  policies: ModelPolicies
}

type HITOutput = { HIT: { HITId: string; HITTypeId: string; HITGroupId: string } }

/** Takes note of the type that the program answered: the known one for a known tuple, else one never seen. */
function register(
  market: ModelMarket,
  requester: ModelRequester,
  properties: TypeProperties,
  id: string,
): ModelType {
  const known = requester.types.get(properties.tuple)
  if (known !== undefined) {
    if (known.id !== id) throw new Error(`an equal HIT type got another id: ${known.id}, ${id}`)
    return known
  }
  if (market.types.has(id)) throw new Error(`a new HIT type got the id of another one: ${id}`)
  const type = bareType(requester, properties, id)
  requester.types.set(properties.tuple, type)
  market.types.set(id, type)
  return type
}

const bareType = (
  { id: requesterId }: ModelRequester,
  properties: TypeProperties,
  id: string,
): ModelType => ({
  ...properties,
  id,
  groupId: '',
  requesterId,
  isDeleted: false,
  subscription: undefined,
})

/** The qualification types of requesters that are required. */
const customTypes = ({ requirements }: Pick<TypeProperties, 'requirements'>) =>
  requirements.map(({ typeId }) => typeId).filter((id) => !isSystemType(id))

function checkType(properties: TypeProperties): Prediction | undefined {
  if (properties.delaySeconds < 0 || properties.delaySeconds > 2_592_000) return refused(outOfRange)
  const { durationSeconds } = properties
  return durationSeconds < 30 || durationSeconds > 31_536_000 ? refused(outOfRange) : undefined
}

export function createType(
  market: ModelMarket,
  requester: ModelRequester,
  properties: TypeProperties,
): Prediction {
  const required = customTypes(properties)
  const refusal = checkType(properties) ?? refuseMissing(market, required) ?? refuseInactive(market, required)
  if (refusal) return refusal
  return {
    codes: [''],
    succeed: (output: { HITTypeId: string }) =>
      void register(market, requester, properties, output.HITTypeId),
  }
}

function checkNew({ maxAssignments, lifetimeSeconds }: NewHIT): Prediction | undefined {
  if (maxAssignments < 1 || maxAssignments > 1e9) return refused(outOfRange)
  return lifetimeSeconds < 30 || lifetimeSeconds > 31_536_000 ? refused(outOfRange) : undefined
}

function create(
  market: ModelMarket,
  requester: ModelRequester,
  type: ModelType,
  wanted: NewHIT,
  registered: (output: HITOutput) => ModelType,
): Prediction {
  if (market.isUsed(requester, 'create', wanted.token)) return refused(code('HitAlreadyExists'))
  const inactive = refuseInactive(market, customTypes(type))
  if (inactive) return inactive
  const hit: ModelHIT = {
    id: '',
    type,
    requesterId: requester.id,
    createdAt: market.now,
    expiresAt: market.now + wanted.lifetimeSeconds * 1000,
    maxAssignments: wanted.maxAssignments,
    firstAssignments: wanted.maxAssignments,
    assignments: [],
    policies: wanted.policies,
    reports: { Assignment: { results: [], actions: [] }, HIT: { results: [], actions: [] } },
    disposed: false,
    marked: false,
    reviewableSince: undefined,
    lapsed: false,
    nextAt: 0,
    nextOrder: 0,
  }
  return market.ifPaid(requester, costCents(hit) * wanted.maxAssignments, (output: HITOutput) => {
    hit.id = output.HIT.HITId
    hit.type = registered(output)
    hit.type.groupId ||= output.HIT.HITGroupId
    if (hit.type.groupId !== output.HIT.HITGroupId) throw new Error(`two groups of type ${hit.type.id}`)
    refresh(hit, market.now, market)
    market.hits.set(hit.id, hit)
    market.tell(hit, 'HITCreated', market.now)
    market.use(requester, 'create', wanted.token)
  })
}

export function createHIT(
  market: ModelMarket,
  requester: ModelRequester,
  properties: TypeProperties,
  wanted: NewHIT,
): Prediction {
  const bare = bareType(requester, properties, '')
  return (
    checkType(properties) ??
    checkNew(wanted) ??
    refuseMissing(market, customTypes(properties)) ??
    create(market, requester, bare, wanted, ({ HIT }) =>
      register(market, requester, properties, HIT.HITTypeId),
    )
  )
}

export function createWithType(
  market: ModelMarket,
  requester: ModelRequester,
  typeId: string,
  wanted: NewHIT,
): Prediction {
  const wrong = checkNew(wanted)
  if (wrong) return wrong
  const type = market.types.get(typeId)
  if (type?.requesterId !== requester.id || type.isDeleted) return refused(invalidValue)
  return create(market, requester, type, wanted, () => type)
}

/** The HIT, or why the requester cannot have it. */
function own(market: ModelMarket, requester: ModelRequester, hitId: string): ModelHIT | Prediction {
  const hit = market.hits.get(hitId)
  if (hit === undefined) return refused(code('HITDoesNotExist'))
  return hit.requesterId === requester.id ? hit : refused(code('PermissionDenied'))
}

const isRefused = (found: object): found is Prediction => 'codes' in found

export function extend(
  market: ModelMarket,
  requester: ModelRequester,
  hitId: string,
  more: number,
  token: string | undefined,
): Prediction {
  if (more < 1 || more > 1e9) return refused(outOfRange)
  const hit = own(market, requester, hitId)
  if (isRefused(hit)) return hit
  if (market.isUsed(requester, 'extend', token)) return refused(code('DuplicateRequest'))
  if (hit.disposed) return refused(code('InvalidHITState'))
  if (hit.firstAssignments < 10 && hit.maxAssignments + more >= 10)
    return refused(code('InvalidMaximumAssignmentsIncrease'))
  if (hit.maxAssignments + more > 1e9) return refused(outOfRange)
  return market.ifPaid(requester, hit.lapsed ? 0 : more * costCents(hit), () => {
    hit.maxAssignments += more
    market.tell(hit, 'HITExtended', market.now)
    refresh(hit, market.now, market)
    market.use(requester, 'extend', token)
  })
}

const wholeSecond = (time: number) => Math.floor(time / 1000)

export function updateExpiration(
  market: ModelMarket,
  requester: ModelRequester,
  hitId: string,
  expireAt: number,
): Prediction {
  const hit = own(market, requester, hitId)
  if (isRefused(hit)) return hit
  if (expireAt <= market.now + 5000) {
    const succeed = () => {
      if (hit.disposed || market.now >= hit.expiresAt) return
      if (isCutOff(hit)) market.tell(hit, 'HITExpired', market.now)
      hit.expiresAt = wholeSecond(market.now) * 1000
      hit.lapsed = true
      refresh(hit, market.now, market)
    }
    return { codes: [''], succeed }
  }
  const second = wholeSecond(expireAt)
  const token = `${hitId} ${second}`
  if (market.isUsed(requester, 'expiration', token)) return refused(code('DuplicateRequest'))
  const increment = second - wholeSecond(Math.max(hit.expiresAt, market.now))
  if (increment < 60 || increment > 31_536_000) return refused(outOfRange)
  if (hit.disposed) return refused(code('InvalidHITState'))
  return market.ifPaid(requester, hit.lapsed ? availableOf(hit) * costCents(hit) : 0, () => {
    hit.expiresAt = second * 1000
    hit.lapsed = false
    market.tell(hit, 'HITExtended', market.now)
    refresh(hit, market.now, market)
    market.use(requester, 'expiration', token)
  })
}

export function changeType(
  market: ModelMarket,
  requester: ModelRequester,
  hitId: string,
  typeId: string,
): Prediction {
  const type = market.types.get(typeId)
  if (type?.requesterId !== requester.id || type.isDeleted) return refused(invalidValue)
  const hit = own(market, requester, hitId)
  if (isRefused(hit)) return hit
  if (hit.disposed || pendingOf(hit) + submittedOf(hit) > 0) return refused(code('InvalidHITState'))
  const after = type.rewardCents + feeCents(type, hit.firstAssignments)
  const more = hit.lapsed ? 0 : (after - costCents(hit)) * hit.maxAssignments
  return market.ifPaid(requester, more, () => {
    hit.type = type
    refresh(hit, market.now, market)
  })
}

export function mark(
  market: ModelMarket,
  requester: ModelRequester,
  hitId: string,
  revert: boolean,
): Prediction {
  const hit = own(market, requester, hitId)
  if (isRefused(hit)) return hit
  if (statusAt(hit, market.now) !== (revert ? 'Reviewing' : 'Reviewable'))
    return refused(code('InvalidHITState'))
  return { codes: [''], succeed: () => (hit.marked = !revert) }
}

export function deleteHIT(market: ModelMarket, requester: ModelRequester, hitId: string): Prediction {
  const hit = own(market, requester, hitId)
  if (isRefused(hit)) return hit
  const status = statusAt(hit, market.now)
  const reviewable = status === 'Reviewable' || status === 'Reviewing'
  if (!reviewable || completedOf(hit) < submittedOf(hit)) return refused(code('InvalidHITState'))
  const succeed = () => {
    hit.disposed = true
    market.tell(hit, 'HITDisposed', market.now)
    refresh(hit, market.now, market)
  }
  return { codes: [''], succeed }
}

function ownAssignment(
  market: ModelMarket,
  requester: ModelRequester,
  assignmentId: string,
): ModelAssignment | Prediction {
  const assignment = market.assignments.get(assignmentId)
  if (assignment === undefined) return refused(code('AssignmentDoesNotExist'))
  return assignment.hit.requesterId === requester.id ? assignment : refused(code('PermissionDenied'))
}

export function approve(
  market: ModelMarket,
  requester: ModelRequester,
  assignmentId: string,
  override: boolean,
  feedback: string | undefined,
): Prediction {
  const assignment = ownAssignment(market, requester, assignmentId)
  if (isRefused(assignment)) return assignment
  const { hit, state, submittedAt } = assignment
  const overridable =
    state === 'Rejected' && override && market.now - submittedAt <= 30 * day && !hit.disposed
  if (state !== 'Submitted' && !overridable) return refused(code('InvalidAssignmentState'))
  return market.ifPaid(requester, overridable ? costCents(hit) : 0, () => {
    approveWork(market, assignment, market.now, feedback)
    refresh(hit, market.now, market)
  })
}

export function reject(
  market: ModelMarket,
  requester: ModelRequester,
  assignmentId: string,
  feedback: string,
): Prediction {
  const assignment = ownAssignment(market, requester, assignmentId)
  if (isRefused(assignment)) return assignment
  if (assignment.state !== 'Submitted') return refused(code('InvalidAssignmentState'))
  const succeed = () => {
    rejectWork(market, assignment, market.now, feedback)
    refresh(assignment.hit, market.now, market)
  }
  return { codes: [''], succeed }
}

export interface BonusRequest {
  workerId: string
  assignmentId: string
  amountCents: number
  reason: string
  token: string | undefined
}

export function sendBonus(market: ModelMarket, requester: ModelRequester, bonus: BonusRequest): Prediction {
  if (bonus.amountCents === 0 || !market.workers.has(bonus.workerId)) return refused(invalidValue)
  const assignment = ownAssignment(market, requester, bonus.assignmentId)
  if (isRefused(assignment)) return assignment
  if (!['Submitted', 'Approved', 'Rejected'].includes(assignment.state))
    return refused(code('AssignmentDoesNotExist'))
  if (assignment.workerId !== bonus.workerId) return refused(invalidValue)
  const latest = Math.max(
    ...[...market.assignments.values()]
      .filter(({ workerId, hit }) => workerId === bonus.workerId && hit.requesterId === requester.id)
      .map(({ submittedAt }) => submittedAt),
  )
  if (market.now - latest > 183 * day) return refused(invalidValue)
  if (market.isUsed(requester, 'bonus', bonus.token)) return refused(code('DuplicateRequest'))
  const { amountCents, reason } = bonus
  return market.ifPaid(requester, amountCents + bonusFeeCents(amountCents), () => {
    market.payBonus(requester, { assignment, amountCents, reason })
    market.use(requester, 'bonus', bonus.token)
  })
}

export function block(
  market: ModelMarket,
  requester: ModelRequester,
  workerId: string,
  reason: string | undefined,
): Prediction {
  if (!market.workers.has(workerId)) return refused(invalidValue)
  const succeed = () => {
    if (reason === undefined) requester.blocks.delete(workerId)
    else requester.blocks.set(workerId, reason)
  }
  return { codes: [''], succeed }
}

/** Why GetAssignment, GetHIT or ListAssignmentsForHIT is refused, or the object. */
export function readable(
  market: ModelMarket,
  requester: ModelRequester,
  assignmentId: string,
): ModelAssignment | Prediction {
  const assignment = ownAssignment(market, requester, assignmentId)
  if (isRefused(assignment)) return assignment
  if (assignment.hit.disposed) return refused(code('HITDoesNotExist'))
  const submitted = ['Submitted', 'Approved', 'Rejected'].includes(assignment.state)
  return submitted ? assignment : refused(code('InvalidAssignmentState'))
}
