// Money is whole cents in a bigint, branded so that no bare number can be paid by mistake. Every amount that
// enters or leaves a transfer passes through here, and none exceeds 2^53 - 1 cents, so that a store may keep it
// in a 64-bit integer and a reader may hold it in a double.

declare const brand: unique symbol
/** Whole US cents, 0 or more, at most 2^53 - 1. */
export type Cents = bigint & { readonly [brand]: 'cents' }

const greatest = BigInt(Number.MAX_SAFE_INTEGER)

export const zero = 0n as Cents

/** Brands a number of cents. Throws when it is negative, fractional or too great: that is a bug in the caller. */
export function cents(amount: bigint | number): Cents {
  const value = BigInt(amount)
  if (value < 0n || value > greatest) throw new RangeError(`not an amount of money: ${value} cents`)
  return value as Cents
}

/** `a + b`, or undefined when the sum exceeds what an amount may be. */
export function plus(a: Cents, b: Cents): Cents | undefined {
  const sum = a + b
  return sum > greatest ? undefined : (sum as Cents)
}

/** `amount × count`, or undefined when the product exceeds what an amount may be. `count` is a whole number ≥ 0. */
export function times(amount: Cents, count: number): Cents | undefined {
  const product = amount * BigInt(count)
  return product > greatest ? undefined : (product as Cents)
}

const pattern = /^([0-9]+)\.?([0-9]{0,2})$/

/**
 * Reads a dollar amount of the API's CurrencyAmount form (`5`, `5.`, `0.5`, `0.05`).
 * Undefined when the text has another form or the amount is too great [hits 4.1].
 */
export function parseDollars(text: string): Cents | undefined {
  const match = pattern.exec(text)
  if (match === null) return undefined
  // A reward of forty digits is text that the pattern allows: it is refused by size before it is computed.
  const whole = match[1]!.replace(/^0+(?=.)/, '')
  if (whole.length > 15) return undefined
  const value = BigInt(whole) * 100n + BigInt(match[2]!.padEnd(2, '0'))
  return value > greatest ? undefined : (value as Cents)
}

/** Dollars with two decimals and no sign: `0.05`, `10000.00` [hits 12.0]. */
export function formatDollars(amount: Cents): string {
  const text = amount.toString().padStart(3, '0')
  return `${text.slice(0, -2)}.${text.slice(-2)}`
}
