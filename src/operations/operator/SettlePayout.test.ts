import { afterEach, expect, test } from 'vitest'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases, openMarket, type TestMarket } from '../../../test/support/market.ts'
import { ask, earn, earner } from '../../../test/support/payouts.ts'
import { createDatabase, postgresMissing } from '../../../test/support/postgres.ts'
import { describeUnless } from '../../../test/support/shared.ts'
import { earningsOf } from '../../../test/support/steps.ts'
import { must } from '../../../test/support/worker-calls.ts'
import { isFault } from '../../domain/fault.ts'
import { listNewest } from '../../store/messages.ts'
import { erasePayoutDetails } from '../../store/payout-methods.ts'
import { ListPayouts } from '../worker/ListPayouts.ts'
import { operator } from '../operation.ts'
import { CheckLedger } from './CheckLedger.ts'
import { ListAllPayouts } from './ListPayouts.ts'
import { SettlePayout, type Settlement } from './SettlePayout.ts'

const settle = ({ market }: TestMarket, settlement: Settlement) =>
  market.runner.run(SettlePayout, operator, settlement)

/** Messages to a worker, newest first. */
const told = ({ market, clock }: TestMarket, workerId: string) =>
  market.store.read(clock.now(), (tx) => listNewest(tx, { workerId, limit: 10 }))

onBothDatabases('SettlePayout', (market) => {
  afterEach(async () => {
    await checkLedger(market())
    expect(await market().market.runner.run(CheckLedger, operator, {})).toEqual({ problems: [] })
  })

  test('as paid: the money has left, once, and the worker is told [design 6]', async () => {
    const worker = await earner(market(), '5.00')
    const { id: payoutId } = await ask(market(), worker)
    const note = 'Transfer 4711'
    expect(await settle(market(), { payoutId, result: 'paid', note })).toMatchObject({ state: 'paid', note })
    for (const result of ['paid', 'failed'] as const)
      expect(await settle(market(), { payoutId, result })).toEqual({
        fault: 'PayoutSettled',
        payoutId,
        state: 'paid',
      })
    expect((await earningsOf(market(), worker.workerId)).balance).toBe(0n)
    expect(await told(market(), worker.workerId)).toEqual([
      expect.objectContaining({ kind: 'payout', subject: 'Your payout of $5.00 was paid' }),
    ])
    const { payouts, underWay } = await must(market(), worker, ListPayouts, {})
    expect(payouts).toEqual([expect.objectContaining({ state: 'paid', note })])
    expect(underWay).toBe(0n)
  })

  test('as failed: the money is in the balance again, and can be asked for anew', async () => {
    const worker = await earner(market(), '5.00')
    const { id: payoutId } = await ask(market(), worker)
    await settle(market(), { payoutId, result: 'failed', note: 'No such account.' })
    expect((await earningsOf(market(), worker.workerId)).balance).toBe(500n)
    expect((await told(market(), worker.workerId))[0]!.text).toContain('No such account.')
    expect(await ask(market(), worker)).toMatchObject({ amount: 500n, state: 'requested' })
  })

  test('of none is refused', async () => {
    expect(await settle(market(), { payoutId: '3NONE', result: 'paid' })).toEqual({
      fault: 'PayoutDoesNotExist',
      payoutId: '3NONE',
    })
  })

  test('of an account that was closed meanwhile: the details last until then, and no longer', async () => {
    const worker = await earner(market(), '5.00')
    const { id: settledBefore } = await ask(market(), worker, 200)
    await settle(market(), { payoutId: settledBefore, result: 'paid' })
    const { id: underWay } = await ask(market(), worker, 200)
    const { store } = market().market
    await store.write(market().clock.now(), (tx) => erasePayoutDetails(tx, worker.workerId), {
      keep: () => true,
    })
    const details = async () =>
      (await must(market(), worker, ListPayouts, {})).payouts.map((payout) => payout.details !== undefined)
    expect(await details()).toEqual([true, false])
    expect((await must(market(), worker, ListPayouts, {})).method).toBeUndefined()
    await settle(market(), { payoutId: underWay, result: 'failed' })
    expect(await details()).toEqual([false, false])
  })

  test('lists are newest first, by state and in pages', async () => {
    const worker = await earner(market(), '9.00')
    const ids: string[] = []
    for (let i = 0; i < 4; i++) {
      ids.unshift((await ask(market(), worker, 100)).id)
      await market().advance(1)
    }
    await settle(market(), { payoutId: ids[1]!, result: 'paid' })
    const list = async (
      state: 'requested' | 'paid' | undefined,
      before: string | undefined,
      limit: number,
    ) => {
      const page = await market().market.runner.run(ListAllPayouts, operator, { state, before, limit })
      return isFault(page) ? [] : page.map(({ id }) => id)
    }
    expect(await list(undefined, undefined, 4)).toEqual(ids)
    expect(await list(undefined, ids[1], 2)).toEqual(ids.slice(2))
    expect(await list('requested', undefined, 3)).toEqual([ids[0], ids[2], ids[3]])
    expect((await list('paid', undefined, 1))[0]).toBe(ids[1])
  })

  test('ten settlers at once: one settles', async () => {
    const worker = await earner(market(), '5.00')
    const { id: payoutId } = await ask(market(), worker)
    const outputs = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        settle(market(), { payoutId, result: i % 2 === 0 ? 'paid' : 'failed' }),
      ),
    )
    expect(outputs.filter((output) => !isFault(output))).toHaveLength(1)
    await earn(market(), worker, '1.00')
  })
})

describeUnless(await postgresMissing(), 'SettlePayout by two processes', () => {
  test('is done once for each payout, whoever comes first', async () => {
    const database = await createDatabase()
    const markets = [await openMarket(database.url), await openMarket(database.url)]
    try {
      const [one, other] = markets as [TestMarket, TestMarket]
      const worker = await earner(one, '20.00')
      const ids: string[] = []
      for (let i = 0; i < 20; i++) ids.push((await ask(one, worker, 100)).id)
      const outputs = await Promise.all(
        ids.flatMap((payoutId) => [
          settle(one, { payoutId, result: 'paid' }),
          settle(other, { payoutId, result: 'failed' }),
        ]),
      )
      expect(outputs.filter((output) => !isFault(output))).toHaveLength(20)
      const failed = outputs.filter((output) => !isFault(output) && output.state === 'failed').length
      expect((await earningsOf(one, worker.workerId)).balance).toBe(BigInt(failed) * 100n)
      await checkLedger(one)
      expect(await one.market.runner.run(CheckLedger, operator, {})).toEqual({ problems: [] })
    } finally {
      for (const market of markets) await market.close()
      await database.drop()
    }
  })
})
