// Mail about new groups: what is told, to whom, when, and once however many processes look.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createIds } from '../../ids.ts'
import { alertsTo, mark, saveSearch } from '../../../test/support/kept.ts'
import {
  onBothDatabases,
  openMarket,
  type TestClient,
  type TestMarket,
  type TestWorker,
} from '../../../test/support/market.ts'
import { createDatabase, postgresMissing } from '../../../test/support/postgres.ts'
import { describeUnless } from '../../../test/support/shared.ts'
import { createHIT, work } from '../../../test/support/steps.ts'
import { block } from '../../../test/support/worker-blocks.ts'
import { must, suspend } from '../../../test/support/worker-calls.ts'
import { cents } from '../../domain/money.ts'
import type { SavedFilters } from '../../domain/saved-search.ts'
import type { OperationInput } from '../../model/operations.ts'
import { server } from '../../limits.ts'
import { ListOutbox } from '../operator/Outbox.ts'
import { operator, system } from '../operation.ts'
import { closeAccount } from '../worker/CloseAccount.ts'
import { SetSearchAlert } from '../worker/SetSearchAlert.ts'
import { AlertSearches } from './alert-searches.ts'

const look = server.searches.lookInterval / 1000
const hour = 3600

let addresses = 0

const masters = [
  {
    QualificationTypeId: '2F1QJWKUDD8XADTFD2Q0G6UTO95ALH',
    Comparator: 'Exists',
    ActionsGuarded: 'Accept',
  },
] as const as unknown as OperationInput<'CreateHIT'>['QualificationRequirements']

onBothDatabases('alerts', (market) => {
  const member = () => market().worker({ email: `member${++addresses}@example.org` })
  /** A worker who is told of the new groups of a requester of his own, and that requester. */
  const listener = async (filters: Partial<SavedFilters> = {}): Promise<[TestWorker, TestClient]> => {
    const [worker, client] = [await member(), await market().requester()]
    await saveSearch(market(), worker, 'Hers', { requesterId: client.requesterId, ...filters })
    await market().advance(1)
    return [worker, client]
  }
  const titlesTold = async (worker: TestWorker) =>
    (await alertsTo(market(), worker)).map(({ text }) =>
      [...text.matchAll(/^(.+)\n\$\d/gm)].map(([, title]) => title),
    )

  test('a new group that matches is told once, with what it pays and the ways on', async () => {
    const [worker, client] = await listener({ search: 'wren' })
    const hit = await createHIT(client, { Title: 'Name the wren', Reward: '0.20' })
    await createHIT(client, { Title: 'Name the owl' })
    await market().advance(look)
    const [alert, ...others] = await alertsTo(market(), worker)
    expect(others).toEqual([])
    expect(alert?.subject).toBe('A new group of HITs for you')
    expect(alert?.text).toContain(
      `Name the wren\n$0.20, by Test Laboratory\n/projects/${hit.HITGroupId}/tasks`,
    )
    expect(alert?.text).toMatch(new RegExp(`/alerts/off/${worker.workerId}/[\\w-]{43}$`))
    for (let i = 0; i < 5; i++) await market().advance(hour)
    // More HITs of a group that is known make no new group.
    await createHIT(client, { Title: 'Name the wren', Reward: '0.20' })
    await market().advance(2 * hour)
    expect(await titlesTold(worker)).toEqual([['Name the wren']])
  })

  test('a worker gets one mail an hour at most, with all that is new by then', async () => {
    const [worker, client] = await listener()
    for (const title of ['One', 'Two', 'Three', 'Four']) {
      await createHIT(client, { Title: title })
      await market().advance(look)
    }
    expect(await titlesTold(worker)).toEqual([['One']])
    await market().advance(hour - 3 * look - 1)
    expect(await alertsTo(market(), worker)).toHaveLength(1)
    await market().advance(1)
    expect(await titlesTold(worker)).toEqual([['Four', 'Three', 'Two'], ['One']])
    expect((await alertsTo(market(), worker))[0]?.subject).toBe('3 new groups of HITs for you')
  })

  test('the market is looked through once in five minutes', async () => {
    const [worker, client] = await listener()
    await market().advance(look - 1)
    await createHIT(client)
    await market().advance(look - 1)
    expect(await alertsTo(market(), worker)).toEqual([])
    await market().advance(1)
    expect(await alertsTo(market(), worker)).toHaveLength(1)
  })

  test('a long list is cut, and the rest counted', async () => {
    const [worker, client] = await listener()
    for (let i = 0; i < server.searches.listed + 2; i++) await createHIT(client, { Title: `Group ${i}` })
    await market().advance(look)
    const [titles] = await titlesTold(worker)
    expect(titles).toHaveLength(server.searches.listed)
    const [alert] = await alertsTo(market(), worker)
    expect(alert?.subject).toBe('22 new groups of HITs for you')
    expect(alert?.text).toContain('2 more:\n/projects')
    await market().advance(2 * hour)
    expect(await alertsTo(market(), worker)).toHaveLength(1)
  })

  test('several searches and the favourites make one mail; a group is in it once', async () => {
    const [worker, client] = await listener({ search: 'finch' })
    const favourite = await market().requester()
    await saveSearch(market(), worker, 'Well paid', { minReward: cents(9_000) })
    await mark(market(), worker, 'requester', favourite.requesterId)
    await must(market(), worker, SetSearchAlert, { searchId: undefined, hasAlerts: true })
    await market().advance(1)
    await createHIT(client, { Title: 'A finch for much', Reward: '95.00' })
    await createHIT(favourite, { Title: 'Of a favourite' })
    await createHIT(favourite, { Title: 'Of a favourite, for much', Reward: '91.00' })
    await market().advance(look)
    const [titles, ...others] = await titlesTold(worker)
    expect(others).toEqual([])
    expect(titles?.toSorted()).toEqual(['A finch for much', 'Of a favourite', 'Of a favourite, for much'])
  })

  test('a search of favourites alone finds groups of marked requesters', async () => {
    const [worker, client] = [await member(), await market().requester()]
    await mark(market(), worker, 'requester', client.requesterId)
    await saveSearch(market(), worker, 'Mine', { favourites: true })
    await market().advance(1)
    await createHIT(client, { Title: 'Marked' })
    await createHIT(await market().requester(), { Title: 'Not marked' })
    await market().advance(look)
    expect(await titlesTold(worker)).toEqual([['Marked']])
  })

  const silent: [
    why: string,
    spoil: (worker: TestWorker, client: TestClient) => Promise<unknown>,
    again?: true,
  ][] = [
    ['is suspended', (worker) => suspend(market(), worker)],
    ['is blocked by the requester', (worker, client) => block(client, worker.workerId)],
    [
      'has closed the account',
      (worker) => {
        const caller = { kind: 'worker', workerId: worker.workerId } as const
        const input = { email: undefined, givesUp: true, wallNow: market().clock.now() }
        return closeAccount([market().market.runner], caller, input)
      },
    ],
  ]

  test.each(silent)('who %s is told nothing', async (_, spoil) => {
    const [worker, client] = await listener()
    await spoil(worker, client)
    await createHIT(client)
    await market().advance(2 * hour)
    expect(await alertsTo(market(), worker)).toEqual([])
  })

  test('what he may not accept, has begun already, or is over again is not told', async () => {
    const [worker, client] = await listener()
    await createHIT(client, { Title: 'For Masters', QualificationRequirements: masters })
    await work(worker, await createHIT(client, { Title: 'Begun', MaxAssignments: 2 }))
    await createHIT(client, { Title: 'Begun', MaxAssignments: 2 })
    await createHIT(client, { Title: 'Over', LifetimeInSeconds: 60 })
    await createHIT(client, { Title: 'Good' })
    await market().advance(look)
    expect(await titlesTold(worker)).toEqual([['Good']])
  })

  test('a turn is used once, and not by who comes late', async () => {
    const [worker, client] = await listener()
    await createHIT(client)
    const { market: inner, clock } = market()
    await inner.groupKeeper.refresh()
    const dueAt = clock.now() - 1000 + look * 1000
    const turn = {
      workerId: worker.workerId,
      dueAt,
      groups: [...inner.groupKeeper.catalogue.all()],
      site: 'https://site.test',
      stop: 'https://site.test/off',
    }
    const told = await Promise.all(
      Array.from({ length: 8 }, () => inner.runner.run(AlertSearches, system, turn)),
    )
    expect(told.filter((output) => 'told' in output && output.told > 0)).toHaveLength(1)
    expect(await alertsTo(market(), worker)).toHaveLength(1)
  })
})

