// Everything about payouts and about erasing that a tour of all operations has to meet.
import { cents } from '../../src/domain/money.ts'
import { operator, system } from '../../src/operations/operation.ts'
import { ListAllPayouts } from '../../src/operations/operator/ListPayouts.ts'
import { RequestPayoutFor } from '../../src/operations/operator/RequestPayoutFor.ts'
import { SettlePayout } from '../../src/operations/operator/SettlePayout.ts'
import { EraseAnswers, eraseOld, removeErasedFiles } from '../../src/operations/system/erase-old.ts'
import { CancelPayout } from '../../src/operations/worker/CancelPayout.ts'
import { ListPayouts } from '../../src/operations/worker/ListPayouts.ts'
import { RequestPayout } from '../../src/operations/worker/RequestPayout.ts'
import { SetPayoutMethod, SetPayoutSchedule } from '../../src/operations/worker/SetPayoutMethod.ts'
import { isFault } from '../../src/domain/fault.ts'
import type { TestMarket } from './market.ts'

/** Asks for payouts, settles them, and erases what is old. */
export async function visitPayouts({ market, clock, advance }: TestMarket, workerId: string): Promise<void> {
  const { runner } = market
  const worker = { kind: 'worker', workerId } as const
  await runner.run(SetPayoutMethod, worker, { kind: 'Other', details: 'sealed' })
  await runner.run(SetPayoutSchedule, worker, { days: 3 })
  for (const settle of [true, false]) {
    const payout = await runner.run(RequestPayout, worker, { amount: cents(100), token: `form ${settle}` })
    if (isFault(payout)) continue
    const { id: payoutId } = payout
    if (settle) await runner.run(SettlePayout, operator, { payoutId, result: 'failed', note: 'No' })
    else await runner.run(CancelPayout, worker, { payoutId })
  }
  await runner.run(RequestPayoutFor, operator, { workerId, amount: undefined, method: 'Cheque' })
  await advance(3 * 86_400)
  await runner.run(ListPayouts, worker, {})
  for (const state of ['requested', undefined] as const)
    await runner.run(ListAllPayouts, operator, { state, before: undefined, limit: 100 })
  await runner.run(EraseAnswers, system, { until: clock.now() })
  await eraseOld(runner, clock.now())
  await removeErasedFiles(runner, (key) => market.files.remove(key))
}
