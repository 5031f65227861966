import { expect, test } from 'vitest'
import { saveSearch } from '../../../test/support/kept.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { attempt, must, nobody } from '../../../test/support/worker-calls.ts'
import { ChangeProfile } from './Account.ts'
import { ListSearches } from './ListSearches.ts'

onBothDatabases('ListSearches', (market) => {
  test('by name, with whether mail can reach him', async () => {
    const worker = await market().worker({ email: 'lists@example.org' })
    for (const name of ['Beta', 'Alpha', 'Gamma']) await saveSearch(market(), worker, name, {}, false)
    const { searches, ...reach } = await must(market(), worker, ListSearches, {})
    expect(searches.map(({ name }) => name)).toEqual(['Alpha', 'Beta', 'Gamma'])
    expect(reach).toEqual({ hasAddress: true, wantsMail: true })
    await must(market(), worker, ChangeProfile, { name: 'Ada', withoutMail: true })
    expect(await must(market(), worker, ListSearches, {})).toMatchObject({ wantsMail: false })
    const stranger = await market().worker()
    expect(await must(market(), stranger, ListSearches, {})).toMatchObject({
      searches: [],
      hasAddress: false,
    })
    expect(await attempt(market(), nobody, ListSearches, {})).toMatchObject({ fault: 'WorkerDoesNotExist' })
  })
})
