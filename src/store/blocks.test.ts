import { expect, test } from 'vitest'
import { ids, onBothStores, usualNow, type TestStore } from '../../test/support/stores.ts'
import * as blocks from './blocks.ts'

const block = (changes: Partial<blocks.WorkerBlock>): blocks.WorkerBlock => ({
  requesterId: 'R',
  workerId: 'W',
  reason: 'Copied answers.',
  blockedAt: usualNow,
  ...changes,
})

const put = ({ write }: TestStore, ...all: blocks.WorkerBlock[]) =>
  write(async (tx) => {
    for (const one of all) await blocks.put(tx, one)
  })

onBothStores('blocks', (stores) => {
  test('are of one requester and worker [hits 13]', async () => {
    const { production } = stores()
    await put(production, block({}))
    const isBlocked = (requesterId: string, workerId: string) =>
      production.read((tx) => blocks.isBlocked(tx, requesterId, workerId))
    expect(await isBlocked('R', 'W')).toBe(true)
    expect(await isBlocked('R', 'V')).toBe(false)
    expect(await isBlocked('Q', 'W')).toBe(false)
  })

  test('a second time replace the reason and keep their time [hits 13]', async () => {
    const { production } = stores()
    const requesterId = ids.person()
    await put(
      production,
      block({ requesterId, blockedAt: 5 }),
      block({ requesterId, blockedAt: 9, reason: 'Ŝanĝita' }),
    )
    expect(await production.read((tx) => blocks.list(tx, requesterId, undefined, 9))).toEqual([
      block({ requesterId, blockedAt: 5, reason: 'Ŝanĝita' }),
    ])
    expect(await production.read((tx) => blocks.count(tx, requesterId))).toBe(1)
  })

  test('are taken away, and tell whether there was one', async () => {
    const { production } = stores()
    const requesterId = ids.person()
    const remove = () => production.write((tx) => blocks.remove(tx, requesterId, 'W'))
    await put(production, block({ requesterId }), block({ requesterId, workerId: 'V' }))
    expect([await remove(), await remove()]).toEqual([true, false])
    expect(await production.read((tx) => blocks.isBlocked(tx, requesterId, 'W'))).toBe(false)
    expect(await production.read((tx) => blocks.count(tx, requesterId))).toBe(1)
    expect(await production.read((tx) => blocks.count(tx, 'NOBODY'))).toBe(0)
  })

  test('are listed oldest first, equal times by worker, from page to page [hits 8]', async () => {
    const { production } = stores()
    const requesterId = ids.person()
    const of = (workerId: string, blockedAt: number) => block({ requesterId, workerId, blockedAt })
    const list = [of('D', 0), of('A', 3), of('B', 3), of('C', 3), of('A0', 4)]
    await put(production, ...list.toReversed(), block({ requesterId: ids.person(), blockedAt: 1 }))
    const page = (after: { time: number; id: string } | undefined, limit: number) =>
      production.read((tx) => blocks.list(tx, requesterId, after, limit))
    expect(await page(undefined, 100)).toEqual(list)
    for (const [i, { blockedAt, workerId }] of list.entries())
      expect(await page({ time: blockedAt, id: workerId }, 2)).toEqual(list.slice(i + 1, i + 3))
  })

  test('are of one market alone', async () => {
    const { production, sandbox } = stores()
    await put(production, block({ requesterId: 'BOTH' }))
    expect(await sandbox.read((tx) => blocks.isBlocked(tx, 'BOTH', 'W'))).toBe(false)
    expect(await sandbox.write((tx) => blocks.remove(tx, 'BOTH', 'W'))).toBe(false)
  })
})
