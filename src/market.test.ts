import { expect, test } from 'vitest'
import { onBothDatabases } from '../test/support/market.ts'
import { SetRequesterState } from './operations/operator/SetRequesterState.ts'

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
