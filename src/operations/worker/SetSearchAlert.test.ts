import { expect, test } from 'vitest'
import { alertsTo, mark, saveSearch } from '../../../test/support/kept.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { createHIT } from '../../../test/support/steps.ts'
import { attempt, must } from '../../../test/support/worker-calls.ts'
import { ListFavourites } from './ListFavourites.ts'
import { ListSearches } from './ListSearches.ts'
import { SetSearchAlert, StopAlerts } from './SetSearchAlert.ts'

onBothDatabases('SetSearchAlert', (market) => {
  test('switches on from now, and off', async () => {
    const client = await market().requester()
    const worker = await market().worker({ email: 'switches@example.org' })
    const searchId = await saveSearch(market(), worker, 'Hers', { requesterId: client.requesterId }, false)
    await market().advance(1)
    await createHIT(client, { Title: 'Before' })
    await market().advance(600)
    expect(await alertsTo(market(), worker)).toEqual([])
    await must(market(), worker, SetSearchAlert, { searchId, hasAlerts: true })
    await market().advance(1)
    await createHIT(client, { Title: 'After' })
    await market().advance(300)
    const [alert, ...others] = await alertsTo(market(), worker)
    expect(others).toEqual([])
    expect(alert?.text).toContain('After')
    expect(alert?.text).not.toContain('Before')
    // Off and on again brings nothing any sooner.
    await must(market(), worker, SetSearchAlert, { searchId, hasAlerts: false })
    await must(market(), worker, SetSearchAlert, { searchId, hasAlerts: true })
    await market().advance(1)
    await createHIT(client, { Title: 'Later' })
    await market().advance(3000)
    expect(await alertsTo(market(), worker)).toHaveLength(1)
    await market().advance(600)
    expect(await alertsTo(market(), worker)).toHaveLength(2)
    await must(market(), worker, SetSearchAlert, { searchId, hasAlerts: false })
    await createHIT(client, { Title: 'Last' })
    await market().advance(7200)
    expect(await alertsTo(market(), worker)).toHaveLength(2)
  })

  test('needs an address, and a search of his own; off is always allowed', async () => {
    const worker = await market().worker()
    const other = await market().worker({ email: 'other@example.org' })
    const searchId = await saveSearch(market(), worker, 'x', {}, false)
    const set = (who: { workerId: string }, id: string | undefined, hasAlerts: boolean) =>
      attempt(market(), who, SetSearchAlert, { searchId: id, hasAlerts })
    expect(await set(worker, searchId, true)).toMatchObject({ member: 'alerts' })
    expect(await set(worker, undefined, true)).toMatchObject({ member: 'alerts' })
    expect(await set(worker, searchId, false)).toEqual({})
    expect(await set(other, searchId, true)).toMatchObject({ member: 'search' })
    expect((await must(market(), worker, ListSearches, {})).searches[0]?.alertsSince).toBeUndefined()
  })
})

onBothDatabases('StopAlerts', (market) => {
  test('ends those of searches and of favourites; what is saved stays', async () => {
    const client = await market().requester()
    const worker = await market().worker({ email: 'stops@example.org' })
    await saveSearch(market(), worker, 'All')
    await mark(market(), worker, 'requester', client.requesterId)
    await must(market(), worker, SetSearchAlert, { searchId: undefined, hasAlerts: true })
    expect(await must(market(), worker, ListFavourites, {})).toMatchObject({ hasAlerts: true })
    await must(market(), worker, StopAlerts, {})
    await must(market(), worker, StopAlerts, {})
    expect(await must(market(), worker, ListFavourites, {})).toMatchObject({
      hasAlerts: false,
      requesters: [{ requesterId: client.requesterId }],
    })
    const { searches } = await must(market(), worker, ListSearches, {})
    expect(searches).toMatchObject([{ name: 'All', alertsSince: undefined }])
    await market().advance(1)
    await createHIT(client)
    await market().advance(7200)
    expect(await alertsTo(market(), worker)).toEqual([])
  })
})
