import { afterEach, expect, test } from 'vitest'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases, openMarket } from '../../../test/support/market.ts'
import { messagesOf } from '../../../test/support/messages.ts'
import { ask, earner, setMethod } from '../../../test/support/payouts.ts'
import { attempt, must } from '../../../test/support/worker-calls.ts'
import { closeAccount } from './CloseAccount.ts'
import { ListPayouts } from './ListPayouts.ts'
import { SetPayoutMethod, SetPayoutSchedule } from './SetPayoutMethod.ts'

const day = 86_400_000

onBothDatabases('SetPayoutMethod', (market) => {
  afterEach(() => checkLedger(market()))

  const methodOf = async (worker: { workerId: string }) =>
    (await must(market(), worker, ListPayouts, {})).method

  test('keeps one of the operator’s kinds, and replaces what was there', async () => {
    const worker = await market().worker()
    expect(await methodOf(worker)).toBeUndefined()
    await setMethod(market(), worker)
    await must(market(), worker, SetPayoutMethod, { kind: 'Gift card', details: 'sealed' })
    expect(await methodOf(worker)).toEqual({
      workerId: worker.workerId,
      kind: 'Gift card',
      details: 'sealed',
      days: 0,
      nextAt: undefined,
    })
    const refused = await attempt(market(), worker, SetPayoutMethod, { kind: 'Cow', details: 'x' })
    expect(refused).toMatchObject({ fault: 'InvalidInput', member: 'kind' })
    expect((await methodOf(worker))?.kind).toBe('Gift card')
  })

  test('tells the worker when another method is replaced', async () => {
    const worker = await market().worker()
    const told = async () => (await messagesOf(market(), worker.workerId)).map(({ subject }) => subject)
    await setMethod(market(), worker)
    expect(await told()).toEqual([])
    await must(market(), worker, SetPayoutMethod, { kind: 'Gift card', details: 'sealed' })
    expect(await told()).toEqual(['Where your payouts go was changed'])
  })

  test('leaves the schedule and what is under way as they are', async () => {
    const worker = await earner(market(), '5.00')
    await must(market(), worker, SetPayoutSchedule, { days: 7 })
    const { details } = await ask(market(), worker)
    await must(market(), worker, SetPayoutMethod, { kind: 'Other', details: 'sealed' })
    expect(await methodOf(worker)).toMatchObject({ kind: 'Other', days: 7 })
    const [payout] = (await must(market(), worker, ListPayouts, {})).payouts
    expect(payout).toMatchObject({ method: 'Bank transfer', details })
  })
})

test('of a closed account is refused: nobody would erase it [websites 1.10]', async () => {
  const market = await openMarket('sqlite::memory:')
  const worker = await market.worker()
  const caller = { kind: 'worker', workerId: worker.workerId } as const
  const input = { email: undefined, givesUp: true, wallNow: market.clock.now() }
  expect(await closeAccount([market.market.runner], caller, input)).toBeUndefined()
  expect(await attempt(market, worker, SetPayoutMethod, { kind: 'Other', details: 'x' })).toEqual({
    fault: 'WorkerDoesNotExist',
    workerId: worker.workerId,
  })
  await market.close()
})

onBothDatabases('SetPayoutSchedule', (market) => {
  test('counts from now, can be changed and ended [websites 1.10]', async () => {
    const worker = await earner(market(), '1.00')
    const set = (days: number) => must(market(), worker, SetPayoutSchedule, { days })
    const now = market().clock.now()
    expect(await set(3)).toEqual({ nextAt: now + 3 * day })
    expect(await set(30)).toEqual({ nextAt: now + 30 * day })
    expect(await set(0)).toEqual({ nextAt: undefined })
  })

  test('needs a method, and days that there are', async () => {
    const worker = await market().worker()
    expect(await attempt(market(), worker, SetPayoutSchedule, { days: 3 })).toEqual({
      fault: 'PayoutMethodMissing',
    })
    await setMethod(market(), worker)
    for (const days of [-1, 1, 3.5, 31, Number.NaN])
      expect(await attempt(market(), worker, SetPayoutSchedule, { days })).toMatchObject({
        fault: 'InvalidInput',
      })
  })
})
