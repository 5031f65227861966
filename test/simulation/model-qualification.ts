// Qualification types, what workers have of them and what they asked for: what each call must answer
// [qualifications 2, 3, 10].
import { isSystemType } from './model-requirement.ts'
import { refused, type ModelMarket, type ModelRequester, type ModelWorker, type Prediction } from './model.ts'

const code = (name: string) => `AWS.MechanicalTurk.${name}`
const success: Prediction = { codes: [''], succeed: () => undefined }

export interface ModelRequest {
  id: string
  typeId: string
  workerId: string
  state: 'AwaitingTest' | 'Submitted' | 'Granted' | 'Rejected'
  hasKey: boolean
  requestedAt: number
  submittedAt: number
  deadline: number
  answer: string | undefined
}

export interface ModelGrant {
  value: number
  isRevoked: boolean
  grantedAt: number
}

/** How a type is obtained. */
export interface TypeTerms {
  autoValue: number | undefined
  test: 'none' | 'judged' | 'keyed'
  testSeconds: number
  retrySeconds: number | undefined
}

export interface ModelQualificationType extends TypeTerms {
  id: string
  ownerId: string
  name: string
  status: 'Active' | 'Inactive' | 'Deleted'
  /** By worker. */
  grants: Map<string, ModelGrant>
  requests: ModelRequest[]
}

/** Whether a deleted type is needed by no HIT any more; it never is again [qualifications 3.5]. */
export function isGone(market: ModelMarket, type: ModelQualificationType): boolean {
  return type.status === 'Deleted' && !market.requiringHITs(type.id).some((hit) => !hit.disposed)
}

/** The type, or why nobody has it. */
function existing(market: ModelMarket, typeId: string): ModelQualificationType | Prediction {
  const type = market.qualificationTypes.get(typeId)
  return type === undefined || isGone(market, type) ? refused(code('QualificationTypeDoesNotExist')) : type
}

function own(
  market: ModelMarket,
  requester: ModelRequester,
  typeId: string,
): ModelQualificationType | Prediction {
  if (isSystemType(typeId)) return refused(code('PermissionDenied'))
  const type = existing(market, typeId)
  if ('codes' in type) return type
  return type.ownerId === requester.id ? type : refused(code('PermissionDenied'))
}

/** As own, but a type that is gone is still known as somebody's. */
function ownAtAnyTime(
  market: ModelMarket,
  requester: ModelRequester,
  typeId: string,
): ModelQualificationType | Prediction {
  if (isSystemType(typeId)) return refused(code('PermissionDenied'))
  const type = market.qualificationTypes.get(typeId)
  if (type === undefined) return refused(code('QualificationTypeDoesNotExist'))
  return type.ownerId === requester.id ? type : refused(code('PermissionDenied'))
}

/** Why HITs and HIT types cannot require the types. */
export function refuseMissing(market: ModelMarket, typeIds: readonly string[]): Prediction | undefined {
  const missing = typeIds.map((id) => existing(market, id)).find((type) => 'codes' in type)
  return missing as Prediction | undefined
}

export function refuseInactive(market: ModelMarket, typeIds: readonly string[]): Prediction | undefined {
  const isActive = (id: string) => market.qualificationTypes.get(id)?.status === 'Active'
  return typeIds.every(isActive) ? undefined : refused(code('InvalidQualificationTypeState'))
}

export function createType(
  market: ModelMarket,
  requester: ModelRequester,
  name: string,
  status: 'Active' | 'Inactive',
  terms: TypeTerms,
): Prediction {
  const isTaken = [...market.qualificationTypes.values()].some(
    (type) => type.ownerId === requester.id && type.name === name && !isGone(market, type),
  )
  if (isTaken) return refused(code('QualificationTypeAlreadyExists'))
  const succeed = (output: { QualificationType: { QualificationTypeId: string } }) => {
    const id = output.QualificationType.QualificationTypeId
    const type = { ...terms, id, ownerId: requester.id, name, status, grants: new Map<string, never>() }
    market.qualificationTypes.set(id, { ...type, requests: [] })
  }
  return { codes: [''], succeed }
}

