import { expect, test } from 'vitest'
import type { Assignment } from '../domain/assignment.ts'
import { onBothStores, sampleAssignment, usualNow, type TestStore } from '../../test/support/stores.ts'
import * as answers from './answers.ts'
import * as assignments from './assignments.ts'

/** Adds work and brings it into the state that `changes` name. */
async function put(store: TestStore, changes: Partial<Assignment>): Promise<Assignment> {
  const wanted = sampleAssignment(changes)
  await store.write(async (tx) => {
    await assignments.add(tx, { ...wanted, state: 'open' })
    if (wanted.state === 'open') return
    await assignments.move(tx, 'open', wanted, wanted.submittedAt === undefined ? 7 : undefined)
    if (wanted.submittedAt !== undefined) await answers.add(tx, wanted.id, `<${wanted.id}/>`)
  })
  return wanted
}

onBothStores('assignments', (stores) => {
  test('are found as they were added and moved, with every member', async () => {
    const { production } = stores()
    const open = await put(production, { workerId: 'FOUND' })
    expect(await production.read((tx) => assignments.find(tx, open.id))).toEqual(open)
    const rejected: Assignment = {
      ...open,
      state: 'Rejected',
      submittedAt: 1,
      autoApprovalAt: 2,
      approvedAt: 3,
      rejectedAt: 4,
      feedback: 'ŭ',
      dueAt: undefined,
    }
    await production.write((tx) => assignments.move(tx, 'open', rejected))
    expect(await production.write((tx) => assignments.lock(tx, open.id))).toEqual(rejected)
    expect(await production.read((tx) => assignments.find(tx, 'UNKNOWN'))).toBeUndefined()
  })

  test('move only from the state in which they were read [hits 12.13]', async () => {
    const { production } = stores()
    const work = await put(production, { workerId: 'RACE', state: 'Submitted', submittedAt: 1 })
    await production.write((tx) => assignments.move(tx, 'Submitted', { ...work, state: 'Approved' }))
    const again = production.write((tx) => assignments.move(tx, 'Submitted', { ...work, state: 'Rejected' }))
    await expect(again).rejects.toThrow('changed while it was locked')
  })

  test('are one per worker and HIT while they live [hits 6.6]', async () => {
    const { production } = stores()
    const first = await put(production, { hitId: 'ONCE', workerId: 'W' })
    const second = () => put(production, { hitId: 'ONCE', workerId: 'W' })
    const error = await second().catch((refusal: unknown) => refusal)
    expect(production.store.isRetryable(error)).toBe(true)
    expect(await production.read((tx) => assignments.findLive(tx, 'ONCE', 'W'))).toEqual(first)
    await production.write((tx) => assignments.move(tx, 'open', { ...first, state: 'abandoned' }, 1))
    expect(await production.read((tx) => assignments.findLive(tx, 'ONCE', 'W'))).toBeUndefined()
    const again = await second()
    expect(await production.read((tx) => assignments.findLive(tx, 'ONCE', 'W'))).toEqual(again)
    await put(production, { hitId: 'ONCE', workerId: 'OTHER' })
  })

  test('of a HIT are listed oldest submission first, with their answers, by state and page [hits 7.4, 8]', async () => {
    const { production } = stores()
    const hitId = 'LISTED'
    const of = (workerId: string, state: Assignment['state'], submittedAt: number) =>
      put(production, { hitId, workerId, state, submittedAt })
    const list = [
      await of('A', 'Submitted', 5),
      await of('B', 'Approved', 3),
      await of('C', 'Rejected', 5),
      await of('D', 'Submitted', 5),
    ].toSorted((a, b) => a.submittedAt! - b.submittedAt! || (a.id < b.id ? -1 : 1))
    await put(production, { hitId, workerId: 'E' })
    await put(production, { hitId, workerId: 'F', state: 'returned' })
    const page = (states: Assignment['state'][], after?: { time: number; id: string }, limit = 100) =>
      production.read((tx) => assignments.listSubmitted(tx, hitId, states, after, limit))
    const all = ['Submitted', 'Approved', 'Rejected'] as Assignment['state'][]
    expect(await page(all)).toEqual(list.map((assignment) => ({ assignment, answer: `<${assignment.id}/>` })))
    for (const state of all) {
      const found = (await page([state])).map(({ assignment }) => assignment)
      expect(found).toEqual(list.filter((assignment) => assignment.state === state))
    }
    for (let i = 0; i < list.length; i++) {
      const { submittedAt, id } = list[i]!
      const next = await page(all, { time: submittedAt!, id }, 2)
      expect(next.map(({ assignment }) => assignment)).toEqual(list.slice(i + 1, i + 3))
    }
    expect(await page([])).toEqual([])
  })

  test("are a worker's queue until their deadline, soonest first [websites 1.7]", async () => {
    const { production } = stores()
    const of = (hitId: string, more: Partial<Assignment>) =>
      put(production, { hitId, workerId: 'QUEUE', ...more })
    const late = await of('H1', { deadline: usualNow + 9 })
    const soon = await of('H2', { deadline: usualNow + 5 })
    await of('H3', { deadline: usualNow })
    await of('H4', { deadline: usualNow + 7, state: 'Submitted', submittedAt: 1 })
    expect(await production.read((tx) => assignments.listOpen(tx, 'QUEUE'))).toEqual([soon, late])
    expect(await production.read((tx) => assignments.listOpen(tx, 'QUEUE'), usualNow + 5)).toEqual([late])
  })

  test("are a worker's submissions of a day, latest first [websites 1.9]", async () => {
    const { production } = stores()
    const of = (hitId: string, submittedAt: number) =>
      put(production, { hitId, workerId: 'DAY', state: 'Submitted', submittedAt })
    const list = [await of('H1', 100), await of('H2', 150), await of('H3', 150), await of('H4', 199)]
    await of('H5', 99)
    await of('H6', 200)
    const wanted = list.toSorted((a, b) => b.submittedAt! - a.submittedAt! || (a.id < b.id ? 1 : -1))
    const page = (offset: number, limit: number) =>
      production.read((tx) => assignments.listOfWorker(tx, 'DAY', 100, 200, offset, limit))
    expect(await page(0, 100)).toEqual(wanted)
    expect(await page(1, 2)).toEqual(wanted.slice(1, 3))
  })

  test('tell whether a worker worked for a requester lately [hits 9.5]', async () => {
    const { production } = stores()
    await put(production, { requesterId: 'R1', workerId: 'LATELY', state: 'Submitted', submittedAt: 50 })
    await put(production, { requesterId: 'R2', hitId: 'H2', workerId: 'LATELY' })
    const since = (requester: string, worker: string, time: number) =>
      production.read((tx) => assignments.submittedSince(tx, requester, worker, time))
    expect(await since('R1', 'LATELY', 50)).toBe(true)
    expect(await since('R1', 'LATELY', 51)).toBe(false)
    expect(await since('R2', 'LATELY', 0)).toBe(false)
    expect(await since('R1', 'OTHER', 0)).toBe(false)
  })

  test('keep the answer', async () => {
    const { production } = stores()
    const work = await put(production, { hitId: 'ANSWERED', state: 'Submitted', submittedAt: 1 })
    const found = await production.read((tx) => answers.find(tx, work.id))
    expect(found).toBe(`<${work.id}/>`)
    expect(await production.read((tx) => answers.find(tx, 'UNKNOWN'))).toBeUndefined()
  })
})
