import { expect, test } from 'vitest'
import { alertsTo, saveSearch } from '../../../test/support/kept.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { createHIT } from '../../../test/support/steps.ts'
import { attempt, must } from '../../../test/support/worker-calls.ts'
import { DeleteSearch } from './DeleteSearch.ts'
import { ListSearches } from './ListSearches.ts'

onBothDatabases('DeleteSearch', (market) => {
  test('deletes his own, once, and its alerts with it', async () => {
    const worker = await market().worker({ email: 'deletes@example.org' })
    const searchId = await saveSearch(market(), worker, 'Gone')
    const remove = (who: { workerId: string }) => attempt(market(), who, DeleteSearch, { searchId })
    expect(await remove(await market().worker())).toMatchObject({ member: 'search' })
    expect(await remove(worker)).toEqual({})
    expect(await remove(worker)).toMatchObject({ member: 'search' })
    expect((await must(market(), worker, ListSearches, {})).searches).toEqual([])
    await market().advance(1)
    await createHIT(await market().requester())
    await market().advance(7200)
    expect(await alertsTo(market(), worker)).toEqual([])
  })
})
