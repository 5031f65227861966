import { afterEach, expect, test } from 'vitest'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases, type TestWorker } from '../../../test/support/market.ts'
import { ask, earner } from '../../../test/support/payouts.ts'
import { changesIn } from '../../../test/support/refusals.ts'
import { earningsOf } from '../../../test/support/steps.ts'
import { attempt, must } from '../../../test/support/worker-calls.ts'
import { cents } from '../../domain/money.ts'
import { isFault } from '../../domain/fault.ts'
import { operator } from '../operation.ts'
import { GetLedger } from '../operator/GetLedger.ts'
import { ListPayouts } from './ListPayouts.ts'
import { RequestPayout } from './RequestPayout.ts'

onBothDatabases('RequestPayout', (market) => {
  afterEach(() => checkLedger(market()))

  const balanceOf = async ({ workerId }: TestWorker) => Number((await earningsOf(market(), workerId)).balance)
  const request = (worker: TestWorker, amount: number | undefined, token?: string) =>
    attempt(market(), worker, RequestPayout, {
      amount: amount === undefined ? undefined : cents(amount),
      token,
    })

  test('of all or of a part holds the money until it is settled [design 6, websites 1.10]', async () => {
    const worker = await earner(market(), '10.00')
    const first = await ask(market(), worker, 250)
    expect(first).toMatchObject({
      workerId: worker.workerId,
      amount: 250n,
      state: 'requested',
      method: 'Bank transfer',
      automatic: false,
      requestedAt: market().clock.now(),
    })
    expect(market().market.secrets.decrypt(first.details!)).toBe('Account 12345')
    expect(await balanceOf(worker)).toBe(750)
    expect(await ask(market(), worker)).toMatchObject({ amount: 750n })
    expect(await balanceOf(worker)).toBe(0)
    const listed = await must(market(), worker, ListPayouts, {})
    expect(listed.underWay).toBe(1000n)
    expect(listed.payouts.map(({ amount }) => amount)).toEqual([750n, 250n])
    const ledger = await market().market.runner.run(GetLedger, operator, {})
    expect(isFault(ledger) || ledger.payouts >= 1000n).toBe(true)
    // What was earned stays what was earned.
    expect((await earningsOf(market(), worker.workerId)).rewards).toBe(1000n)
  })

  test.for([
    [undefined, 99, 'PayoutTooSmall'],
    [99, 500, 'PayoutTooSmall'],
    [0, 500, 'PayoutTooSmall'],
    [501, 500, 'PayoutTooLarge'],
  ] as const)('of %s of %s cents is refused, and nothing changes: %s', async ([amount, earned, fault]) => {
    const worker = await earner(market(), (earned / 100).toFixed(2))
    const before = await changesIn(market())
    expect(await request(worker, amount)).toMatchObject({ fault })
    expect(await changesIn(market())).toBe(before)
    expect(await balanceOf(worker)).toBe(earned)
  })

  test('without a method is refused', async () => {
    const worker = await earner(market(), '5.00', '')
    expect(await request(worker, undefined)).toEqual({ fault: 'PayoutMethodMissing' })
  })

  test('of a form that is sent twice asks once, also at the same time', async () => {
    const worker = await earner(market(), '10.00')
    const all = await Promise.all(Array.from({ length: 8 }, () => request(worker, 200, 'a form')))
    expect(new Set(all.map((one) => !isFault(one) && one.id)).size).toBe(1)
    expect(await balanceOf(worker)).toBe(800)
    // Another worker's form may have the same token.
    const other = await earner(market(), '10.00')
    expect(await request(other, 200, 'a form')).toMatchObject({ workerId: other.workerId })
  })

  test('a form that is sent again with another amount asks for that too', async () => {
    const worker = await earner(market(), '10.00')
    const first = await request(worker, 500, 'a form')
    const second = await request(worker, 300, 'a form')
    expect(second).toMatchObject({ amount: 300n, state: 'requested' })
    expect(await request(worker, 300, 'a form')).toEqual(second)
    expect(await request(worker, 500, 'a form')).toEqual(first)
    expect(await balanceOf(worker)).toBe(200)
  })

  test('ten at once never take more than there is', async () => {
    const worker = await earner(market(), '5.00')
    const all = await Promise.all(Array.from({ length: 10 }, () => request(worker, 100)))
    expect(all.filter((one) => !isFault(one))).toHaveLength(5)
    expect(await balanceOf(worker)).toBe(0)
  })
})
