import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isFault } from './fault.ts'
import {
  available,
  canChangeType,
  canDelete,
  canExtend,
  canMark,
  isExpired,
  refuseDisposed,
  settled,
  statusOf,
  type HIT,
  type HITStatus,
} from './hit.ts'
import { cents, zero } from './money.ts'

const expiration = 1_000_000
const day = 86_400_000

function hit(changes: Partial<HIT> = {}): HIT {
  return {
    id: 'HIT',
    hitTypeId: 'TYPE',
    requesterId: 'REQUESTER',
    questionHash: '',
    annotation: undefined,
    createdAt: 0,
    expiresAt: expiration,
    maxAssignments: 5,
    firstAssignments: 5,
    reward: cents(10),
    fee: cents(2),
    pending: 0,
    submitted: 0,
    reviewed: 0,
    escrow: zero,
    slotsHeld: true,
    status: 'Assignable',
    reviewableAt: undefined,
    dueAt: expiration,
    ...changes,
  }
}

describe('the state follows from the data [hits 5.2]', () => {
  // Stored state, pending, submitted of 5, now, state.
  test.for([
    ['Assignable', 0, 0, 0, 'Assignable'],
    ['Assignable', 0, 0, expiration - 1, 'Assignable'],
    ['Assignable', 0, 0, expiration, 'Reviewable'],
    ['Assignable', 4, 0, expiration - 1, 'Assignable'],
    ['Assignable', 4, 0, expiration, 'Unassignable'],
    ['Assignable', 5, 0, 0, 'Unassignable'],
    ['Assignable', 1, 4, 0, 'Unassignable'],
    ['Assignable', 0, 5, 0, 'Reviewable'],
    ['Assignable', 0, 4, 0, 'Assignable'],
    ['Reviewing', 0, 5, 0, 'Reviewing'],
    ['Reviewing', 0, 4, expiration, 'Reviewing'],
    ['Reviewing', 0, 4, 0, 'Assignable'],
    ['Reviewing', 1, 4, expiration, 'Unassignable'],
    ['Disposed', 0, 0, 0, 'Disposed'],
    ['Disposed', 1, 1, expiration, 'Disposed'],
  ] as [HITStatus, number, number, number, HITStatus][])(
    'stored %s, %i pending, %i submitted, at %i: %s',
    ([status, pending, submitted, now, wanted]) => {
      expect(statusOf(hit({ status, pending, submitted }), now)).toBe(wanted)
    },
  )

  test("the developer guide's example with five assignments", () => {
    const steps: [string, number, number, HITStatus, number, number][] = [
      ['new', 0, 0, 'Assignable', 5, 0],
      ['three accepted', 3, 0, 'Assignable', 2, 3],
      ['all accepted, two submitted', 3, 2, 'Unassignable', 0, 3],
      ['one returned', 2, 2, 'Assignable', 1, 2],
      ['all submitted', 0, 5, 'Reviewable', 0, 0],
    ]
    let current = hit()
    for (const [name, pending, submitted, status, free, open] of steps) {
      current = settled({ ...current, pending, submitted }, 1)
      expect([name, current.status, available(current), current.pending]).toEqual([name, status, free, open])
    }
    for (const reviewed of [3, 5]) {
      current = settled({ ...current, reviewed }, 2)
      expect([current.status, available(current)]).toEqual(['Reviewable', 0])
    }
  })

  test('available keeps the unused slots after expiration [hits 5.4]', () => {
    expect(available(settled(hit({ pending: 1, submitted: 1 }), expiration))).toBe(3)
  })
})

describe('transitions [hits 5.3]', () => {
  test.for([
    ['last free slot accepted', { pending: 4 }, { pending: 5 }, 0, 'Assignable', 'Unassignable'],
    ['expiry with open work', { pending: 1 }, { slotsHeld: false }, expiration, 'Assignable', 'Unassignable'],
    ['expiry without', {}, { slotsHeld: false }, expiration, 'Assignable', 'Reviewable'],
    ['return before expiry', { pending: 5 }, { pending: 4 }, 0, 'Unassignable', 'Assignable'],
    ['added assignments', { pending: 5 }, { maxAssignments: 6 }, 0, 'Unassignable', 'Assignable'],
    [
      'last submission',
      { pending: 1, submitted: 4 },
      { pending: 0, submitted: 5 },
      0,
      'Unassignable',
      'Reviewable',
    ],
    ['more assignments', { submitted: 5 }, { maxAssignments: 6 }, 0, 'Reviewable', 'Assignable'],
    [
      'extension clears the mark',
      { submitted: 5, status: 'Reviewing' },
      { maxAssignments: 6 },
      0,
      'Reviewing',
      'Assignable',
    ],
    ['review changes nothing', { submitted: 5 }, { reviewed: 5 }, 0, 'Reviewable', 'Reviewable'],
  ] as [string, Partial<HIT>, Partial<HIT>, number, HITStatus, HITStatus][])(
    '%s',
    ([, before, change, now, from, to]) => {
      const start = settled(hit(before), 0)
      expect(start.status).toBe(from)
      expect(settled({ ...start, ...change }, now).status).toBe(to)
    },
  )

  test('prolonging an expired HIT makes it assignable only if a slot is free [hits 5.6]', () => {
    const prolonged = { expiresAt: 2 * expiration, slotsHeld: true }
    const expired = settled(hit({ submitted: 4, slotsHeld: false }), expiration)
    expect(settled({ ...expired, ...prolonged }, expiration).status).toBe('Assignable')
    const full = settled(hit({ submitted: 5, slotsHeld: false }), expiration)
    expect(settled({ ...full, ...prolonged }, expiration).status).toBe('Reviewable')
  })
})

