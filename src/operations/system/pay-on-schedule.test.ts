import { afterEach, expect, test } from 'vitest'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { earn, earner } from '../../../test/support/payouts.ts'
import { createHIT, earningsOf, work } from '../../../test/support/steps.ts'
import { must } from '../../../test/support/worker-calls.ts'
import { ListPayouts } from '../worker/ListPayouts.ts'
import { SetPayoutSchedule } from '../worker/SetPayoutMethod.ts'
import { system } from '../operation.ts'
import { PayOnSchedule } from './pay-on-schedule.ts'

const day = 86_400

onBothDatabases('payouts by schedule [websites 1.10]', (market) => {
  afterEach(() => checkLedger(market()))

  const payoutsOf = async (worker: { workerId: string }) =>
    (await must(market(), worker, ListPayouts, {})).payouts

  test('ask for all there is at their time, again and again, and for nothing when it is too little', async () => {
    const worker = await earner(market(), '5.00')
    const { nextAt } = await must(market(), worker, SetPayoutSchedule, { days: 3 })
    await market().advance(3 * day - 1)
    expect(await payoutsOf(worker)).toEqual([])
    await market().advance(1)
    expect(await payoutsOf(worker)).toEqual([
      expect.objectContaining({ amount: 500n, automatic: true, requestedAt: nextAt, state: 'requested' }),
    ])
    await earn(market(), worker, '0.99')
    await market().advance(3 * day)
    expect(await payoutsOf(worker)).toHaveLength(1)
    await earn(market(), worker, '0.01')
    await market().advance(3 * day)
    expect((await payoutsOf(worker)).map(({ amount }) => amount)).toEqual([100n, 500n])
    await must(market(), worker, SetPayoutSchedule, { days: 0 })
    await earn(market(), worker, '5.00')
    await market().advance(30 * day)
    expect(await payoutsOf(worker)).toHaveLength(2)
    expect((await must(market(), worker, ListPayouts, {})).method?.nextAt).toBeUndefined()
  })

  test('a clock that leaps pays at each time what there was then', async () => {
    const worker = await earner(market(), '2.00')
    const start = market().clock.now()
    await must(market(), worker, SetPayoutSchedule, { days: 7 })
    const client = await market().requester()
    // Approved by themselves on the tenth day, between the first payout and the second.
    await work(worker, await createHIT(client, { Reward: '4.00', AutoApprovalDelayInSeconds: 10 * day }))
    await market().advance(40 * day)
    const payouts = await payoutsOf(worker)
    expect(payouts.map(({ amount, requestedAt }) => [amount, (requestedAt - start) / 1000 / day])).toEqual([
      [400n, 14],
      [200n, 7],
    ])
    expect((await must(market(), worker, ListPayouts, {})).method?.nextAt).toBe(start + 42 * day * 1000)
  })

  test('each time is used once, however many look', async () => {
    const worker = await earner(market(), '5.00')
    const { nextAt } = await must(market(), worker, SetPayoutSchedule, { days: 3 })
    const { runner } = market().market
    await Promise.all(
      Array.from({ length: 10 }, () =>
        runner.run(PayOnSchedule, system, { workerId: worker.workerId, at: nextAt! }, { at: nextAt! }),
      ),
    )
    expect(await payoutsOf(worker)).toHaveLength(1)
    expect((await earningsOf(market(), worker.workerId)).balance).toBe(0n)
    await must(market(), worker, SetPayoutSchedule, { days: 0 })
  })
})
