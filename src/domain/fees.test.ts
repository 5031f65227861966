import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assignmentFee, bonusFee, usualFees, type FeeRates } from './fees.ts'
import { cents } from './money.ts'

const free: FeeRates = { base: 0, tenOrMore: 0, masters: 0, bonus: 0, minimum: 0 }

describe('fee of an assignment [hits 9.1]', () => {
  // Reward in cents, MaxAssignments, Masters, fee in cents.
  test.for([
    [5, 3, false, 1],
    [50, 10, false, 20],
    [53, 1, false, 11],
    // 20 %: 0.104 → 0.10, 0.105 → 0.11 (as 21 % is none, the half comes with 25 %), 0.108 → 0.11
    [52, 1, false, 10],
    [54, 1, false, 11],
    [42, 1, true, 11],
    // A reward of 0.01 costs 0.02, one of 0.00 costs 0.01.
    [1, 1, false, 1],
    [0, 1, false, 1],
    [0, 1_000_000_000, true, 1],
    // The minimum applies to the sum of the rates: 0.01 at 45 % is 0.0045.
    [1, 10, true, 1],
    [2, 10, true, 1],
    [3, 10, true, 1],
    [4, 10, true, 2],
    [10, 10, true, 5],
    [9, 10, true, 4],
    [30, 10, true, 14],
    // 40 % from ten on, not at nine.
    [100, 9, false, 20],
    [100, 10, false, 40],
    [100, 11, false, 40],
    [100, 9, true, 25],
    [100, 10, true, 45],
    [1037, 1, false, 207],
    [1038, 1, false, 208],
  ] as const)('reward %i, %i assignments, Masters %s: %i', ([reward, assignments, masters, fee]) => {
    expect(assignmentFee(usualFees, cents(reward), assignments, masters)).toBe(BigInt(fee))
  })

  test.for([
    [{ ...free }, 100, 0],
    [{ ...free, minimum: 3 }, 100, 3],
    [{ ...free, base: 0.45 }, 100, 0],
    [{ ...free, base: 0.45 }, 111, 0],
    [{ ...free, base: 0.45 }, 112, 1],
    [{ ...free, base: 0.5 }, 100, 1],
    [{ ...free, base: 0.49 }, 100, 0],
    [{ ...free, base: 12.5 }, 4, 1],
    [{ ...free, base: 12.5 }, 3, 0],
    [{ ...free, base: 100 }, 100, 100],
  ] as [FeeRates, number, number][])('rates %o on %i cents: %i', ([rates, reward, fee]) => {
    expect(assignmentFee(rates, cents(reward), 1, false)).toBe(BigInt(fee))
  })

  test('is the rounding, half up, of the exact product', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.nat(50), (reward, hundredths) => {
        const exact = BigInt(reward) * BigInt(hundredths)
        const fee = assignmentFee({ ...free, base: hundredths / 100 }, cents(reward), 1, false)
        expect(2n * exact).toBeGreaterThanOrEqual(2n * fee * 10_000n - 10_000n)
        expect(2n * exact).toBeLessThan(2n * fee * 10_000n + 10_000n)
      }),
    )
  })
})

describe('fee of a bonus [hits 9.1]', () => {
  test.for([
    [1, 1],
    [5, 1],
    [7, 1],
    [8, 2],
    [25, 5],
    [100, 20],
    [104, 21],
    [102, 20],
    [103, 21],
  ] as const)('bonus of %i cents: %i', ([bonus, fee]) => {
    expect(bonusFee(usualFees, cents(bonus))).toBe(BigInt(fee))
  })

  test('is nothing when the operator charges nothing', () => {
    expect(bonusFee(free, cents(1_000_000))).toBe(0n)
  })

  test('has no extra rate for large HITs or Masters', () => {
    expect(bonusFee({ ...usualFees, tenOrMore: 99, masters: 99 }, cents(100))).toBe(20n)
  })
})
