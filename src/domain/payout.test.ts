import { expect, test } from 'vitest'
import { cents } from './money.ts'
import { nextPayoutAt, payoutMessage, readAmount, refuseAmount, scheduleDays, type Payout } from './payout.ts'

test.for([
  // amount, balance, minimum, refusal
  [100n, 100n, 100n, undefined],
  [250n, 1000n, 100n, undefined],
  [1n, 1n, 0n, undefined],
  [99n, 1000n, 100n, 'PayoutTooSmall'],
  [99n, 99n, 100n, 'PayoutTooSmall'],
  [0n, 0n, 0n, 'PayoutTooSmall'],
  [0n, 5n, 100n, 'PayoutTooSmall'],
  [1001n, 1000n, 100n, 'PayoutTooLarge'],
  // Who has less than the minimum and asks for more is told what he has.
  [100n, 99n, 100n, 'PayoutTooLarge'],
] as const)(
  '%s of %s cents with a minimum of %s: %s [websites 1.10]',
  ([amount, balance, minimum, refusal]) => {
    expect(refuseAmount(cents(amount), cents(balance), cents(minimum))?.fault).toBe(refusal)
  },
)

test.for([
  ['5', 500n],
  ['5.', 500n],
  ['0.01', 1n],
  ['.75', 75n],
  [' $ 12.50 ', 1250n],
  ['1,000.00', 100_000n],
  ['1 234 567.8', 123_456_780n],
  ['$12,345', 1_234_500n],
  ['0', 0n],
  ['90071992547409.91', 2n ** 53n - 1n],
  // A decimal comma is no thousands separator: twelve and a half must not become 1,250.
  ['12,50', undefined],
  ['0,5', undefined],
  ['1,00', undefined],
  ['1,0000', undefined],
  ['1000,000', undefined],
  [',500', undefined],
  ['1,000.000', undefined],
  ['1.000', undefined],
  ['1.000,00', undefined],
  ['1 50', undefined],
  ['0.001', undefined],
  ['1e3', undefined],
  ['0x10', undefined],
  ['-0', undefined],
  ['-5', undefined],
  ['+5', undefined],
  ['٣', undefined],
  ['５', undefined],
  ['', undefined],
  ['.', undefined],
  ['$', undefined],
  ['NaN', undefined],
  ['Infinity', undefined],
  ['9007199254740993', undefined],
  ['90071992547409.92', undefined],
  ['1'.repeat(40), undefined],
  ['5\u0000', undefined],
  ['5 $', undefined],
] as const)('the amount "%s" is read as %s cents [websites 1.10]', ([typed, amount]) => {
  expect(readAmount(typed)).toBe(amount)
})

test('a schedule pays so many days later, or never [websites 1.10]', () => {
  expect(scheduleDays.map((days) => nextPayoutAt(1000, days))).toEqual([
    undefined,
    ...[3, 7, 14, 30].map((days) => 1000 + days * 86_400_000),
  ])
})

const payout: Payout = {
  id: '3A',
  workerId: 'AW',
  amount: cents(1250),
  state: 'paid',
  method: 'Gift card',
  details: undefined,
  automatic: false,
  requestedAt: 0,
  settledAt: 1,
  note: undefined,
}

test('the worker is told what became of it, with the operator’s words, and not what he did himself', () => {
  expect(payoutMessage(payout)).toEqual({
    subject: 'Your payout of $12.50 was paid',
    text: 'Your payout of $12.50 was paid (Gift card).',
  })
  expect(payoutMessage({ ...payout, state: 'failed', note: 'No such address.' })).toEqual({
    subject: 'Your payout of $12.50 could not be paid',
    text: 'Your payout of $12.50 (Gift card) could not be paid. The money is in your balance again.\n\nNo such address.',
  })
  expect(payoutMessage({ ...payout, state: 'cancelled' })).toBeUndefined()
})
