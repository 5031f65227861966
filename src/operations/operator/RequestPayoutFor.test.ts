import { afterEach, expect, test } from 'vitest'
import { auditMarket } from '../../../test/support/at-once.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { earner } from '../../../test/support/payouts.ts'
import { earningsOf } from '../../../test/support/steps.ts'
import { isFault } from '../../domain/fault.ts'
import { cents } from '../../domain/money.ts'
import { operator } from '../operation.ts'
import { closeAccount } from '../worker/CloseAccount.ts'
import { RequestPayoutFor } from './RequestPayoutFor.ts'
import { SettlePayout } from './SettlePayout.ts'

onBothDatabases('RequestPayoutFor', (market) => {
  afterEach(() => auditMarket(market()))

  const request = (workerId: string, amount?: number) =>
    market().market.runner.run(RequestPayoutFor, operator, {
      workerId,
      amount: amount === undefined ? undefined : cents(amount),
      method: 'Cheque',
    })
  const closed = async (dollars: string) => {
    const { workerId } = await earner(market(), dollars)
    const input = { email: undefined, givesUp: true, wallNow: market().clock.now() }
    await closeAccount([market().market.runner], { kind: 'worker', workerId }, input)
    return workerId
  }
  const balanceOf = async (workerId: string) => (await earningsOf(market(), workerId)).balance

  test('brings what is left on a closed account on its way, however little [websites 1.10]', async () => {
    const workerId = await closed('0.60')
    const first = await request(workerId, 10)
    expect(first).toMatchObject({ workerId, amount: 10n, state: 'requested', method: 'Cheque' })
    const rest = await request(workerId)
    if (isFault(rest)) throw new Error(rest.fault)
    expect(rest.amount).toBe(50n)
    expect(await balanceOf(workerId)).toBe(0n)
    const settled = await market().market.runner.run(SettlePayout, operator, {
      payoutId: rest.id,
      result: 'failed',
    })
    expect(settled).toMatchObject({ state: 'failed', details: undefined })
    expect(await balanceOf(workerId)).toBe(50n)
  })

  test('takes no more than there is, and nothing of nothing', async () => {
    const workerId = await closed('0.60')
    expect(await request(workerId, 61)).toEqual({ fault: 'PayoutTooLarge', balance: 60n })
    await request(workerId)
    expect(await request(workerId)).toMatchObject({ fault: 'PayoutTooSmall' })
  })

  test('is refused for an account that is open, and for nobody', async () => {
    const { workerId } = await earner(market(), '5.00')
    expect(await request(workerId)).toMatchObject({ fault: 'InvalidInput', member: 'workerId' })
    expect(await request('ANOBODY')).toEqual({ fault: 'WorkerDoesNotExist', workerId: 'ANOBODY' })
    expect(await balanceOf(workerId)).toBe(500n)
  })

  test('ten at once take it once', async () => {
    const workerId = await closed('5.00')
    const all = await Promise.all(Array.from({ length: 10 }, () => request(workerId)))
    expect(all.filter((one) => !isFault(one))).toHaveLength(1)
  })
})