export interface TypeChanges {
  status: 'Active' | 'Inactive' | undefined
  retrySeconds: number | undefined
  test: 'judged' | 'keyed' | undefined
  testSeconds: number
  /** Whether the type is to be granted automatically, with 7 as the value. */
  auto: boolean | undefined
}

export function updateType(
  market: ModelMarket,
  requester: ModelRequester,
  typeId: string,
  changes: TypeChanges,
): Prediction {
  const { status, retrySeconds, test, testSeconds, auto } = changes
  if (test !== undefined && auto === true) return refused(code('InvalidParameterValue'))
  const type = ownAtAnyTime(market, requester, typeId)
  if ('codes' in type) return type
  if (isGone(market, type)) return refused(code('QualificationTypeDoesNotExist'))
  if (type.status === 'Deleted') return refused(code('InvalidQualificationTypeState'))
  const wouldBeBoth =
    (test !== undefined && auto === undefined && type.autoValue !== undefined) ||
    (auto === true && type.test !== 'none')
  if (wouldBeBoth) return refused(code('InvalidParameterValue'))
  const succeed = () => {
    type.status = status ?? type.status
    type.retrySeconds = retrySeconds ?? type.retrySeconds
    if (test !== undefined) Object.assign(type, { test, testSeconds })
    if (auto === false) type.autoValue = undefined
    if (auto === true) type.autoValue = 7
  }
  return { codes: [''], succeed }
}

export function deleteType(market: ModelMarket, requester: ModelRequester, typeId: string): Prediction {
  const type = ownAtAnyTime(market, requester, typeId)
  if ('codes' in type) return type
  if (type.status === 'Deleted') return refused(code('InvalidQualificationTypeState'))
  const succeed = () => {
    type.status = 'Deleted'
    for (const request of type.requests) {
      if (request.state === 'Submitted' || request.state === 'AwaitingTest') request.state = 'Rejected'
    }
    for (const hitType of market.types.values()) {
      if (hitType.requirements.some((requirement) => requirement.typeId === typeId)) hitType.isDeleted = true
    }
  }
  return { codes: [''], succeed }
}

function grant(market: ModelMarket, type: ModelQualificationType, workerId: string, value: number): void {
  type.grants.set(workerId, { value, isRevoked: false, grantedAt: market.now })
}

export function associate(
  market: ModelMarket,
  requester: ModelRequester,
  typeId: string,
  workerId: string,
  value: number | undefined,
): Prediction {
  if (!market.workers.has(workerId)) return refused(code('InvalidParameterValue'))
  const type = own(market, requester, typeId)
  if ('codes' in type) return type
  if (type.status === 'Deleted') return refused(code('InvalidQualificationTypeState'))
  return { codes: [''], succeed: () => grant(market, type, workerId, value ?? 1) }
}

export function disassociate(
  market: ModelMarket,
  requester: ModelRequester,
  typeId: string,
  workerId: string,
): Prediction {
  const type = own(market, requester, typeId)
  if ('codes' in type) return type
  const had = type.grants.get(workerId)
  if (had === undefined) return refused(code('QualificationDoesNotExist'))
  if (had.isRevoked) return refused(code('InvalidQualificationState'))
  return { codes: [''], succeed: () => void (had.isRevoked = true) }
}

/** What GetQualificationScore shows, or why it does not. */
export function score(
  market: ModelMarket,
  requester: ModelRequester,
  typeId: string,
  workerId: string,
): ModelGrant | Prediction {
  const type = own(market, requester, typeId)
  const had = 'codes' in type ? undefined : type.grants.get(workerId)
  if (had === undefined) return refused(code('QualificationDoesNotExist'))
  return had.isRevoked ? refused(code('InvalidQualificationState')) : had
}

