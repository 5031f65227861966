// Workers who have earned something and want it paid.
import { RequestPayout } from '../../src/operations/worker/RequestPayout.ts'
import { SetPayoutMethod } from '../../src/operations/worker/SetPayoutMethod.ts'
import type { Payout } from '../../src/domain/payout.ts'
import { cents } from '../../src/domain/money.ts'
import type { TestMarket, TestWorker } from './market.ts'
import { createHIT, work } from './steps.ts'
import { must } from './worker-calls.ts'

/** A worker with so many dollars of approved work, and a method unless `kind` is empty. */
export async function earner(
  market: TestMarket,
  dollars: string,
  kind = 'Bank transfer',
): Promise<TestWorker> {
  const worker = await market.worker()
  await earn(market, worker, dollars)
  if (kind !== '') await setMethod(market, worker, kind)
  return worker
}

/** Does work for so many dollars, and has it approved. */
export async function earn(market: TestMarket, worker: TestWorker, dollars: string): Promise<void> {
  const client = await market.requester('10000.00')
  const assignmentId = await work(worker, await createHIT(client, { Reward: dollars }))
  await client.call('ApproveAssignment', { AssignmentId: assignmentId })
}

export const setMethod = (market: TestMarket, worker: TestWorker, kind = 'Bank transfer') =>
  must(market, worker, SetPayoutMethod, { kind, details: market.market.secrets.encrypt('Account 12345') })

/** Asks for so many cents, or for all. */
export const ask = (market: TestMarket, worker: TestWorker, amount?: number): Promise<Payout> =>
  must(market, worker, RequestPayout, { amount: amount === undefined ? undefined : cents(amount) })
