import { describe, expect, test } from 'vitest'
import { everything, saveSearch } from '../../../test/support/kept.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { attempt, must, nobody } from '../../../test/support/worker-calls.ts'
import { cents } from '../../domain/money.ts'
import { server } from '../../limits.ts'
import { ListSearches } from './ListSearches.ts'
import { RenameSearch, SaveSearch } from './SaveSearch.ts'

const { saved: most, nameLength } = server.searches

const names: [name: string, fault: object | undefined][] = [
  ['', { fault: 'ParameterTooShort', parameter: 'name' }],
  [' \n\t', { fault: 'ParameterTooShort', parameter: 'name' }],
  ['😀'.repeat(nameLength), undefined],
  ['x'.repeat(nameLength + 1), { fault: 'ParameterTooLong', parameter: 'name', maximum: nameLength }],
]

onBothDatabases('SaveSearch', (market) => {
  const listed = async (worker: { workerId: string }) =>
    (await must(market(), worker, ListSearches, {})).searches
  const save = (worker: { workerId: string }, name: string, changes: object = {}) =>
    attempt(market(), worker, SaveSearch, { name, filters: everything, hasAlerts: false, ...changes })

  test('keeps every filter, and the name in one line', async () => {
    const client = await market().requester()
    const worker = await market().worker({ email: 'saver@example.org' })
    const filters = {
      search: 'wren',
      minReward: cents(25),
      qualified: true,
      masters: true,
      favourites: true,
      requesterId: client.requesterId,
      sort: 'reward_desc',
    }
    const id = await saveSearch(market(), worker, '  Wrens \n of mine ', filters)
    const now = market().clock.now()
    expect(await listed(worker)).toEqual([
      {
        ...filters,
        id,
        workerId: worker.workerId,
        name: 'Wrens of mine',
        alertsSince: now,
        createdAt: now,
        requesterName: 'Test Laboratory',
      },
    ])
    expect(await listed(await market().worker())).toEqual([])
  })

  describe.each(names)('the name %j', (name, fault) => {
    test('is judged the same when it is given and when it is changed', async () => {
      const worker = await market().worker()
      const searchId = await saveSearch(market(), worker, 'first', {}, false)
      const saved = await save(worker, name)
      const renamed = await attempt(market(), worker, RenameSearch, { searchId, name: `${name}` })
      if (fault === undefined) {
        expect(saved).toHaveProperty('searchId')
        expect(renamed).toMatchObject({ fault: 'AlreadyExists' })
      } else {
        expect([saved, renamed]).toEqual([fault, fault])
      }
    })
  })

  test('refuses a name that he has, who is nobody, a requester who is nobody, and alerts without an address', async () => {
    const worker = await market().worker()
    await saveSearch(market(), worker, 'Birds', {}, false)
    expect(await save(worker, ' Birds')).toMatchObject({ fault: 'AlreadyExists' })
    expect(await save(await market().worker(), 'Birds')).toHaveProperty('searchId')
    expect(await save(nobody, 'Birds')).toMatchObject({ fault: 'WorkerDoesNotExist' })
    const filters = { ...everything, requesterId: 'ANOBODY' }
    expect(await save(worker, 'x', { filters })).toMatchObject({ fault: 'RequesterDoesNotExist' })
    expect(await save(worker, 'x', { hasAlerts: true })).toMatchObject({ member: 'alerts' })
    expect(await listed(worker)).toHaveLength(1)
  })

  test('has room for so many, also when they come at once', async () => {
    const worker = await market().worker()
    for (let i = 0; i < most - 1; i++) await saveSearch(market(), worker, `n${i}`, {}, false)
    const outcomes = await Promise.all(['a', 'b', 'c', 'd'].map((name) => save(worker, name)))
    expect(outcomes.filter((outcome) => 'fault' in outcome && 'member' in outcome)).toHaveLength(3)
    expect(await listed(worker)).toHaveLength(most)
  })
})

onBothDatabases('RenameSearch', (market) => {
  test('changes the name alone, of his own search alone', async () => {
    const worker = await market().worker()
    const searchId = await saveSearch(market(), worker, 'Old', { search: 'owl' }, false)
    const rename = (who: { workerId: string }, name: string) =>
      attempt(market(), who, RenameSearch, { searchId, name })
    expect(await rename(await market().worker(), 'Stolen')).toMatchObject({ member: 'search' })
    expect(await rename(worker, 'Old')).toEqual({})
    expect(await rename(worker, ' New ')).toEqual({})
    const { searches } = await must(market(), worker, ListSearches, {})
    expect(searches).toMatchObject([{ id: searchId, name: 'New', search: 'owl' }])
  })
})
