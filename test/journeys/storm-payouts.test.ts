// Payouts in a storm: workers who ask and take back, schedules that fall due, an operator with two tables, reviews that
// bring money, and accounts that are closed, all at the same moment in two processes [design 6, websites 1.10].
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isFault } from '../../src/domain/fault.ts'
import { cents } from '../../src/domain/money.ts'
import { operator, type WorkerCaller } from '../../src/operations/operation.ts'
import { ListAllPayouts } from '../../src/operations/operator/ListPayouts.ts'
import { SettlePayout } from '../../src/operations/operator/SettlePayout.ts'
import { CancelPayout } from '../../src/operations/worker/CancelPayout.ts'
import { closeAccount } from '../../src/operations/worker/CloseAccount.ts'
import { RequestPayout } from '../../src/operations/worker/RequestPayout.ts'
import { SetPayoutSchedule } from '../../src/operations/worker/SetPayoutMethod.ts'
import { auditMarket } from '../support/at-once.ts'
import { openMarket, type TestMarket, type TestWorker } from '../support/market.ts'
import { earn, earner } from '../support/payouts.ts'
import { createDatabase, postgresMissing } from '../support/postgres.ts'
import { describeUnless } from '../support/shared.ts'
import { earningsOf } from '../support/steps.ts'
import { must } from '../support/worker-calls.ts'

const day = 86_400

describeUnless(await postgresMissing(), 'payouts in a storm', () => {
  let database: Awaited<ReturnType<typeof createDatabase>>
  let markets: readonly [TestMarket, TestMarket]
  beforeEach(async () => {
    database = await createDatabase()
    markets = [await openMarket(database.url), await openMarket(database.url)]
  })
  afterEach(async () => {
    for (const market of markets) await market.close()
    await database.drop()
  })

  const payoutsOf = async () => {
    const page = await markets[0].market.runner.run(ListAllPayouts, operator, {
      state: undefined,
      before: undefined,
      limit: 1000,
    })
    if (isFault(page)) throw new Error(page.fault)
    return page
  }

  test('every cent is in one place, and nothing is paid twice', async () => {
    const [one, other] = markets
    const workers: TestWorker[] = []
    const earned = new Map<string, bigint>()
    for (let i = 0; i < 5; i++) {
      const worker = await earner(one, '20.00')
      await must(one, worker, SetPayoutSchedule, { days: 3 })
      workers.push(worker)
      earned.set(worker.workerId, 2000n)
    }
    const settled: string[] = []
    for (let round = 0; round < 4; round++) {
      const open = (await payoutsOf()).filter(({ state }) => state === 'requested')
      const work: Promise<unknown>[] = []
      for (const market of markets) {
        const { runner } = market.market
        for (const { id: payoutId, workerId } of open) {
          const result = round % 2 === 0 ? 'paid' : market === one ? 'paid' : 'failed'
          work.push(
            runner.run(SettlePayout, operator, { payoutId, result }).then((output) => {
              if (!isFault(output)) settled.push(payoutId)
            }),
            runner.run(CancelPayout, { kind: 'worker', workerId }, { payoutId }).then((output) => {
              if (!isFault(output)) settled.push(payoutId)
            }),
          )
        }
        for (const { workerId } of workers)
          for (const amount of [500n, 1900n, undefined])
            work.push(
              runner.run(
                RequestPayout,
                { kind: 'worker', workerId },
                {
                  amount: amount === undefined ? undefined : cents(amount),
                },
              ),
            )
      }
      for (const market of markets) work.push(market.advance(3 * day))
      for (const worker of workers.slice(0, 2)) {
        work.push(earn(other, worker, '3.00'))
        earned.set(worker.workerId, earned.get(worker.workerId)! + 300n)
      }
      if (round === 2) {
        const { workerId } = workers[4]!
        const caller: WorkerCaller = { kind: 'worker', workerId }
        for (const { market, clock } of markets)
          work.push(
            closeAccount([market.runner], caller, { email: undefined, givesUp: true, wallNow: clock.now() }),
          )
      }
      await Promise.all(work)
    }
    expect(settled).toHaveLength(new Set(settled).size)
    const payouts = await payoutsOf()
    expect(payouts.length).toBeGreaterThan(10)
    for (const { workerId } of workers) {
      const gone = payouts
        .filter((payout) => payout.workerId === workerId && ['paid', 'requested'].includes(payout.state))
        .reduce((sum, { amount }) => sum + amount, 0n)
      expect([workerId, (await earningsOf(one, workerId)).balance + gone]).toEqual([
        workerId,
        earned.get(workerId),
      ])
    }
    // What was settled of a closed account says no more where it went.
    const closed = payouts.filter(({ workerId }) => workerId === workers[4]!.workerId)
    for (const { state, details } of closed)
      if (state !== 'requested') expect([state, details]).toEqual([state, undefined])
    await auditMarket(one)
    await auditMarket(other)
  })
})
