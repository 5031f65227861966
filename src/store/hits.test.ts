import { expect, test } from 'vitest'
import { cents } from '../domain/money.ts'
import {
  onBothStores,
  onPostgresStores,
  sampleAssignment,
  sampleHIT,
  usualNow,
} from '../../test/support/stores.ts'
import * as assignments from './assignments.ts'
import type { Cursor } from './cursor.ts'
import * as hits from './hits.ts'
import { read } from './prepared.ts'

const hour = 3_600_000

onBothStores('HITs', (stores) => {
  test('are found as they were added, with every member', async () => {
    const { production } = stores()
    const hit = sampleHIT({
      annotation: 'mine ✓',
      reviewableAt: 5,
      dueAt: 6,
      slotsHeld: false,
      status: 'Reviewing',
    })
    const bare = sampleHIT({ dueAt: undefined })
    await production.write(async (tx) => {
      await hits.add(tx, hit)
      await hits.add(tx, bare)
    })
    expect(await production.read((tx) => hits.find(tx, hit.id))).toEqual(hit)
    expect(await production.write((tx) => hits.lock(tx, bare.id))).toEqual(bare)
    expect(await production.read((tx) => hits.find(tx, 'UNKNOWN'))).toBeUndefined()
  })

  test('are saved with everything that may change', async () => {
    const { production } = stores()
    const hit = sampleHIT()
    const changed = sampleHIT({
      id: hit.id,
      hitTypeId: 'OTHER',
      expiresAt: usualNow + 5,
      maxAssignments: 20,
      reward: cents(9_007_199_254_740_991n),
      fee: cents(3),
      pending: 4,
      submitted: 5,
      reviewed: 2,
      escrow: cents(0),
      slotsHeld: false,
      status: 'Unassignable',
      reviewableAt: 8,
      dueAt: 9,
    })
    await production.write(async (tx) => {
      await hits.add(tx, hit)
      await hits.save(tx, changed)
      await hits.setType(tx, hit.id, 'OTHER')
    })
    expect(await production.read((tx) => hits.find(tx, hit.id))).toEqual(changed)
  })

  test('keep their type when they are saved', async () => {
    const { production } = stores()
    const hit = sampleHIT()
    await production.write(async (tx) => {
      await hits.add(tx, hit)
      await hits.save(tx, { ...hit, hitTypeId: 'OTHER' })
    })
    expect(await production.read((tx) => hits.find(tx, hit.id))).toEqual(hit)
  })

  test('are locked by way of an assignment', async () => {
    const { production } = stores()
    const hit = sampleHIT()
    const assignment = sampleAssignment({ hitId: hit.id })
    await production.write(async (tx) => {
      await hits.add(tx, hit)
      await assignments.add(tx, assignment)
    })
    expect(await production.write((tx) => hits.lockOfAssignment(tx, assignment.id))).toEqual(hit)
    expect(await production.write((tx) => hits.lockOfAssignment(tx, 'UNKNOWN'))).toBeUndefined()
  })

  test('are listed newest first, equal times by id, from page to page [hits 8]', async () => {
    const { production } = stores()
    const of = (createdAt: number, more = {}) => sampleHIT({ requesterId: 'LISTER', createdAt, ...more })
    const list = [of(3), of(2), of(2), of(2), of(1)]
    await production.write(async (tx) => {
      for (const hit of list.toReversed()) await hits.add(tx, hit)
      await hits.add(tx, of(2, { status: 'Disposed' }))
      await hits.add(tx, of(2, { requesterId: 'ANOTHER' }))
    })
    const wanted = [list[0]!, ...list.slice(1, 4).toSorted((a, b) => (a.id < b.id ? -1 : 1)), list[4]!]
    const page = (after: Cursor | undefined, limit: number) =>
      production.read((tx) => hits.listNewest(tx, 'LISTER', after, limit))
    expect(await page(undefined, 100)).toEqual(wanted)
    for (let i = 0; i < wanted.length; i++) {
      const { createdAt, id } = wanted[i]!
      expect(await page({ time: createdAt, id }, 2)).toEqual(wanted.slice(i + 1, i + 3))
    }
  })

  test('are listed when reviewable, latest expiration first, of one type or all [hits 8]', async () => {
    const { production } = stores()
    const of = (expiresAt: number, more = {}) =>
      sampleHIT({ requesterId: 'REVIEWER', status: 'Reviewable', expiresAt, ...more })
    const list = [of(9), of(7, { hitTypeId: 'OTHER' }), of(7), of(5)].toSorted(
      (a, b) => b.expiresAt - a.expiresAt || (a.id < b.id ? -1 : 1),
    )
    const marked = of(8, { status: 'Reviewing' })
    await production.write(async (tx) => {
      for (const hit of list) await hits.add(tx, hit)
      await hits.add(tx, marked)
      for (const status of ['Assignable', 'Unassignable', 'Disposed'] as const)
        await hits.add(tx, of(7, { status }))
      await hits.add(tx, of(7, { requesterId: 'ANOTHER', hitTypeId: 'OTHER' }))
    })
    const page = (status: 'Reviewable' | 'Reviewing', type?: string, after?: Cursor, limit = 100) =>
      production.read((tx) => hits.listReviewable(tx, 'REVIEWER', status, type, after, limit))
    expect(await page('Reviewable')).toEqual(list)
    expect(await page('Reviewing')).toEqual([marked])
    expect(await page('Reviewable', 'OTHER')).toEqual(list.filter((hit) => hit.hitTypeId === 'OTHER'))
    expect(await page('Reviewable', 'UNKNOWN')).toEqual([])
    for (let i = 0; i < list.length; i++) {
      const { expiresAt, id } = list[i]!
      expect(await page('Reviewable', undefined, { time: expiresAt, id }, 1)).toEqual(
        list.slice(i + 1, i + 2),
      )
    }
  })

  test('are listed whatever their state, by id, for audits', async () => {
    const { production } = stores()
    const list = [
      sampleHIT({ requesterId: 'AUDITED', status: 'Disposed' }),
      sampleHIT({ requesterId: 'AUDITED' }),
    ]
    await production.write(async (tx) => {
      for (const hit of list) await hits.add(tx, hit)
    })
    const page = (after: string) => production.read((tx) => hits.listAll(tx, 'AUDITED', after, 1))
    expect(await page('')).toEqual([list[0]])
    expect(await page(list[0]!.id)).toEqual([list[1]])
    expect(await page(list[1]!.id)).toEqual([])
  })

  test('are offered to a worker who has not had them, each in its turn [design 4]', async () => {
    const { production } = stores()
    const type = 'OFFERED'
    const free = Array.from({ length: 30 }, () => sampleHIT({ hitTypeId: type }))
    await production.write(async (tx) => {
      for (const hit of free) await hits.add(tx, hit)
      await hits.add(tx, sampleHIT({ hitTypeId: type, status: 'Unassignable' }))
      await hits.add(tx, sampleHIT({ hitTypeId: type, expiresAt: usualNow }))
      await hits.add(tx, sampleHIT({ hitTypeId: 'ANOTHER' }))
    })
    const given = new Set<string>()
    for (let i = 0; i < free.length; i++) {
      await production.write(async (tx) => {
        const offer = await hits.lockOffer(tx, type, 'W')
        given.add(offer!.id)
        await assignments.add(tx, sampleAssignment({ hitId: offer!.id, workerId: 'W' }))
      })
    }
    expect(given).toEqual(new Set(free.map(({ id }) => id)))
    expect(await production.write((tx) => hits.lockOffer(tx, type, 'W'))).toBeUndefined()
    expect(given).toContain((await production.write((tx) => hits.lockOffer(tx, type, 'OTHER')))!.id)
    expect(
      await production.write((tx) => hits.lockOffer(tx, type, 'OTHER'), usualNow + 25 * hour),
    ).toBeUndefined()
  })

  test('are offered again to a worker who gave them back [hits 6.6]', async () => {
    const { production } = stores()
    const hit = sampleHIT({ hitTypeId: 'AGAIN' })
    const work = sampleAssignment({ hitId: hit.id, workerId: 'W' })
    await production.write(async (tx) => {
      await hits.add(tx, hit)
      await assignments.add(tx, work)
    })
    const offer = () => production.write((tx) => hits.lockOffer(tx, 'AGAIN', 'W'))
    expect(await offer()).toBeUndefined()
    await production.write((tx) =>
      assignments.move(tx, 'open', { ...work, state: 'returned', dueAt: undefined }, 1),
    )
    expect(await offer()).toEqual(hit)
  })

  test('are shown before acceptance while they are open', async () => {
    const { production } = stores()
    const hit = sampleHIT({ hitTypeId: 'SHOWN' })
    await production.write((tx) => hits.add(tx, hit))
    expect(await production.read((tx) => hits.findOffer(tx, 'SHOWN'))).toEqual(hit)
    expect(await production.read((tx) => hits.findOffer(tx, 'SHOWN'), hit.expiresAt)).toBeUndefined()
    expect(await production.read((tx) => hits.findOffer(tx, 'UNKNOWN'))).toBeUndefined()
  })

  test('are shown in turn, each once, to who skips them [websites 1.4]', async () => {
    const { production } = stores()
    const all = [1, 2, 3].map(() => sampleHIT({ hitTypeId: 'TURNS' }))
    const other = sampleHIT({ hitTypeId: 'OTHER' })
    await production.write(async (tx) => {
      for (const hit of [...all, other]) await hits.add(tx, hit)
    })
    const next = async (skipped?: string) =>
      (await production.read((tx) => hits.findOffer(tx, 'TURNS', skipped)))?.id
    const first = await next()
    const second = await next(first)
    const third = await next(second)
    expect(new Set([first, second, third])).toEqual(new Set(all.map(({ id }) => id)))
    expect([await next(third), await next(other.id), await next('3NONE')]).toEqual([first, first, first])
  })
})

