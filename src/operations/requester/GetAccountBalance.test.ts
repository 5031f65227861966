import { afterEach, expect, test } from 'vitest'
import { onBothDatabases } from '../../../test/support/market.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { balanceOf, createHIT, expireNow, submitted } from '../../../test/support/steps.ts'

onBothDatabases('GetAccountBalance', (market) => {
  afterEach(() => checkLedger(market()))

  test.each([
    ['0.00', '0.00'],
    ['0.07', '0.07'],
    ['5', '5.00'],
    ['10000', '10000.00'],
    ['999999999999.05', '999999999999.05'],
  ])('a deposit of %s shows as %s, and OnHoldBalance does not [hits 9.4]', async (dollars, shown) => {
    const client = await market().requester(dollars)
    const { text } = await client.send('GetAccountBalance', '{}')
    expect(text).toBe(`{"AvailableBalance":"${shown}"}`)
  })

  test.each(['', '{}', '{"Unknown":1}', ' { } '])('the body %j is an empty input [hits 1]', async (body) => {
    const client = await market().requester('1.00')
    expect(await client.send('GetAccountBalance', body)).toEqual({
      status: 200,
      text: '{"AvailableBalance":"1.00"}',
    })
  })

  test('what is held is not available; each requester has his own [hits 9.2]', async () => {
    const client = await market().requester('10.00')
    const other = await market().requester('3.00')
    const hit = await createHIT(client, { Reward: '0.50', MaxAssignments: 10 })
    expect(await balanceOf(client)).toBe('3.00')
    await expireNow(client, hit.HITId)
    expect(await balanceOf(client)).toBe('10.00')
    expect(await balanceOf(other)).toBe('3.00')
  })

  test('at the very moment of expiry the free slots’ money is back, timers or not [hits 9.2, design 4]', async () => {
    const client = await market().requester('10.00')
    await createHIT(client, { LifetimeInSeconds: 30, MaxAssignments: 2 })
    market().clock.set(market().clock.now() + 29_999)
    expect(await balanceOf(client)).toBe('9.76')
    market().clock.set(market().clock.now() + 1)
    expect(await balanceOf(client)).toBe('10.00')
  })

  test('the money of work that lapsed after expiry is back as well [hits 9.2]', async () => {
    const client = await market().requester('10.00')
    const hit = await createHIT(client, { LifetimeInSeconds: 30, AssignmentDurationInSeconds: 60 })
    await (await market().worker()).accept({ hitId: hit.HITId })
    market().clock.set(market().clock.now() + 59_999)
    expect(await balanceOf(client)).toBe('9.88')
    market().clock.set(market().clock.now() + 1)
    expect(await balanceOf(client)).toBe('10.00')
  })

  test('auto-approval leaves the balance as it was [hits 9.2]', async () => {
    const client = await market().requester('10.00')
    await submitted(market(), client, { AutoApprovalDelayInSeconds: 60 })
    market().clock.set(market().clock.now() + 60_000)
    expect(await balanceOf(client)).toBe('9.88')
  })
})

onBothDatabases(
  'GetAccountBalance in the sandbox',
  (market) => {
    afterEach(() => checkLedger(market()))
    test('is 10000.00 whatever was deposited or spent [hits 9.4, client W30]', async () => {
      for (const dollars of ['0.00', '12.34', '20000.00']) {
        const client = await market().requester(dollars)
        expect(await client.send('GetAccountBalance', '{}')).toEqual({
          status: 200,
          text: '{"AvailableBalance":"10000.00"}',
        })
        const { assignmentId: AssignmentId } = await submitted(market(), client, { Reward: '99999.99' })
        await client.call('ApproveAssignment', { AssignmentId })
        await createHIT(client, { MaxAssignments: 1000 })
        expect(await balanceOf(client)).toBe('10000.00')
      }
    })
  },
  'sandbox',
)
