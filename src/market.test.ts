import { describe, expect, test } from 'vitest'
import { onBothDatabases } from '../test/support/market.ts'
import { FaultPlan } from './wire/fault-plan.ts'
import { SetRequesterState } from './operations/operator/SetRequesterState.ts'

describe('ordered faults [design 7]', () => {
  test('come as often as ordered, in their order, for their operation alone', () => {
    const plan = new FaultPlan()
    plan.add('GetHIT', 2, 'ServiceFault')
    plan.add('GetHIT', 1, 'ThrottlingException')
    plan.add('CreateHIT', 1, 'drop after commit')
    const next = (operation: string, times: number) =>
      Array.from({ length: times }, () => plan.next(operation))
    expect(next('ListHITs', 1)).toEqual([undefined])
    expect(next('GetHIT', 4)).toEqual(['ServiceFault', 'ServiceFault', 'ThrottlingException', undefined])
    expect(next('CreateHIT', 2)).toEqual(['drop after commit', undefined])
  })

  test('are forgotten at once', () => {
    const plan = new FaultPlan()
    plan.add('GetHIT', 5, 'ServiceFault')
    plan.clear()
    expect(plan.next('GetHIT')).toBeUndefined()
  })
})

onBothDatabases('a market', (market) => {
  test('asks for the state of a key at every call', async () => {
    const client = await market().requester('1.00')
    const { requesterId } = client
    const set = (state: object) =>
      market().market.runner.run(SetRequesterState, { kind: 'operator' }, { requesterId, ...state })
    const status = async () => (await client.send('GetAccountBalance', '{}')).status
    expect(await status()).toBe(200)
    await set({ suspended: true })
    expect(await status()).not.toBe(200)
    await set({ suspended: false })
    expect(await status()).toBe(200)
  })
})
