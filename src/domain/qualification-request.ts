// A worker's request for a Qualification, and when he may make another. A test that is not handed in until its
// deadline is over by that: nothing follows from it, so its state is read from the row and the time alone
// [qualifications 1.3, 2.2, 2.3].
import type { Fault } from './fault.ts'

export type RequestState = 'AwaitingTest' | 'Submitted' | 'Granted' | 'Rejected' | 'Expired'
export type RequestEvent = 'submit' | 'grant' | 'reject'

export interface QualificationRequest {
  id: string
  qualificationTypeId: string
  /** The owner of the type. */
  requesterId: string
  workerId: string
  state: RequestState
  /** The type's test and key as they were when the worker asked: the SHA-256 of each text. */
  testHash: string | undefined
  answerKeyHash: string | undefined
  /** The QuestionFormAnswers document. */
  answer: string | undefined
  requestedAt: number
  /** When the test was handed in, or the request made where there is no test. */
  submittedAt: number | undefined
  /** Until when the test may be handed in; the moment itself is too late. */
  deadline: number | undefined
}

/** Every change of state that exists. A test with a key is granted at once; deleting the type rejects it under way. */
const transitions: Record<RequestState, Partial<Record<RequestEvent, RequestState>>> = {
  AwaitingTest: { submit: 'Submitted', grant: 'Granted', reject: 'Rejected' },
  Submitted: { grant: 'Granted', reject: 'Rejected' },
  Granted: {},
  Rejected: {},
  Expired: {},
}

/** The state after `event`, or undefined when the event cannot happen in `state`. */
export function next(state: RequestState, event: RequestEvent): RequestState | undefined {
  return transitions[state][event]
}

/** The state after `event`, for acts. Throws when the event cannot happen in `state`: guards were asked before. */
export function stateAfter(state: RequestState, event: RequestEvent): RequestState {
  const after = next(state, event)
  if (after === undefined) throw new Error(`${event} cannot follow ${state}`)
  return after
}

/** The state at `now`: a test whose deadline has come is Expired, whatever the row says. */
export function stateAt(request: QualificationRequest, now: number): RequestState {
  const isOver = request.state === 'AwaitingTest' && request.deadline !== undefined && now >= request.deadline
  return isOver ? 'Expired' : request.state
}

/** Whether the owner may grant or reject it: it is pending [qualifications 3.11]. */
export function canDecide(request: QualificationRequest): Fault | undefined {
  if (request.state === 'Submitted') return undefined
  return { fault: 'InvalidQualificationRequestState', allowed: 'Submitted' }
}

/** Whether the worker may hand the test in at `now` [qualifications 2.2]. */
export function canHandIn(request: QualificationRequest, now: number): Fault | undefined {
  const state = stateAt(request, now)
  if (state === 'AwaitingTest') return undefined
  if (state === 'Expired') return { fault: 'TestTimeOver' }
  return { fault: 'InvalidQualificationRequestState', allowed: 'AwaitingTest' }
}

/** What of a type decides whether it may be requested. `retryDelay` is in seconds; without it there is one try. */
export interface RequestableType {
  status: string
  retryDelay: number | undefined
}

/** Whether a worker whose latest request of the type was `last` may make one at `now` [qualifications 2.1, 2.3, 10]. */
export function canRequest(
  type: RequestableType,
  last: QualificationRequest | undefined,
  now: number,
): Fault | undefined {
  if (type.status !== 'Active') return { fault: 'InvalidQualificationTypeState', allowed: 'Active' }
  if (last === undefined) return undefined
  const retryAt = retryTime(type, last)
  if (retryAt === undefined) return { fault: 'QualificationTypeDoesNotAllowRetake' }
  const state = stateAt(last, now)
  if (state === 'AwaitingTest' || state === 'Submitted') return { fault: 'QualificationRequestPending' }
  return now < retryAt ? { fault: 'QualificationTypeRetryDelayNotElapsed', retryAt } : undefined
}

/** From when on the type may be requested again: its delay after the later of request and test; undefined for never. */
export function retryTime(
  { retryDelay }: Pick<RequestableType, 'retryDelay'>,
  last: QualificationRequest,
): number | undefined {
  if (retryDelay === undefined) return undefined
  return timeAfter(Math.max(last.requestedAt, last.submittedAt ?? 0), retryDelay)
}

/** The last moment that a date can name: delays and durations of the API may be longer than that. */
const lastMoment = 8_640_000_000_000_000

/** The moment `seconds` after `time`, such as the deadline of a test. */
export function timeAfter(time: number, seconds: number): number {
  return Math.min(time + seconds * 1000, lastMoment)
}
