import { expect, test } from 'vitest'
import { mark } from '../../../test/support/kept.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { createHIT } from '../../../test/support/steps.ts'
import { attempt, must, nobody } from '../../../test/support/worker-calls.ts'
import { server } from '../../limits.ts'
import { add } from '../../store/favourites.ts'
import { ListFavourites } from './ListFavourites.ts'
import { SetFavourite } from './SetFavourite.ts'

onBothDatabases('SetFavourite', (market) => {
  test('marks by either id of a group, once, and takes marks away again', async () => {
    const client = await market().requester()
    const hit = await createHIT(client)
    const worker = await market().worker()
    const marked = () => must(market(), worker, ListFavourites, {})
    for (const id of [hit.HITGroupId, hit.HITTypeId, hit.HITGroupId])
      await mark(market(), worker, 'group', id)
    await mark(market(), worker, 'requester', client.requesterId)
    expect(await marked()).toMatchObject({
      groups: [hit.HITTypeId],
      requesters: [{ requesterId: client.requesterId, name: 'Test Laboratory' }],
    })
    for (const [kind, id] of [
      ['group', hit.HITGroupId],
      ['requester', client.requesterId],
    ] as const) {
      await must(market(), worker, SetFavourite, { kind, id, isFavourite: false })
      await must(market(), worker, SetFavourite, { kind, id, isFavourite: false })
    }
    expect(await marked()).toMatchObject({ groups: [], requesters: [] })
  })

  test('refuses what is not there', async () => {
    const worker = await market().worker()
    const set = (kind: 'group' | 'requester', id: string, who: { workerId: string } = worker) =>
      attempt(market(), who, SetFavourite, { kind, id, isFavourite: true })
    expect(await set('group', '3NOTHING')).toEqual({ fault: 'GroupDoesNotExist' })
    expect(await set('requester', 'ANOBODY')).toMatchObject({ fault: 'RequesterDoesNotExist' })
    expect(await set('requester', 'ANOBODY', nobody)).toMatchObject({ fault: 'WorkerDoesNotExist' })
  })

  test('has room for so many, also when they come at once', async () => {
    const worker = await market().worker()
    const { workerId } = worker
    const most = server.searches.favourites
    await market().market.store.write(
      market().clock.now(),
      async (tx) => {
        for (let i = 0; i < most - 1; i++)
          await add(tx, { workerId, kind: 'requester', subjectId: `A${String(i).padStart(3, '0')}` })
      },
      { keep: () => true },
    )
    const clients = await Promise.all(Array.from({ length: 5 }, () => market().requester()))
    const outcomes = await Promise.all(
      clients.map(({ requesterId: id }) =>
        attempt(market(), worker, SetFavourite, { kind: 'requester', id, isFavourite: true }),
      ),
    )
    const full = { fault: 'InvalidInput', member: 'favourites', explanation: 'There is room for no more.' }
    expect(outcomes.filter((outcome) => 'fault' in outcome)).toEqual(Array.from({ length: 4 }, () => full))
    const { requesters } = await must(market(), worker, ListFavourites, {})
    expect(requesters).toHaveLength(most)
    // What is marked can be marked again.
    const known = requesters.find(({ name }) => name === 'Test Laboratory')!
    await mark(market(), worker, 'requester', known.requesterId)
  })
})