describe('alerts of several processes on one PostgreSQL', async () => {
  describeUnless(await postgresMissing(), 'at the same moment', () => {
    let markets: TestMarket[]
    let drop: () => Promise<void>
    beforeAll(async () => {
      const database = await createDatabase()
      drop = () => database.drop()
      const open = () =>
        openMarket(database.url, 'production', createIds(), undefined, undefined, { mailsWorkers: true })
      markets = [await open(), await open()]
    })
    afterAll(async () => {
      for (const market of markets) await market.close()
      await drop()
    })

    test('send each mail once', async () => {
      const [first] = markets
      const client = await first!.requester()
      const workers = await Promise.all(
        Array.from({ length: 20 }, (_, i) => first!.worker({ email: `many${i}@example.org` })),
      )
      for (const worker of workers) await saveSearch(first!, worker, 'All')
      for (let round = 1; round <= 3; round++) {
        const setClocks = (seconds: number) => {
          for (const { clock } of markets) clock.set(clock.now() + seconds * 1000)
        }
        setClocks(60)
        await createHIT(client, { Title: `Round ${round}` })
        await first!.market.groupKeeper.keepUp()
        setClocks(hour)
        await Promise.all(markets.map((market) => market.market.timers.catchUp()))
        for (const worker of workers) expect(await alertsTo(first!, worker)).toHaveLength(round)
      }
      const sent = await first!.market.runner.run(ListOutbox, operator, { before: undefined, limit: 1000 })
      expect((sent as { event: string }[]).filter(({ event }) => event === 'alert')).toHaveLength(60)
    })
  })
})
