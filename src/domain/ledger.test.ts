import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { HIT } from './hit.ts'
import {
  bonusPayment,
  deposit,
  dueEscrow,
  hold,
  ownerOf,
  payment,
  release,
  withEscrow,
  type Transfer,
} from './ledger.ts'
import { cents, zero } from './money.ts'

function hit(changes: Partial<HIT> = {}): HIT {
  return {
    id: 'H',
    hitTypeId: 'T',
    requesterId: 'R',
    questionHash: '',
    annotation: undefined,
    createdAt: 0,
    expiresAt: 1,
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
    dueAt: undefined,
    ...changes,
  }
}

const line = ({ debit, credit, amount, kind, reference }: Transfer) =>
  `${kind}: ${debit} -> ${credit} ${amount} for ${reference}`

describe('the transfers of each event [hits 9.2, design 6]', () => {
  const bonus = { id: 'B', requesterId: 'R', workerId: 'W', amount: cents(25), fee: cents(5) }
  test.for([
    ['deposit', deposit('R', cents(100), 'D'), ['deposit: outside -> requester:R 100 for D']],
    ['creation, extension, override', hold(hit(), cents(60)), ['hold: requester:R -> escrow:H 60 for H']],
    ['rejection, expiry, return', release(hit(), cents(12)), ['release: escrow:H -> requester:R 12 for H']],
    [
      'approval',
      payment(hit(), 'A', 'W'),
      ['reward: escrow:H -> worker:W 10 for A', 'fee: escrow:H -> fees 2 for A'],
    ],
    ['approval without reward', payment(hit({ reward: zero }), 'A', 'W'), ['fee: escrow:H -> fees 2 for A']],
    [
      'approval without fee',
      payment(hit({ fee: zero }), 'A', 'W'),
      ['reward: escrow:H -> worker:W 10 for A'],
    ],
    [
      'bonus',
      bonusPayment(bonus),
      ['bonus: requester:R -> worker:W 25 for B', 'bonus fee: requester:R -> fees 5 for B'],
    ],
    ['bonus without fee', bonusPayment({ ...bonus, fee: zero }), ['bonus: requester:R -> worker:W 25 for B']],
    ['nothing held', hold(hit(), zero), []],
    ['nothing released', release(hit(), zero), []],
    ['nothing deposited', deposit('R', zero, 'D'), []],
  ] as [string, Transfer[], string[]][])('%s', ([, transfers, wanted]) => {
    expect(transfers.map(line)).toEqual(wanted)
  })
})

describe('escrow', () => {
  test('follows the transfers of its HIT and of no other', () => {
    const other = hold({ id: 'OTHER', requesterId: 'R' }, cents(99))
    const held = withEscrow(hit(), [...hold(hit(), cents(24)), ...other])
    expect(held.escrow).toBe(24n)
    expect(withEscrow(held, payment(held, 'A', 'W')).escrow).toBe(12n)
  })

  test('cannot pay what it does not hold: that is a bug', () => {
    expect(() => withEscrow(hit(), payment(hit(), 'A', 'W'))).toThrow('below zero')
  })

  test.for([
    ['new', {}, 60n],
    ['taken', { pending: 2 }, 60n],
    ['submitted', { pending: 1, submitted: 3, reviewed: 0 }, 60n],
    ['reviewed', { submitted: 3, reviewed: 2 }, 36n],
    ['expired', { slotsHeld: false, status: 'Reviewable' }, 0n],
    [
      'expired with open and unreviewed work',
      { slotsHeld: false, pending: 1, submitted: 2, reviewed: 1 },
      24n,
    ],
    ['disposed', { status: 'Disposed', submitted: 5, reviewed: 5 }, 0n],
    ['beyond what money can count', { maxAssignments: 1e9, reward: cents(1e9) }, undefined],
  ] as [string, Partial<HIT>, bigint | undefined][])(
    'holds what a HIT may still cost, %s',
    ([, changes, due]) => {
      expect(dueEscrow(hit(changes))).toBe(due)
    },
  )

  test('is what it should be after any life of a HIT', () => {
    const events = fc.array(
      fc.constantFrom('accept', 'submit', 'return', 'approve', 'reject', 'expire', 'more'),
    )
    fc.assert(
      fc.property(events, (list) => {
        let current = withEscrow(hit(), hold(hit(), cents(60)))
        for (const event of list) current = live(current, event)
        expect(current.escrow).toBe(dueEscrow(current))
      }),
    )
  })
})

/** What the acts do to a HIT, as numbers alone. */
function live(before: HIT, event: string): HIT {
  const free = before.maxAssignments - before.pending - before.submitted
  const unreviewed = before.submitted - before.reviewed
  const one = cents(12)
  switch (event) {
    case 'accept':
      return free > 0 && before.slotsHeld ? { ...before, pending: before.pending + 1 } : before
    case 'submit':
      return before.pending > 0
        ? { ...before, pending: before.pending - 1, submitted: before.submitted + 1 }
        : before
    case 'return': {
      if (before.pending === 0) return before
      const back = before.slotsHeld ? [] : release(before, one)
      return withEscrow({ ...before, pending: before.pending - 1 }, back)
    }
    case 'approve':
      if (unreviewed === 0) return before
      return withEscrow({ ...before, reviewed: before.reviewed + 1 }, payment(before, 'A', 'W'))
    case 'reject':
      if (unreviewed === 0) return before
      return withEscrow({ ...before, reviewed: before.reviewed + 1 }, release(before, one))
    case 'expire':
      if (!before.slotsHeld) return before
      return withEscrow({ ...before, slotsHeld: false }, release(before, cents(12 * free)))
    default: {
      const more = before.slotsHeld ? hold(before, one) : []
      return withEscrow({ ...before, maxAssignments: before.maxAssignments + 1 }, more)
    }
  }
}

test.for([
  ['requester:A1', 'requester', 'A1'],
  ['requester:A1', 'worker', undefined],
  ['escrow:3X', 'escrow', '3X'],
  ['worker:', 'worker', ''],
  ['fees', 'worker', undefined],
] as const)('the owner of %s as %s is %s', ([name, family, owner]) => {
  expect(ownerOf(name, family)).toBe(owner)
})
