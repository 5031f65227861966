import { expect, test } from 'vitest'
import { virtualClock } from '../../clock.ts'
import { server } from '../../limits.ts'
import type { Group } from '../../store/hit-types.ts'
import { sampleType } from '../../../test/support/stores.ts'
import type { Runner } from '../run.ts'
import { createGroupList } from './group-list.ts'

const worker = { kind: 'worker', workerId: 'AWORKER' } as const
const large = server.countedAtOnce
const kept = large * server.countKept

/** A list over a market with one group of so many open HITs, which notes how often they were counted. */
function listOf(assignable: number) {
  const group: Group = {
    type: sampleType(),
    requesterName: 'Laboratory',
    createdAt: 0,
    assignable,
    latestExpiration: 1,
  }
  const counts = { counted: 0 }
  const run = async (operation: { name: string }, _: unknown, input: { groups: Group[] }) => {
    await Promise.resolve()
    if (operation.name !== 'ListOpenGroups') return input.groups
    counts.counted++
    return [group]
  }
  const clock = virtualClock(1000)
  const wall = virtualClock(1000)
  const list = createGroupList({ run } as unknown as Runner, clock, wall)
  return { counts, clock, wall, list: () => list(worker), group }
}

test('a small market is counted anew at each look', async () => {
  const { list, counts, group } = listOf(large - 1)
  expect(await list()).toEqual([group])
  expect(await Promise.all([list(), list()])).toEqual([[group], [group]])
  expect(counts.counted).toBe(3)
})

test('the count of a large one is kept for a while by the wall clock', async () => {
  const { list, counts, wall } = listOf(large)
  await list()
  wall.set(wall.now() + kept - 1)
  await list()
  expect(counts.counted).toBe(1)
  wall.set(wall.now() + 1)
  await list()
  expect(counts.counted).toBe(2)
})

test('a turned market clock makes it count anew, because HITs may have expired', async () => {
  const { list, counts, clock } = listOf(large)
  await list()
  clock.set(clock.now() + kept)
  await list()
  expect(counts.counted).toBe(2)
})

test('many who look at once at a large market have it counted once', async () => {
  const { list, counts, wall } = listOf(large)
  await list()
  wall.set(wall.now() + kept)
  await Promise.all([list(), list(), list()])
  expect(counts.counted).toBe(2)
})
