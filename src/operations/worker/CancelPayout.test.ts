import { afterEach, expect, test } from 'vitest'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { ask, earner } from '../../../test/support/payouts.ts'
import { earningsOf } from '../../../test/support/steps.ts'
import { attempt, must } from '../../../test/support/worker-calls.ts'
import { isFault } from '../../domain/fault.ts'
import { operator } from '../operation.ts'
import { SettlePayout } from '../operator/SettlePayout.ts'
import { CancelPayout } from './CancelPayout.ts'

onBothDatabases('CancelPayout', (market) => {
  afterEach(() => checkLedger(market()))

  test('gives the money back once [design 6]', async () => {
    const worker = await earner(market(), '5.00')
    const { id: payoutId } = await ask(market(), worker, 300)
    expect(await must(market(), worker, CancelPayout, { payoutId })).toMatchObject({ state: 'cancelled' })
    expect(await attempt(market(), worker, CancelPayout, { payoutId })).toEqual({
      fault: 'PayoutSettled',
      payoutId,
      state: 'cancelled',
    })
    expect((await earningsOf(market(), worker.workerId)).balance).toBe(500n)
  })

  test('of another worker’s payout, or of none, is refused alike', async () => {
    const [worker, other] = [await earner(market(), '5.00'), await earner(market(), '5.00')]
    const { id: payoutId } = await ask(market(), worker)
    for (const id of [payoutId, '3NONE'])
      expect(await attempt(market(), other, CancelPayout, { payoutId: id })).toEqual({
        fault: 'PayoutDoesNotExist',
        payoutId: id,
      })
  })

  test('beside an operator who pays it: one of them wins, and the books tell which', async () => {
    for (let round = 0; round < 10; round++) {
      const worker = await earner(market(), '5.00')
      const { id: payoutId } = await ask(market(), worker)
      const outputs = await Promise.all([
        attempt(market(), worker, CancelPayout, { payoutId }),
        market().market.runner.run(SettlePayout, operator, { payoutId, result: 'paid' }),
      ])
      const [winner] = outputs.filter((output) => !isFault(output))
      expect(outputs.filter(isFault)).toEqual([
        { fault: 'PayoutSettled', payoutId, state: (winner as { state: string }).state },
      ])
      const { balance } = await earningsOf(market(), worker.workerId)
      expect(balance).toBe((winner as { state: string }).state === 'paid' ? 0n : 500n)
    }
  })
})
