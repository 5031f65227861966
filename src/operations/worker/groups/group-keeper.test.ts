import { describe, expect, test } from 'vitest'
import { everyGroup } from '../../../../test/support/group-lists.ts'
import {
  aHIT,
  onBothDatabases,
  openMarket,
  startTime,
  type TestClient,
  type TestMarket,
} from '../../../../test/support/market.ts'
import { createDatabase, postgresMissing } from '../../../../test/support/postgres.ts'
import { describeUnless } from '../../../../test/support/shared.ts'
import { accept, createHIT, work } from '../../../../test/support/steps.ts'
import { sampleHIT } from '../../../../test/support/stores.ts'
import { isFault } from '../../../domain/fault.ts'
import { server } from '../../../limits.ts'
import { countFrom, listKept, nothingOffered, together } from '../../../store/group-figures.ts'
import * as hits from '../../../store/hits.ts'
import type { Store } from '../../../store/store.ts'
import { operator } from '../../operation.ts'
import { Reset } from '../../operator/Reset.ts'

/** What the lists of a process say that groups of the requester offer, by title. */
async function offered(market: TestMarket, client?: TestClient): Promise<Record<string, number>> {
  const { workerId } = await market.worker()
  const page = await market.market.listGroups({ kind: 'worker', workerId }, everyGroup)
  if (isFault(page)) throw new Error(page.fault)
  return Object.fromEntries(
    page.groups
      .filter(({ type }) => client === undefined || type.requesterId === client.requesterId)
      .map(({ type, figures }) => [type.title, figures.assignable]),
  )
}

/** A fresh count of a group, past everything that is kept. */
function countAnew({ market, clock }: TestMarket, hitTypeId: string) {
  return market.store.read(clock.now(), async (tx) => {
    let sum = nothingOffered
    for (let from: number | undefined = 0; from !== undefined;) {
      const { next, ...part }: Awaited<ReturnType<typeof countFrom>> = await countFrom(
        tx,
        hitTypeId,
        from,
        server.groups.step,
      )
      sum = together(sum, part)
      from = next
    }
    return sum
  })
}

/** Adds so many HITs to the group of one, past the operations: as another process would. */
async function addUnnoticed({ market, clock }: TestMarket, like: string, count: number): Promise<void> {
  for (let added = 0; added < count; added += 500)
    await market.store.write(
      clock.now(),
      async (tx) => {
        const { id: _, ...hit } = (await hits.find(tx, like))!
        const { id: __, ...rest } = sampleHIT(hit)
        for (let i = added; i < Math.min(count, added + 500); i++)
          await hits.add(tx, { ...rest, id: tx.ids.entity(tx.now) })
      },
      { keep: () => true },
    )
}

const keptOf = async ({ market, clock }: TestMarket, hitTypeId: string) =>
  (await market.store.read(clock.now(), (tx) => listKept(tx, [hitTypeId]))).get(hitTypeId)

onBothDatabases('figures of groups', (market) => {
  test('equal a fresh count after any acts, and so does the table [design 4]', async () => {
    const client = await market().requester()
    const workers = [await market().worker(), await market().worker(), await market().worker()]
    let seed = 7
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below
    const made: { HITId: string; HITTypeId: string; Title: string }[] = []
    const held: [worker: number, assignment: string][] = []
    for (let act = 0; act < 70; act++) {
      const hit = made[random(Math.max(1, made.length))]
      const kind = random(10)
      if (hit === undefined || kind < 3) {
        const Title = `group ${random(4)}`
        const life = random(3) === 0 ? 60 : 86_400
        const changes = { Title, MaxAssignments: 1 + random(3), LifetimeInSeconds: life }
        made.push({ ...(await createHIT(client, changes)), Title })
      } else if (kind < 6) {
        const worker = random(workers.length)
        const assignment = await workers[worker]!.accept({ hitId: hit.HITId })
        if (assignment.startsWith('3')) held.push([worker, assignment])
      } else if (kind < 7 && held.length > 0) {
        const [worker, assignment] = held.splice(random(held.length), 1)[0]!
        await (random(2) === 0 ? workers[worker]!.submit(assignment) : workers[worker]!.giveBack(assignment))
      } else if (kind < 8) {
        await client.send('UpdateExpirationForHIT', JSON.stringify({ HITId: hit.HITId, ExpireAt: 0 }))
      } else if (kind < 9) {
        await market().advance(25)
      } else {
        market().clock.set(market().clock.now() + 35_000)
      }
      if (act % 5 !== 0) continue
      const shown = await offered(market(), client)
      for (const { HITTypeId, Title } of made) {
        const { assignable } = await countAnew(market(), HITTypeId)
        expect(shown[Title] ?? 0, `${Title} after act ${act}`).toBe(assignable)
      }
    }
    await market().market.groupKeeper.keepUp()
    for (const { HITTypeId } of made) {
      const fresh = await countAnew(market(), HITTypeId)
      const kept = await keptOf(market(), HITTypeId)
      expect(kept?.assignable).toBe(fresh.assignable)
      if (fresh.assignable > 0) expect(kept).toMatchObject({ latestExpiration: fresh.latestExpiration })
    }
  })

  test(
    'a large group is counted in steps, beside the lists, and then rests',
    { timeout: 60_000 },
    async () => {
      const client = await market().requester()
      const hit = await createHIT(client, { Title: 'large' })
      const more = 2 * server.groups.step
      await addUnnoticed(market(), hit.HITId, more)
      // The list counts its first step only.
      await market().market.groupKeeper.keepUp()
      expect(await offered(market(), client)).toEqual({ large: more + 1 })
      expect((await keptOf(market(), hit.HITTypeId))?.assignable).toBe(more + 1)
      await accept(await market().worker(), hit)
      expect(await offered(market(), client)).toEqual({ large: more + 1 })
      await market().market.groupKeeper.keepUp()
      expect(await offered(market(), client)).toEqual({ large: more })
    },
  )

  test('what a note was lost of comes to light with the next sweep', async () => {
    const client = await market().requester()
    const hit = await createHIT(client, { Title: 'swept' })
    await market().advance(1)
    await addUnnoticed(market(), hit.HITId, 2)
    expect(await offered(market(), client)).toEqual({ swept: 1 })
    await market().advance(server.groups.sweepInterval / 1000)
    expect(await offered(market(), client)).toEqual({ swept: 3 })
  })

  test('where much is touched a list shows what was counted seconds ago, and no older', async () => {
    const client = await market().requester()
    const titles = Array.from({ length: server.groups.batch + 1 }, (_, number) => `touched ${number}`)
    const shown = async () => Object.values(await offered(market(), client))
    for (const Title of titles) await createHIT(client, { Title, AssignmentDurationInSeconds: 900 })
    await market().market.groupKeeper.keepUp()
    const whenCounted = market().clock.now()
    for (const Title of titles) await createHIT(client, { Title, AssignmentDurationInSeconds: 900 })
    expect(await shown()).toEqual(titles.map(() => 1))
    market().clock.set(whenCounted + server.groups.staleAfter)
    expect(await shown()).toEqual(titles.map(() => 2))
  })

  test('after a reset nothing is left of what was kept', async () => {
    await createHIT(await market().requester())
    expect(Object.keys(await offered(market())).length).toBeGreaterThan(0)
    await market().market.runner.run(Reset, operator, { people: true })
    expect(await offered(market())).toEqual({})
    const client = await market().requester()
    await createHIT(client, { Title: 'after' })
    expect(await offered(market())).toEqual({ after: 1 })
  })
})