/** The decision of a request's owner; without a value he rejects it. */
export function decide(
  market: ModelMarket,
  requester: ModelRequester,
  requestId: string,
  value: number | undefined,
): Prediction {
  const request = market.qualificationRequests.get(requestId)
  if (request === undefined) return refused(code('QualificationRequestDoesNotExist'))
  const type = market.qualificationTypes.get(request.typeId)!
  if (type.ownerId !== requester.id) return refused(code('PermissionDenied'))
  if (request.state !== 'Submitted') return refused(code('InvalidQualificationRequestState'))
  const succeed = () => {
    request.state = value === undefined ? 'Rejected' : 'Granted'
    if (value !== undefined) grant(market, type, request.workerId, value)
  }
  return { codes: [''], succeed }
}

/** Whether the worker may ask now, after his last request [qualifications 2.3, 10]. */
function refuseRequest(
  market: ModelMarket,
  worker: ModelWorker,
  type: ModelQualificationType,
): Prediction | undefined {
  if (worker.suspended) return refused('WorkerSuspended')
  if (type.status !== 'Active') return refused('InvalidQualificationTypeState')
  const last = type.requests.findLast(({ workerId }) => workerId === worker.id)
  if (last === undefined) return undefined
  if (type.retrySeconds === undefined) return refused('QualificationTypeDoesNotAllowRetake')
  const isOpen = last.state === 'Submitted' || (last.state === 'AwaitingTest' && market.now < last.deadline)
  if (isOpen) return refused('QualificationRequestPending')
  const from = Math.max(last.requestedAt, last.submittedAt) + type.retrySeconds * 1000
  return market.now < from ? refused('QualificationTypeRetryDelayNotElapsed') : undefined
}

export function request(market: ModelMarket, worker: ModelWorker, typeId: string): Prediction {
  const type = existing(market, typeId)
  if ('codes' in type) return refused('QualificationTypeDoesNotExist')
  const refusal = refuseRequest(market, worker, type)
  if (refusal) return refusal
  const succeed = (output: { request: { id: string }; granted: number | undefined }) => {
    const { autoValue, test, testSeconds } = type
    if (output.granted !== autoValue) throw new Error(`granted ${output.granted}, not ${autoValue}`)
    const made: ModelRequest = {
      id: output.request.id,
      typeId,
      workerId: worker.id,
      state: autoValue !== undefined ? 'Granted' : test === 'none' ? 'Submitted' : 'AwaitingTest',
      hasKey: test === 'keyed',
      requestedAt: market.now,
      submittedAt: test === 'none' ? market.now : 0,
      deadline: market.now + testSeconds * 1000,
      answer: undefined,
    }
    type.requests.push(made)
    market.qualificationRequests.set(made.id, made)
    if (autoValue !== undefined) grant(market, type, worker.id, autoValue)
  }
  return { codes: [''], succeed }
}

/** The handing in of a test whose answers are worth `points` by the key. */
export function handIn(
  market: ModelMarket,
  worker: ModelWorker,
  requestId: string,
  answer: string,
  points: number,
): Prediction {
  const made = market.qualificationRequests.get(requestId)
  if (made === undefined) return refused('QualificationRequestDoesNotExist')
  if (made.workerId !== worker.id) return refused('QualificationRequestOfAnotherWorker')
  if (made.answer === answer) return success
  if (made.state !== 'AwaitingTest') return refused('InvalidQualificationRequestState')
  if (market.now >= made.deadline) return refused('TestTimeOver')
  const succeed = (output: { granted: number | undefined }) => {
    const granted = made.hasKey ? points : undefined
    if (output.granted !== granted) throw new Error(`granted ${output.granted}, not ${granted}`)
    Object.assign(made, { answer, submittedAt: market.now, state: made.hasKey ? 'Granted' : 'Submitted' })
    const type = market.qualificationTypes.get(made.typeId)!
    if (granted !== undefined) grant(market, type, worker.id, granted)
  }
  return { codes: [''], succeed }
}
