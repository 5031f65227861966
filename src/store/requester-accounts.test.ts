import { expect, test } from 'vitest'
import { cents } from '../domain/money.ts'
import { onBothStores } from '../../test/support/stores.ts'
import * as accounts from './requester-accounts.ts'

const greatest = cents(Number.MAX_SAFE_INTEGER)

onBothStores("requesters' accounts", (stores) => {
  test('are empty until they are first credited [hits 9.2]', async () => {
    const { production } = stores()
    expect(await production.read((tx) => accounts.available(tx, 'NEW'))).toBe(0n)
    expect(await production.write((tx) => accounts.debit(tx, 'NEW', cents(1)))).toBe(false)
    await production.write((tx) => accounts.credit(tx, 'NEW', cents(5)))
    await production.write((tx) => accounts.credit(tx, 'NEW', cents(7)))
    expect(await production.read((tx) => accounts.available(tx, 'NEW'))).toBe(12n)
  })

  test('give what they hold and not a cent more [hits 9.3]', async () => {
    const { production } = stores()
    await production.write((tx) => accounts.credit(tx, 'SPENDER', cents(10)))
    const debit = (amount: number) => production.write((tx) => accounts.debit(tx, 'SPENDER', cents(amount)))
    const cases: [amount: number, isTaken: boolean, left: bigint][] = [
      [11, false, 10n],
      [4, true, 6n],
      [7, false, 6n],
      [6, true, 0n],
      [1, false, 0n],
      [0, true, 0n],
    ]
    for (const [amount, isTaken, left] of cases) {
      expect(await debit(amount), `${amount}`).toBe(isTaken)
      expect(await production.read((tx) => accounts.available(tx, 'SPENDER'))).toBe(left)
    }
  })

  test('of many spenders at once serve as many as there is money for [hits 9.3, 12.13]', async () => {
    const { production } = stores()
    await production.write((tx) => accounts.credit(tx, 'RUSH', cents(10)))
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => production.write((tx) => accounts.debit(tx, 'RUSH', cents(3)))),
    )
    expect(answers.filter(Boolean)).toHaveLength(3)
    expect(await production.read((tx) => accounts.available(tx, 'RUSH'))).toBe(1n)
  })

  test('hold 2⁵³−1 cents and refuse more [design 6]', async () => {
    const { production } = stores()
    await production.write((tx) => accounts.credit(tx, 'RICH', greatest))
    expect(await production.read((tx) => accounts.available(tx, 'RICH'))).toBe(greatest)
    await expect(production.write((tx) => accounts.credit(tx, 'RICH', cents(1)))).rejects.toThrow(
      'more than money can count',
    )
    expect(await production.read((tx) => accounts.available(tx, 'RICH'))).toBe(greatest)
    expect(await production.write((tx) => accounts.debit(tx, 'RICH', greatest))).toBe(true)
    expect(await production.read((tx) => accounts.available(tx, 'RICH'))).toBe(0n)
  })

  test('cannot be made negative, whatever the statement [design 6]', async () => {
    const { production } = stores()
    const wrong = production.write((tx) => accounts.credit(tx, 'DEBTOR', -1n as never))
    await expect(wrong).rejects.toThrow(/check/i)
  })

  test('are of one market alone', async () => {
    const { production, sandbox } = stores()
    await production.write((tx) => accounts.credit(tx, 'BOTH', cents(3)))
    expect(await sandbox.read((tx) => accounts.available(tx, 'BOTH'))).toBe(0n)
  })
})