describe('a change while a group is counted', () => {
  test('is not lost: the group is counted once more', async () => {
    let disturb: (() => Promise<unknown>) | undefined
    // Between the snapshot of a count and its result somebody else commits.
    const around = (store: Store): Store => ({
      ...store,
      isRetryable: (error) => store.isRetryable(error),
      write: (now, perform, options) => store.write(now, perform, options),
      async read(now, perform) {
        const result = await store.read(now, perform)
        const once = disturb
        disturb = undefined
        await once?.()
        return result
      },
    })
    const market = await openMarket('sqlite::memory:', 'production', undefined, around)
    const client = await market.requester()
    await createHIT(client, { Title: 'raced' })
    expect(await offered(market)).toEqual({ raced: 1 })
    await createHIT(client, { Title: 'raced' })
    disturb = () => createHIT(client, { Title: 'raced' })
    await market.market.groupKeeper.refresh()
    expect(disturb).toBeUndefined()
    expect(await offered(market)).toEqual({ raced: 3 })
    await market.close()
  })

  test('a count that fails is made again', async () => {
    let broken = false
    const around = (store: Store): Store => ({
      ...store,
      isRetryable: (error) => store.isRetryable(error),
      write: (now, perform, options) => store.write(now, perform, options),
      read: (now, perform) =>
        broken ? Promise.reject(new Error('the database is away')) : store.read(now, perform),
    })
    const market = await openMarket('sqlite::memory:', 'production', undefined, around)
    const client = await market.requester()
    await offered(market)
    await createHIT(client, { Title: 'tried again' })
    const { workerId } = await market.worker()
    broken = true
    await expect(market.market.listGroups({ kind: 'worker', workerId }, everyGroup)).rejects.toThrow('away')
    await market.market.groupKeeper.keepUp()
    broken = false
    expect(await offered(market)).toEqual({ 'tried again': 1 })
    await market.close()
  })
})

describe('several processes', async () => {
  describeUnless(await postgresMissing(), 'on one PostgreSQL', () => {
    test('see within two seconds what another one did; a new one at once', async () => {
      const database = await createDatabase()
      const one = await openMarket(database.url)
      const other = await openMarket(database.url)
      const client = await one.requester()
      const hit = await createHIT(client, { Title: 'shared' })
      expect(await offered(one)).toEqual({ shared: 1 })
      expect(await offered(other)).toEqual({ shared: 1 })
      await client.call('CreateHIT', aHIT({ Title: 'shared' }))
      await client.call('CreateHIT', aHIT({ Title: 'second' }))
      const bothAdvance = async () => {
        for (const market of [one, other]) await market.advance(1)
      }
      await bothAdvance()
      await bothAdvance()
      expect(await offered(other)).toEqual({ shared: 2, second: 1 })
      // The other process takes the last HIT of one group and one of the other.
      await work(await other.worker(), hit)
      const { HITs } = await client.call('ListHITs', {})
      const second = HITs!.find(({ Title }) => Title === 'second')
      await work(await other.worker(), { HITId: second!.HITId! })
      expect(await offered(other)).toEqual({ shared: 1 })
      await bothAdvance()
      await bothAdvance()
      expect(await offered(one)).toEqual({ shared: 1 })
      const third = await openMarket(database.url)
      third.clock.set(startTime + 10_000)
      expect(await offered(third)).toEqual({ shared: 1 })
      for (const market of [one, other, third]) await market.close()
      await database.drop()
    })
  })
})