test('a HIT whose slots have lost their money has expired, also for who comes with an earlier time [hits 5.5]', () => {
  const expired = hit({ slotsHeld: false })
  expect([isExpired(expired, expiration - 1), settled(expired, expiration - 1).status]).toEqual([
    true,
    'Reviewable',
  ])
})

describe('when the timers must look at a HIT [hits 5.5, 5.8]', () => {
  test.for([
    ['open slots: at its expiration', { slotsHeld: true }, 0, expiration],
    ['expired with open work: not by itself', { slotsHeld: false, pending: 1 }, expiration, undefined],
    ['expired: 120 days later', { slotsHeld: false }, expiration, expiration + 120 * day],
    [
      'reviewable before: 120 days from then',
      { slotsHeld: false, reviewableAt: 5 },
      expiration,
      5 + 120 * day,
    ],
    ['all submitted: at its expiration', { submitted: 5 }, 7, expiration],
    [
      'all submitted early in a year: 120 days later, not at its expiration',
      { submitted: 5, expiresAt: 365 * day },
      7,
      7 + 120 * day,
    ],
    ['disposed: never', { status: 'Disposed', slotsHeld: false }, expiration, undefined],
  ] as [string, Partial<HIT>, number, number | undefined][])('%s', ([, changes, now, dueAt]) => {
    expect(settled(hit(changes), now).dueAt).toBe(dueAt)
  })

  test('the time of being reviewable ends when the HIT is assignable again', () => {
    const reviewable = settled(hit({ submitted: 5 }), 7)
    expect(reviewable.reviewableAt).toBe(7)
    expect(settled({ ...reviewable, maxAssignments: 6 }, 8).reviewableAt).toBeUndefined()
    expect(settled(reviewable, 9).reviewableAt).toBe(7)
  })

  test('settled twice is settled once', () => {
    const counts = fc.record({ pending: fc.nat(2), submitted: fc.nat(3), slotsHeld: fc.boolean() })
    const states = fc.constantFrom<HITStatus>(
      'Assignable',
      'Unassignable',
      'Reviewable',
      'Reviewing',
      'Disposed',
    )
    fc.assert(
      fc.property(counts, states, fc.nat(2 * expiration), (count, status, now) => {
        const once = settled(hit({ ...count, status }), now)
        expect(settled(once, now)).toEqual(once)
      }),
    )
  })
})

const everyState: HITStatus[] = ['Assignable', 'Unassignable', 'Reviewable', 'Reviewing', 'Disposed']
const inState = (status: HITStatus, more: Partial<HIT> = {}) => hit({ status, ...more })
const refused = (state: HITStatus, allowed: string) => ({ fault: 'InvalidHITState', state, allowed })

describe('what a state allows', () => {
  test.for(everyState)('%s: DeleteHIT [hits 12.12]', (status) => {
    const allowed = status === 'Reviewable' || status === 'Reviewing'
    expect(canDelete(inState(status))).toEqual(allowed ? undefined : refused(status, 'Reviewing, Reviewable'))
    expect(canDelete(inState(status, { submitted: 2, reviewed: 2 }))).toEqual(canDelete(inState(status)))
    // Unreviewed work: the text names the state although it is in the list.
    expect(canDelete(inState(status, { submitted: 2, reviewed: 1 }))).toEqual(
      refused(status, 'Reviewing, Reviewable'),
    )
  })

  test.for(everyState)('%s: UpdateHITReviewStatus works in one direction [hits 12.10]', (status) => {
    expect(canMark(inState(status), false)).toEqual(
      status === 'Reviewable' ? undefined : refused(status, 'Reviewable'),
    )
    expect(canMark(inState(status), true)).toEqual(
      status === 'Reviewing' ? undefined : refused(status, 'Reviewing'),
    )
  })

  test.for(everyState)('%s: all but disposed ones can be changed [hits 11.5]', (status) => {
    const wanted =
      status === 'Disposed'
        ? refused('Disposed', 'Assignable, Unassignable, Reviewing, Reviewable')
        : undefined
    expect(refuseDisposed(inState(status))).toEqual(wanted)
    expect(canExtend(inState(status), 1)).toEqual(wanted)
    expect(canChangeType(inState(status))).toEqual(wanted)
  })

  test.for([
    ['untouched', {}, undefined],
    ['taken', { pending: 1 }, 'Unassignable'],
    ['done', { submitted: 1, reviewed: 1 }, 'Unassignable'],
  ] as [string, Partial<HIT>, string | undefined][])(
    'UpdateHITTypeOfHIT, %s [hits 12.11]',
    ([, more, state]) => {
      expect(canChangeType(inState('Unassignable', more))).toEqual(
        state && refused('Unassignable', 'Assignable'),
      )
    },
  )
})

describe('the rule of ten [hits 5.7]', () => {
  test.for([
    [1, 1, 8, undefined],
    [1, 1, 9, 'InvalidMaximumAssignmentsIncrease'],
    [9, 9, 1, 'InvalidMaximumAssignmentsIncrease'],
    [5, 9, 1, 'InvalidMaximumAssignmentsIncrease'],
    [5, 8, 1, undefined],
    [10, 10, 1, undefined],
    [10, 10, 999_999_990, undefined],
    [10, 10, 999_999_991, 'ParameterOutOfRange'],
  ] as [number, number, number, string | undefined][])(
    'made with %i, now %i, %i more: %s',
    ([firstAssignments, maxAssignments, more, fault]) => {
      const refusal = canExtend(hit({ firstAssignments, maxAssignments }), more)
      expect(isFault(refusal) ? refusal.fault : undefined).toBe(fault)
    },
  )
})
