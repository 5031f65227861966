import { expect, test } from 'vitest'
import type { Assignment } from '../domain/assignment.ts'
import type { HIT } from '../domain/hit.ts'
import { ids, onBothStores, sampleAssignment, sampleHIT, type TestStore } from '../../test/support/stores.ts'
import * as assignments from './assignments.ts'
import * as due from './due.ts'
import * as hits from './hits.ts'

// Each test has a span of time of its own, long before those of the others, so that they do not see each other.
let span = 0
const ownTime = () => (span += 1_000_000)

async function putHIT(store: TestStore, changes: Partial<HIT>): Promise<HIT> {
  const hit = sampleHIT(changes)
  await store.write((tx) => hits.add(tx, hit))
  return hit
}

async function putWork(store: TestStore, changes: Partial<Assignment>): Promise<Assignment> {
  const work = sampleAssignment({ workerId: ids.person(), ...changes })
  await store.write(async (tx) => {
    await assignments.add(tx, { ...work, state: 'open' })
    if (work.state !== 'open') await assignments.move(tx, 'open', work)
  })
  return work
}

onBothStores('what is due', (stores) => {
  test('is what fell due at the moment or before, earliest first [design 4]', async () => {
    const { production } = stores()
    const time = ownTime()
    const hit = await putHIT(production, { requesterId: 'R1', dueAt: time + 3, expiresAt: time + 3 })
    const old = await putHIT(production, {
      requesterId: 'R2',
      dueAt: time + 5,
      expiresAt: time,
      slotsHeld: false,
    })
    const open = await putWork(production, { hitId: hit.id, requesterId: 'R1', dueAt: time + 4 })
    const done = await putWork(production, {
      hitId: old.id,
      requesterId: 'R2',
      state: 'Submitted',
      submittedAt: time,
      dueAt: time + 1,
    })
    await putHIT(production, { dueAt: time + 6 })
    await putHIT(production, { dueAt: undefined })
    await putWork(production, { hitId: 'X', dueAt: time + 6 })
    const item = (
      kind: due.DueItem['kind'],
      hitId: string,
      requesterId: string,
      at: number,
      id?: string,
    ) => ({
      kind,
      hitId,
      requesterId,
      at,
      assignmentId: id,
    })
    const wanted = [
      item('autoApprove', old.id, 'R2', time + 1, done.id),
      item('expire', hit.id, 'R1', time + 3),
      item('abandon', hit.id, 'R1', time + 4, open.id),
      item('dispose', old.id, 'R2', time + 5),
    ]
    const list = (now: number, limit: number) => production.read((tx) => due.listDue(tx, now, limit))
    expect((await list(time + 5, 100)).filter(({ at }) => at > time)).toEqual(wanted)
    expect((await list(time + 4, 100)).filter(({ at }) => at > time)).toEqual(wanted.slice(0, 3))
    expect(await list(time, 100)).not.toContainEqual(wanted[0])
  })

  test('is at most as much as was asked for, and the earliest of it', async () => {
    const { production, sandbox } = stores()
    // A market of its own: nothing else is due there.
    expect(await sandbox.read((tx) => due.listDue(tx, Number.MAX_SAFE_INTEGER, 9))).toEqual([])
    const hit = await putHIT(sandbox, { dueAt: 40, expiresAt: 40 })
    for (const at of [50, 10, 30, 20]) await putWork(sandbox, { hitId: hit.id, dueAt: at })
    const times = async (limit: number) =>
      (await sandbox.read((tx) => due.listDue(tx, 100, limit))).map(({ at }) => at)
    expect(await times(3)).toEqual([10, 20, 30])
    expect(await times(9)).toEqual([10, 20, 30, 40, 50])
    const all = await production.read((tx) => due.listDue(tx, Number.MAX_SAFE_INTEGER, 1000))
    expect(all.map(({ hitId }) => hitId)).not.toContain(hit.id)
  })

  test('at one moment ends work before its HIT, and approves it after that [hits 5.5]', async () => {
    const { production } = stores()
    const at = ownTime()
    const hit = await putHIT(production, { dueAt: at, expiresAt: at })
    await putWork(production, { hitId: hit.id, dueAt: at, state: 'Submitted', submittedAt: 1 })
    await putWork(production, { hitId: hit.id, dueAt: at })
    const items = await production.read((tx) => due.listDueOfHIT(tx, hit.id, at, 100))
    expect(items.map(({ kind }) => kind)).toEqual(['abandon', 'expire', 'autoApprove'])
  })

  test.for([
    { slotsHeld: true, late: 0, kind: 'expire' },
    { slotsHeld: true, late: 1, kind: 'dispose' },
    { slotsHeld: false, late: 0, kind: 'dispose' },
    { slotsHeld: false, late: -5, kind: 'dispose' },
  ])(
    'of a HIT is $kind when slots are held: $slotsHeld, and it expires $late ms after it is due',
    async (of) => {
      const { production } = stores()
      const at = ownTime()
      const { slotsHeld, late, kind } = of
      const hit = await putHIT(production, { dueAt: at, expiresAt: at + late, slotsHeld })
      expect(await production.read((tx) => due.listDueOfHIT(tx, hit.id, at, 9))).toMatchObject([{ kind, at }])
    },
  )

  test('for one HIT is its own alone, in order, bounded', async () => {
    const { production } = stores()
    const time = ownTime()
    const hit = await putHIT(production, { dueAt: time + 2, expiresAt: time + 2 })
    const other = await putHIT(production, { dueAt: time })
    await putWork(production, { hitId: hit.id, dueAt: time + 3 })
    await putWork(production, { hitId: hit.id, dueAt: time + 1 })
    await putWork(production, { hitId: other.id, dueAt: time })
    const times = async (now: number, limit: number) =>
      (await production.read((tx) => due.listDueOfHIT(tx, hit.id, now, limit))).map(({ at }) => at - time)
    expect(await times(time + 3, 9)).toEqual([1, 2, 3])
    expect(await times(time + 3, 2)).toEqual([1, 2])
    expect(await times(time + 1, 9)).toEqual([1])
    expect(await times(time, 9)).toEqual([])
    expect(await production.read((tx) => due.listDueOfHIT(tx, 'UNKNOWN', time + 9, 9))).toEqual([])
  })

  test('of a state in which nothing can fall due is a bug that is told', async () => {
    const { production } = stores()
    const at = ownTime()
    const work = await putWork(production, { hitId: 'WRONG', dueAt: at, state: 'Approved', submittedAt: 1 })
    const list = production.read((tx) => due.listDueOfHIT(tx, 'WRONG', at, 9))
    await expect(list).rejects.toThrow('nothing can fall due for Approved')
    // Out of the way of the other tests.
    await production.write((tx) => assignments.move(tx, 'Approved', { ...work, dueAt: undefined }))
  })
})

