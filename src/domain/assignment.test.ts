import { describe, expect, test } from 'vitest'
import {
  canApprove,
  canEnd,
  canRead,
  canReject,
  isSubmitted,
  next,
  type Assignment,
  type AssignmentEvent,
  type AssignmentState,
} from './assignment.ts'

const states: AssignmentState[] = ['open', 'returned', 'abandoned', 'Submitted', 'Approved', 'Rejected']
const events: AssignmentEvent[] = [
  'submit',
  'return',
  'abandon',
  'approve',
  'autoApprove',
  'reject',
  'override',
]

describe('every state with every event [hits 6.2]', () => {
  const table: Record<string, AssignmentState> = {
    'open submit': 'Submitted',
    'open return': 'returned',
    'open abandon': 'abandoned',
    'Submitted approve': 'Approved',
    'Submitted autoApprove': 'Approved',
    'Submitted reject': 'Rejected',
    'Rejected override': 'Approved',
  }
  const all = states.flatMap((state) => events.map((event) => [state, event] as const))
  test.for(all)('%s, %s', ([state, event]) => {
    expect(next(state, event)).toBe(table[`${state} ${event}`])
  })
})

const day = 86_400_000
function assignment(state: AssignmentState, more: Partial<Assignment> = {}): Assignment {
  return {
    id: 'ASSIGNMENT',
    hitId: 'HIT',
    hitTypeId: 'TYPE',
    requesterId: 'REQUESTER',
    workerId: 'WORKER',
    state,
    acceptedAt: 0,
    deadline: 1000,
    submittedAt: isSubmitted(state) ? 500 : undefined,
    autoApprovalAt: undefined,
    approvedAt: undefined,
    rejectedAt: undefined,
    feedback: undefined,
    dueAt: undefined,
    ...more,
  }
}

const wrong = (allowed: string) => ({ fault: 'InvalidAssignmentState', allowed })

describe('ApproveAssignment [hits 7.1]', () => {
  const inTime = 500 + 30 * day
  test.for([
    ['open', false, false, 600, wrong('null')],
    ['open', true, false, 600, wrong('null')],
    ['returned', true, false, 600, wrong('null')],
    ['abandoned', false, false, 600, wrong('null')],
    ['Submitted', false, false, 600, 'approve'],
    ['Submitted', true, false, 600, 'approve'],
    ['Submitted', false, false, inTime + 999 * day, 'approve'],
    ['Approved', false, false, 600, wrong('Submitted')],
    ['Approved', true, false, 600, wrong('Submitted')],
    ['Rejected', false, false, 600, wrong('Submitted')],
    ['Rejected', true, false, 600, 'override'],
    ['Rejected', true, false, inTime, 'override'],
    ['Rejected', true, false, inTime + 1, wrong('Submitted')],
    ['Rejected', true, true, 600, wrong('Submitted')],
  ] as [AssignmentState, boolean, boolean, number, unknown][])(
    '%s, override %s, HIT disposed %s, at %i: %o',
    ([state, override, disposed, now, wanted]) => {
      expect(canApprove(assignment(state), override, disposed, now)).toEqual(wanted)
    },
  )
})

test.for([
  ['open', wrong('null')],
  ['returned', wrong('null')],
  ['abandoned', wrong('null')],
  ['Submitted', undefined],
  ['Approved', wrong('Submitted')],
  ['Rejected', wrong('Submitted')],
] as [AssignmentState, unknown][])('RejectAssignment of %s: %o [hits 7.2]', ([state, wanted]) => {
  expect(canReject(assignment(state))).toEqual(wanted)
})

test.for(states)('GetAssignment of %s [hits 7.3]', (state) => {
  const wanted = ['Submitted', 'Approved', 'Rejected'].includes(state)
    ? undefined
    : wrong('Reviewable,Approved,Rejected')
  expect(canRead(assignment(state))).toEqual(wanted)
})

const ended = (state: string) => ({ fault: 'AssignmentNotOpen', state })

test.for([
  ['open', 999, undefined],
  ['open', 1000, ended('abandoned')],
  ['open', 1001, ended('abandoned')],
  ['returned', 999, ended('returned')],
  ['abandoned', 2000, ended('abandoned')],
  ['Submitted', 999, ended('submitted')],
  ['Approved', 999, ended('submitted')],
  ['Rejected', 2000, ended('submitted')],
] as [AssignmentState, number, unknown][])(
  'a worker submits or returns %s work at %i of 1000: %o [hits 6.2]',
  ([state, now, wanted]) => {
    expect(canEnd(assignment(state), now)).toEqual(wanted)
  },
)
