// What the operator charges, in hundredths of a cent until it is rounded, once [hits 9.1].
import { cents, type Cents } from './money.ts'
import { market } from '../limits.ts'

/** Fee rates in percent, and the least fee in cents. An operator may set all of them to 0. */
export interface FeeRates {
  base: number
  tenOrMore: number
  masters: number
  bonus: number
  minimum: number
}

/** What the real service charged. */
export const usualFees: FeeRates = { base: 20, tenOrMore: 20, masters: 5, bonus: 20, minimum: 1 }

/** Fee of one assignment: the rates are added, then rounded half up, and are at least the minimum. */
export function assignmentFee(
  rates: FeeRates,
  reward: Cents,
  firstAssignments: number,
  needsMasters: boolean,
): Cents {
  const percent =
    rates.base +
    (firstAssignments >= market.assignmentsWithHigherFee ? rates.tenOrMore : 0) +
    (needsMasters ? rates.masters : 0)
  return atLeast(rates, share(reward, percent))
}

/** Fee of one bonus payment. */
export function bonusFee(rates: FeeRates, bonus: Cents): Cents {
  return atLeast(rates, share(bonus, rates.bonus))
}

function share(amount: Cents, percent: number): bigint {
  // Percent may have decimals in a configuration: counted in hundredths of a percent.
  const hundredths = BigInt(Math.round(percent * 100))
  return (amount * hundredths + 5000n) / 10_000n
}

function atLeast(rates: FeeRates, fee: bigint): Cents {
  return cents(fee < BigInt(rates.minimum) ? BigInt(rates.minimum) : fee)
}