const waiting = read<object, { count: number }>(() => ({
  compile: () =>
    ({
      sql: `select count(*) as count from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`,
      parameters: [],
    }) as never,
}))

onPostgresStores('HITs that two workers reach for', (stores) => {
  test.for([
    { ends: 'takes the last slot', status: 'Unassignable', isLeft: false },
    { ends: 'takes one of several', status: 'Assignable', isLeft: true },
  ] as const)(
    'are waited for while the first $ends: nothing left is said only when it is true',
    async (of) => {
      const { production } = stores()
      const hit = sampleHIT({ hitTypeId: `CONTESTED ${of.status}` })
      await production.write((tx) => hits.add(tx, hit))
      const [held, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
      const first = production.write(async (tx) => {
        const locked = await hits.lockOffer(tx, hit.hitTypeId, 'FIRST')
        held.resolve()
        await go.promise
        await hits.save(tx, { ...locked!, status: of.status })
      })
      await held.promise
      const second = production.write((tx) => hits.lockOffer(tx, hit.hitTypeId, 'SECOND'))
      await expect.poll(() => production.read((tx) => tx.first(waiting, {}))).toEqual({ count: 1 })
      go.resolve()
      await first
      expect((await second)?.id).toBe(of.isLeft ? hit.id : undefined)
    },
  )

  test('do not hold each other up while there are others', async () => {
    const { production } = stores()
    const two = [sampleHIT({ hitTypeId: 'PLENTY' }), sampleHIT({ hitTypeId: 'PLENTY' })]
    await production.write(async (tx) => {
      for (const hit of two) await hits.add(tx, hit)
    })
    const given = await production.write(async (tx) => {
      const first = await hits.lockOffer(tx, 'PLENTY', 'FIRST')
      // The first is still held while the second worker is served.
      const second = await production.write((other) => hits.lockOffer(other, 'PLENTY', 'SECOND'))
      return [first!.id, second!.id]
    })
    expect(given.toSorted()).toEqual(two.map(({ id }) => id).toSorted())
  })
})
