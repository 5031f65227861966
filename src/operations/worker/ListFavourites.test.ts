import { expect, test } from 'vitest'
import { mark } from '../../../test/support/kept.ts'
import { everyGroup } from '../../../test/support/group-lists.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { createHIT } from '../../../test/support/steps.ts'
import { must } from '../../../test/support/worker-calls.ts'
import { isFault } from '../../domain/fault.ts'
import { ListFavourites } from './ListFavourites.ts'

onBothDatabases('ListFavourites', (market) => {
  test('is the worker’s own, latest first, and narrows the list of groups to them', async () => {
    const [client, other] = [await market().requester(), await market().requester()]
    const [one, two] = [await createHIT(client, { Title: 'One' }), await createHIT(client, { Title: 'Two' })]
    const third = await createHIT(other, { Title: 'Three' })
    await createHIT(await market().requester(), { Title: 'Nobody’s' })
    const worker = await market().worker()
    await mark(market(), worker, 'group', two.HITGroupId)
    await market().advance(1)
    await mark(market(), worker, 'group', one.HITGroupId)
    await mark(market(), worker, 'requester', other.requesterId)
    expect(await must(market(), worker, ListFavourites, {})).toEqual({
      groups: [one.HITTypeId, two.HITTypeId],
      requesters: [{ requesterId: other.requesterId, name: 'Test Laboratory' }],
      hasAlerts: false,
    })
    const stranger = await market().worker()
    expect(await must(market(), stranger, ListFavourites, {})).toMatchObject({ groups: [], requesters: [] })
    const listed = async ({ workerId }: { workerId: string }) => {
      const query = { ...everyGroup, favourites: true }
      const page = await market().market.listGroups({ kind: 'worker', workerId }, query)
      return isFault(page) ? page.fault : page.groups.map(({ type }) => type.id).toSorted()
    }
    expect(await listed(worker)).toEqual([one.HITTypeId, two.HITTypeId, third.HITTypeId].toSorted())
    expect(await listed(stranger)).toEqual([])
  })
})
