// What a worker marked, saved and was told of is in his download, and goes with his account.
import { expect, test } from 'vitest'
import { alertsTo, mark, saveSearch } from '../../../test/support/kept.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { createHIT } from '../../../test/support/steps.ts'
import { must } from '../../../test/support/worker-calls.ts'
import { toISO } from '../../clock.ts'
import { cents } from '../../domain/money.ts'
import { closeAccount } from './CloseAccount.ts'
import { downloadOf } from './DownloadData.ts'
import { SetSearchAlert } from './SetSearchAlert.ts'
import { ListFavourites } from './ListFavourites.ts'

onBothDatabases('what a worker keeps', (market) => {
  const download = async (workerId: string) => {
    const { runner } = market().market
    let text = ''
    for await (const piece of downloadOf([{ environment: 'production', runner, decrypt: String }], workerId))
      text += piece
    const { favourites, savedSearches, searchAlerts, alertedGroups } = JSON.parse(text).production as Record<
      string,
      object[]
    >
    return { favourites, savedSearches, searchAlerts, alertedGroups }
  }

  test('is in the download, and is erased when the account is closed', async () => {
    const client = await market().requester()
    const old = await createHIT(client, { Title: 'Old' })
    const worker = await market().worker({ email: 'keeps@example.org' })
    const { workerId } = worker
    const start = market().clock.now()
    const createdAt = toISO(start)
    await mark(market(), worker, 'requester', client.requesterId)
    await mark(market(), worker, 'group', old.HITGroupId)
    await must(market(), worker, SetSearchAlert, { searchId: undefined, hasAlerts: true })
    const searchId = await saveSearch(market(), worker, 'Birds', { search: 'bird', minReward: cents(25) })
    await market().advance(1)
    const fresh = await createHIT(client, { Title: 'New' })
    await market().advance(300)
    expect(await alertsTo(market(), worker)).toHaveLength(1)
    expect(await download(workerId)).toMatchObject({
      favourites: [
        { kind: 'group', subjectId: old.HITTypeId, createdAt },
        { kind: 'requester', subjectId: client.requesterId },
      ],
      savedSearches: [
        {
          searchId,
          name: 'Birds',
          search: 'bird',
          minReward: '0.25',
          masters: false,
          alertsSince: createdAt,
        },
      ],
      searchAlerts: [{ active: true, favouritesSince: createdAt }],
      alertedGroups: [{ hitTypeId: fresh.HITTypeId }],
    })
    const caller = { kind: 'worker', workerId } as const
    const input = { email: 'keeps@example.org', givesUp: true, wallNow: market().clock.now() }
    expect(await closeAccount([market().market.runner], caller, input)).toBeUndefined()
    expect(await download(workerId)).toEqual({
      favourites: [],
      savedSearches: [],
      searchAlerts: [],
      alertedGroups: [],
    })
    expect(await must(market(), worker, ListFavourites, {})).toMatchObject({ groups: [], hasAlerts: false })
  })
})
