import { expect, test } from 'vitest'
import type { Assignment } from '../domain/assignment.ts'
import type { HIT } from '../domain/hit.ts'
import {
  ids,
  onBothStores,
  sampleAssignment,
  sampleHIT,
  sampleType,
  usualNow,
  type TestStore,
} from '../../test/support/stores.ts'
import * as assignments from './assignments.ts'
import * as groupFigures from './group-figures.ts'
import { listWithOffer } from './group-offers.ts'
import { listSeconds, listSecondsOfOthers } from './group-pay.ts'
import { listByEither, listTypes } from './groups.ts'
import * as hitTypes from './hit-types.ts'
import * as hits from './hits.ts'
import * as requesters from './requesters.ts'
import * as workerGroups from './worker-groups.ts'

async function addType(store: TestStore, requesterId = ids.person()) {
  const type = sampleType({ requesterId })
  const person = { email: undefined, password: undefined, suspended: false, linked: true, createdAt: 0 }
  await store.write((tx) => requesters.add(tx, { ...person, id: requesterId, name: 'Laboratory' }))
  await store.write((tx) => hitTypes.addUnlessEqual(tx, type, ids.person()))
  return type
}

const put = ({ write }: TestStore, ...all: Partial<HIT>[]) =>
  write(async (tx) => {
    for (const one of all) await hits.add(tx, sampleHIT(one))
  })

/** A group counted whole, in steps of so many. */
async function count({ read }: TestStore, hitTypeId: string, step: number, now = usualNow) {
  let sum = groupFigures.nothingOffered
  let steps = 0
  for (let from: number | undefined = 0; from !== undefined; steps++) {
    const start: number = from
    const { next, ...part } = await read((tx) => groupFigures.countFrom(tx, hitTypeId, start, step), now)
    expect(part.assignable).toBeLessThanOrEqual(step)
    sum = groupFigures.together(sum, part)
    from = next
  }
  return { ...sum, steps }
}

onBothStores('what a group offers', (stores) => {
  test('is counted from its open HITs, without those that expired [hits 5.2, websites 1.3]', async () => {
    const { production } = stores()
    const hitTypeId = ids.person()
    const later = usualNow + 1000
    await put(
      production,
      { hitTypeId, createdAt: usualNow - 5, expiresAt: later },
      { hitTypeId, createdAt: usualNow - 3, expiresAt: later + 1 },
      { hitTypeId, status: 'Unassignable' },
      { hitTypeId, status: 'Reviewable' },
      { hitTypeId: ids.person() },
    )
    const two = { createdAt: usualNow - 5, addedAt: usualNow - 3, nextExpiration: later }
    expect(await count(production, hitTypeId, 10)).toEqual({
      ...two,
      assignable: 2,
      latestExpiration: later + 1,
      steps: 1,
    })
    expect(await count(production, hitTypeId, 10, later)).toMatchObject({
      assignable: 1,
      createdAt: usualNow - 3,
      nextExpiration: later + 1,
    })
    expect(await count(production, hitTypeId, 10, later + 1)).toEqual({
      ...groupFigures.nothingOffered,
      steps: 1,
    })
  })

  test('is the same in steps of any length', async () => {
    const { production } = stores()
    const hitTypeId = ids.person()
    const all = Array.from({ length: 23 }, (_, i) => ({ hitTypeId, createdAt: usualNow - i }))
    await put(production, ...all)
    const whole = await count(production, hitTypeId, 100)
    for (const step of [1, 2, 7, 22, 23, 24])
      expect(await count(production, hitTypeId, step), `steps of ${step}`).toEqual({
        ...whole,
        steps: Math.max(1, Math.ceil(23 / step)),
      })
    expect(whole).toMatchObject({ assignable: 23, createdAt: usualNow - 22, addedAt: usualNow, steps: 1 })
  })

  test('types with open HITs are found one after the other', async () => {
    const { sandbox } = stores()
    await put(
      sandbox,
      { hitTypeId: 'B' },
      { hitTypeId: 'B' },
      { hitTypeId: 'A' },
      { hitTypeId: 'C', status: 'Reviewable' },
      { hitTypeId: 'D' },
    )
    const next = (after: string) => sandbox.read((tx) => groupFigures.findNextOpenType(tx, after))
    expect([await next(''), await next('A'), await next('B'), await next('D')]).toEqual([
      'A',
      'B',
      'D',
      undefined,
    ])
  })
})

const figures = (changes: Partial<groupFigures.KeptFigures>): groupFigures.KeptFigures => ({
  hitTypeId: ids.person(),
  assignable: 2,
  createdAt: 1,
  updatedAt: 2,
  latestExpiration: 3,
  nextExpiration: 4,
  medianSeconds: undefined,
  samples: 0,
  changedAt: 10,
  ...changes,
})

