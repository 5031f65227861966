import { describe, expect, test } from 'vitest'
import {
  canDecide,
  canHandIn,
  canRequest,
  next,
  retryTime,
  stateAfter,
  stateAt,
  type QualificationRequest,
  type RequestEvent,
  type RequestState,
} from './qualification-request.ts'

const states: RequestState[] = ['AwaitingTest', 'Submitted', 'Granted', 'Rejected', 'Expired']
const events: RequestEvent[] = ['submit', 'grant', 'reject']

const request = (state: RequestState, more: Partial<QualificationRequest> = {}): QualificationRequest => ({
  id: 'REQUEST',
  qualificationTypeId: 'TYPE',
  requesterId: 'OWNER',
  workerId: 'WORKER',
  state,
  testHash: undefined,
  answerKeyHash: undefined,
  answer: undefined,
  requestedAt: 1000,
  submittedAt: undefined,
  deadline: undefined,
  ...more,
})

describe('every state with every event [qualifications 1.3]', () => {
  const table: Record<string, RequestState> = {
    'AwaitingTest submit': 'Submitted',
    'AwaitingTest grant': 'Granted',
    'AwaitingTest reject': 'Rejected',
    'Submitted grant': 'Granted',
    'Submitted reject': 'Rejected',
  }
  const all = states.flatMap((state) => events.map((event) => [state, event] as const))
  test.for(all)('%s, %s', ([state, event]) => {
    const after = table[`${state} ${event}`]
    expect(next(state, event)).toBe(after)
    if (after === undefined) expect(() => stateAfter(state, event)).toThrow(`${event} cannot follow ${state}`)
    else expect(stateAfter(state, event)).toBe(after)
  })
})

test.each(states)('only a test can run out of time, not what is %s [qualifications 2.2]', (state) => {
  const late = request(state, { deadline: 2000 })
  expect(stateAt(late, 1999)).toBe(state)
  expect(stateAt(late, 2000)).toBe(state === 'AwaitingTest' ? 'Expired' : state)
})

test.each<[RequestState, boolean]>([
  ['AwaitingTest', false],
  ['Submitted', true],
  ['Granted', false],
  ['Rejected', false],
  ['Expired', false],
])('the owner decides on what is %s: %s [qualifications 3.11, 3.12]', (state, allowed) => {
  const refusal = { fault: 'InvalidQualificationRequestState', allowed: 'Submitted' }
  expect(canDecide(request(state))).toEqual(allowed ? undefined : refusal)
})

describe('a test is handed in once, and before its deadline [qualifications 2.2]', () => {
  const over = { fault: 'InvalidQualificationRequestState', allowed: 'AwaitingTest' }
  test.each<[RequestState, number, object | undefined]>([
    ['AwaitingTest', 1999, undefined],
    ['AwaitingTest', 2000, { fault: 'TestTimeOver' }],
    ['Expired', 1999, { fault: 'TestTimeOver' }],
    ['Submitted', 1999, over],
    ['Granted', 1999, over],
    ['Rejected', 1999, over],
  ])('%s at %i', (state, now, refusal) => {
    expect(canHandIn(request(state, { deadline: 2000 }), now)).toEqual(refusal)
  })
})

describe('who may request a type [qualifications 2.1, 2.3]', () => {
  const active = (retryDelay?: number) => ({ status: 'Active', retryDelay })
  const noRetake = { fault: 'QualificationTypeDoesNotAllowRetake' }
  const pending = { fault: 'QualificationRequestPending' }
  const early = (retryAt: number) => ({ fault: 'QualificationTypeRetryDelayNotElapsed', retryAt })
  const under = request('AwaitingTest', { deadline: 6000 })

  test.each<
    [
      string,
      { status: string; retryDelay: number | undefined },
      QualificationRequest | undefined,
      number,
      object | undefined,
    ]
  >([
    ['the first time', active(), undefined, 0, undefined],
    ['the first time, with a delay', active(60), undefined, 0, undefined],
    ['granted, no retry', active(), request('Granted'), 1e15, noRetake],
    ['rejected, no retry', active(), request('Rejected'), 1e15, noRetake],
    ['a test that ran out, no retry', active(), under, 1e15, noRetake],
    ['pending, no retry', active(), request('Submitted'), 1e15, noRetake],
    ['pending', active(0), request('Submitted'), 1e15, pending],
    ['a test under way', active(0), under, 5999, pending],
    ['a test that ran out, at its deadline', active(5), under, 6000, undefined],
    ['a test that ran out, within the delay of its request', active(6), under, 6999, early(7000)],
    ['a test that ran out, the delay over', active(6), under, 7000, undefined],
    ['granted, just before the delay is over', active(60), request('Granted'), 60_999, early(61_000)],
    ['granted, when the delay is over', active(60), request('Granted'), 61_000, undefined],
    ['no delay at all', active(0), request('Rejected'), 1000, undefined],
    [
      'counted from the test, not from the request',
      active(60),
      request('Granted', { submittedAt: 5000 }),
      64_999,
      early(65_000),
    ],
  ])('%s', (_, type, last, now, refusal) => {
    expect(canRequest(type, last, now)).toEqual(refusal)
  })

  test.each(['Inactive', 'Disposing', 'Disposed'])('nobody, when it is %s', (status) => {
    const refusal = { fault: 'InvalidQualificationTypeState', allowed: 'Active' }
    expect(canRequest({ status, retryDelay: 0 }, undefined, 0)).toEqual(refusal)
    expect(canRequest({ status, retryDelay: 0 }, request('Granted'), 1e15)).toEqual(refusal)
  })

  test('the time of the next try, for pages [websites 1.11]', () => {
    expect(retryTime({ retryDelay: undefined }, request('Granted'))).toBeUndefined()
    expect(retryTime({ retryDelay: 3 }, request('Granted', { submittedAt: 2000 }))).toBe(5000)
    expect(retryTime({ retryDelay: 2 ** 63 }, request('Granted'))).toBe(8.64e15)
  })
})
