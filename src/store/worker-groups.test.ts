import { expect, test } from 'vitest'
import { onBothStores } from '../../test/support/stores.ts'
import * as workerGroups from './worker-groups.ts'

onBothStores("a worker's HITs of a type", (stores) => {
  test('are counted as he takes them and gives them back [design 4]', async () => {
    const { production } = stores()
    const done = (worker: string, type: string) =>
      production.read((tx) => workerGroups.done(tx, worker, type))
    expect(await done('W', 'T')).toBe(0)
    for (const [change, sum] of [
      [1, 1],
      [1, 2],
      [-1, 1],
      [1, 2],
    ] as const) {
      await production.write((tx) => workerGroups.addToDone(tx, 'W', 'T', change))
      expect(await done('W', 'T')).toBe(sum)
    }
    expect([await done('V', 'T'), await done('W', 'U')]).toEqual([0, 0])
  })

  test('are counted for many at once, and none is lost', async () => {
    const { production } = stores()
    await Promise.all(
      Array.from({ length: 20 }, () => production.write((tx) => workerGroups.addToDone(tx, 'RUSH', 'T', 1))),
    )
    expect(await production.read((tx) => workerGroups.done(tx, 'RUSH', 'T'))).toBe(20)
  })

  test('are of one market alone', async () => {
    const { production, sandbox } = stores()
    await production.write((tx) => workerGroups.addToDone(tx, 'BOTH', 'T', 1))
    expect(await sandbox.read((tx) => workerGroups.done(tx, 'BOTH', 'T'))).toBe(0)
  })
})