onBothStores('kept figures of groups', (stores) => {
  const keep = (...all: groupFigures.KeptFigures[]) =>
    stores().production.write(async (tx) => {
      for (const one of all) await groupFigures.put(tx, one)
    })

  test('are replaced by later ones only', async () => {
    const first = figures({})
    const later = { ...first, assignable: 1, medianSeconds: 30, samples: 4, changedAt: 11 }
    const find = async () =>
      (await stores().production.read((tx) => groupFigures.listKept(tx, [first.hitTypeId]))).get(
        first.hitTypeId,
      )
    await keep(first)
    expect(await find()).toEqual(first)
    await keep(later)
    expect(await find()).toEqual(later)
    await keep(first)
    expect(await find()).toEqual(later)
  })

  test('of groups that offer something are listed by id, and what was counted since by time', async () => {
    const { production } = stores()
    const changedAt = 1_000_000
    const [a, b, c] = ['ZA', 'ZB', 'ZC'].map((hitTypeId, i) =>
      figures({ hitTypeId, changedAt: changedAt - i }),
    )
    await keep(a!, b!, { ...c!, assignable: 0 })
    const open = (after: string, limit: number) =>
      production.read((tx) => groupFigures.listOpen(tx, after, limit))
    expect(await open('Z', 9)).toEqual([a, b])
    expect(await open('ZA', 9)).toEqual([b])
    expect(await open('Z', 1)).toEqual([a])
    const changed = async (since: number, after: string, limit: number) =>
      (await production.read((tx) => groupFigures.listChanged(tx, since, after, limit))).map(
        ({ hitTypeId }) => hitTypeId,
      )
    expect(await changed(changedAt - 2, '', 9)).toEqual(['ZC', 'ZB', 'ZA'])
    expect(await changed(changedAt - 2, 'ZC', 9)).toEqual(['ZB', 'ZA'])
    expect(await changed(changedAt - 2, '', 2)).toEqual(['ZC', 'ZB'])
    expect(await changed(changedAt, '', 9)).toEqual(['ZA'])
  })

  test('types are found with the name of their requester, by either id [hits 3]', async () => {
    const { production } = stores()
    const types = [await addType(production), await addType(production)]
    const named = await production.read((tx) =>
      listTypes(
        tx,
        types.map(({ id }) => id),
      ),
    )
    expect(named).toHaveLength(2)
    expect(named).toContainEqual({ type: types[0], requesterName: 'Laboratory', registeredAt: usualNow })
    const [first, second] = types as [(typeof types)[0], (typeof types)[0]]
    const found = await production.read((tx) => listByEither(tx, [first.id, second.groupId, 'NONE']))
    expect([...found].map(([id, { type }]) => [id, type.id])).toEqual([
      [first.id, first.id],
      [second.groupId, second.id],
    ])
  })
})

/** Work of somebody that took so many seconds, submitted so many after the usual time. */
const work = ({ write }: TestStore, hitTypeId: string, all: [worker: string, took: number, at: number][]) =>
  write(async (tx) => {
    for (const [workerId, took, at] of all) {
      const submittedAt = usualNow + at * 1000
      const acceptedAt = submittedAt - took * 1000
      const open: Assignment = sampleAssignment({ hitTypeId, workerId, acceptedAt, hitId: ids.person() })
      await assignments.add(tx, open)
      await assignments.move(tx, 'open', { ...open, state: 'Submitted', submittedAt })
    }
  })

onBothStores('how long work took', (stores) => {
  test('the latest first, of all or of others, of so many at most', async () => {
    const { production } = stores()
    const hitTypeId = ids.person()
    await work(production, hitTypeId, [
      ['V', 30, 1],
      ['W', 10, 2],
      ['V', 20, 3],
      ['W', 40, 4],
    ])
    const seconds = (limit: number) => production.read((tx) => listSeconds(tx, hitTypeId, limit))
    const ofOthers = (limit: number, looked: number) =>
      production.read((tx) => listSecondsOfOthers(tx, hitTypeId, { id: 'W', done: 2 }, limit, looked))
    expect(await seconds(9)).toEqual([40, 20, 10, 30])
    expect(await seconds(2)).toEqual([40, 20])
    expect(await ofOthers(9, 9)).toEqual([20, 30])
    expect(await ofOthers(1, 9)).toEqual([20])
    expect(await ofOthers(9, 3)).toEqual([20])
  })

  test('groups with a HIT that a worker has neither done nor holds, and how many he has', async () => {
    const { production } = stores()
    const [done, half, none] = [
      await addType(production),
      await addType(production),
      await addType(production),
    ] as const
    const held = ids.person()
    const did = ids.person()
    await put(
      production,
      { id: held, hitTypeId: done.id },
      { id: did, hitTypeId: half.id },
      { hitTypeId: half.id },
      { hitTypeId: none.id, expiresAt: usualNow },
    )
    await production.write(async (tx) => {
      for (const [hitId, hitTypeId] of [
        [held, done.id],
        [did, half.id],
      ] as const) {
        await assignments.add(tx, sampleAssignment({ hitId, hitTypeId, workerId: 'X' }))
        await workerGroups.addToDone(tx, 'X', hitTypeId, 1)
      }
    })
    const left = (worker: string) =>
      production.read((tx) => listWithOffer(tx, worker, [done.id, half.id, none.id]))
    expect(await left('X')).toEqual(new Set([half.id]))
    expect(await left('Y')).toEqual(new Set([done.id, half.id]))
    const known = (limit: number) => production.read((tx) => workerGroups.listDone(tx, 'X', limit))
    expect(await known(9)).toEqual(
      new Map([
        [done.id, 1],
        [half.id, 1],
      ]),
    )
    expect(await known(1)).toEqual(new Map([[half.id, 1]]))
  })
})
