import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cents, formatDollars, parseDollars, plus, times, zero, type Cents } from './money.ts'

const greatest = 2n ** 53n - 1n
const amounts = fc.bigInt({ min: 0n, max: greatest })

describe('parseDollars [hits 4.1]', () => {
  test.for([
    ['0', 0n],
    ['0.', 0n],
    ['0.0', 0n],
    ['0.00', 0n],
    ['5', 500n],
    ['5.', 500n],
    ['0.5', 50n],
    ['0.05', 5n],
    ['00.50', 50n],
    ['000000000000000000000000000000000001', 100n],
    ['10000.00', 1_000_000n],
    ['90071992547409.91', greatest],
    ['000090071992547409.91', greatest],
  ] as const)('%s is %s cents', ([text, amount]) => {
    expect(parseDollars(text)).toBe(amount)
  })

  test.for([
    '',
    ' 1',
    '1 ',
    '1\n',
    '.5',
    '.',
    '0.123',
    '0.9752',
    '-1',
    '+1',
    '$1',
    '1,00',
    '1.00.0',
    '1e2',
    '0x1',
    '١',
    'NaN',
    '90071992547409.92',
    '100000000000000',
    '9'.repeat(40),
  ])('%j is none', (text) => {
    expect(parseDollars(text)).toBeUndefined()
  })

  test('takes exactly the texts of the pattern that are not too great', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9.,-]{0,12}$/), (text) => {
        expect(parseDollars(text) !== undefined).toBe(/^[0-9]+(\.)?[0-9]{0,2}$/.test(text))
      }),
    )
  })
})

describe('formatDollars [hits 12.0]', () => {
  test.for([
    [0n, '0.00'],
    [1n, '0.01'],
    [10n, '0.10'],
    [99n, '0.99'],
    [100n, '1.00'],
    [1_000_000n, '10000.00'],
    [greatest, '90071992547409.91'],
  ] as const)('%s cents are %s', ([amount, text]) => {
    expect(formatDollars(cents(amount))).toBe(text)
  })

  test('is read back as the same amount', () => {
    fc.assert(fc.property(amounts, (amount) => parseDollars(formatDollars(cents(amount))) === amount))
  })
})

describe('an amount is between 0 and 2^53 - 1 cents [design 6]', () => {
  test.for([-1n, -1, greatest + 1n, 2 ** 53])('%s cents are a bug', (amount) => {
    expect(() => cents(amount)).toThrow(RangeError)
  })

  test.for([0.5, NaN, Infinity])('%s is no whole number of cents', (amount) => {
    expect(() => cents(amount)).toThrow()
  })

  test('plus and times answer the sum and product, or undefined beyond the limit', () => {
    const within = (amount: bigint) => (amount > greatest ? undefined : amount)
    fc.assert(
      fc.property(amounts, amounts, fc.nat(1_000_000_000), (a, b, count) => {
        expect(plus(cents(a), cents(b))).toBe(within(a + b))
        expect(times(cents(a), count)).toBe(within(a * BigInt(count)))
      }),
    )
  })

  test.for([
    ['plus', plus(cents(greatest), zero), greatest],
    ['plus', plus(cents(greatest), cents(1)), undefined],
    ['times', times(cents(greatest), 1), greatest],
    ['times', times(cents(greatest), 2), undefined],
    ['times', times(cents(greatest), 0), 0n],
    ['times', times(cents(90_071_992), 100_000_000), 9_007_199_200_000_000n],
  ] as [string, Cents | undefined, bigint | undefined][])('%s at the edge: %s', ([, given, wanted]) => {
    expect(given).toBe(wanted)
  })
})