onBothStores('overdue work', (stores) => {
  test('of a HIT is noticed from its moment on', async () => {
    const { production } = stores()
    await putWork(production, { hitId: 'LATE', dueAt: 5 })
    const late = (hitId: string, now: number) =>
      production.read((tx) => due.hasOverdueAssignment(tx, hitId), now)
    expect(await late('LATE', 4)).toBe(false)
    expect(await late('LATE', 5)).toBe(true)
    expect(await late('OTHER', 5)).toBe(false)
  })

  test('of a type is what deadlines have freed, not what waits for approval [design 4]', async () => {
    const { production } = stores()
    const of = (hitId: string, more: Partial<Assignment>) =>
      putWork(production, { hitTypeId: 'LATE TYPE', hitId, ...more })
    await of('FREED', { dueAt: 5 })
    await of('LATER', { dueAt: 6 })
    await of('WAITS', { dueAt: 5, state: 'Submitted', submittedAt: 1 })
    await putWork(production, { hitTypeId: 'OTHER', hitId: 'X', dueAt: 5 })
    const list = (now: number) => production.read((tx) => due.listAbandonedOfType(tx, 'LATE TYPE'), now)
    expect(await list(4)).toEqual([])
    expect(await list(5)).toEqual(['FREED'])
    expect((await list(6)).toSorted()).toEqual(['FREED', 'LATER'])
  })

  test("of a requester is his HITs' own and their assignments', each HIT once, bounded", async () => {
    const { production } = stores()
    const requesterId = ids.person()
    const first = await putHIT(production, { requesterId, dueAt: 5 })
    await putWork(production, { requesterId, hitId: first.id, dueAt: 5 })
    await putWork(production, { requesterId, hitId: 'SECOND', dueAt: 5 })
    await putHIT(production, { requesterId, dueAt: 6 })
    await putHIT(production, { requesterId: ids.person(), dueAt: 5 })
    const list = (now: number, limit: number) =>
      production.read((tx) => due.listOverdueOfRequester(tx, requesterId, limit), now)
    expect(await list(4, 9)).toEqual([])
    expect((await list(5, 9)).toSorted()).toEqual([first.id, 'SECOND'].toSorted())
    expect(await list(6, 9)).toHaveLength(3)
    expect(await list(6, 1)).toHaveLength(1)
  })
})
