import { expect, test } from 'vitest'
import { cents } from '../domain/money.ts'
import { ids, onBothStores, usualNow, type TestStore } from '../../test/support/stores.ts'
import * as bonuses from './bonuses.ts'

const bonus = (changes: Partial<bonuses.Bonus>): bonuses.Bonus => ({
  id: ids.entity(usualNow),
  requesterId: 'R',
  workerId: 'W',
  hitId: 'H',
  assignmentId: 'A',
  amount: cents(100),
  fee: cents(20),
  reason: 'Dankon',
  grantedAt: usualNow,
  ...changes,
})

const add = ({ write }: TestStore, ...all: bonuses.Bonus[]) =>
  write(async (tx) => {
    for (const one of all) await bonuses.add(tx, one)
  })

const keys = [
  { by: 'hit', member: 'hitId' },
  { by: 'assignment', member: 'assignmentId' },
] as const

onBothStores('bonuses', (stores) => {
  test('are found as they were paid, with every member, 2⁵³−1 cents too', async () => {
    const { production } = stores()
    const great = bonus({ hitId: 'GREAT', amount: cents(Number.MAX_SAFE_INTEGER), fee: cents(0) })
    await add(production, great)
    expect(await production.read((tx) => bonuses.list(tx, 'hit', 'GREAT', undefined, 9))).toEqual([great])
  })

  test.for(keys)('are listed by $by, oldest first, from page to page [hits 8]', async ({ by, member }) => {
    const { production } = stores()
    const of = `OF ${member}`
    const list = [5, 7, 7, 7, 9].map((grantedAt) => bonus({ [member]: of, grantedAt }))
    await add(production, ...list.toReversed(), bonus({ [member]: 'ANOTHER', grantedAt: 6 }))
    const wanted = list.toSorted((a, b) => a.grantedAt - b.grantedAt || (a.id < b.id ? -1 : 1))
    const page = (after: { time: number; id: string } | undefined, limit: number) =>
      production.read((tx) => bonuses.list(tx, by, of, after, limit))
    expect(await page(undefined, 100)).toEqual(wanted)
    for (const [i, { grantedAt, id }] of wanted.entries())
      expect(await page({ time: grantedAt, id }, 2)).toEqual(wanted.slice(i + 1, i + 3))
  })

  test('of a worker are listed newest first, the latest only', async () => {
    const { production } = stores()
    const list = [9, 7, 5].map((grantedAt) => bonus({ workerId: 'WORKER', grantedAt }))
    await add(production, ...list.toReversed(), bonus({ workerId: 'ANOTHER', grantedAt: 6 }))
    const latest = (limit: number) => production.read((tx) => bonuses.listOfWorker(tx, 'WORKER', limit))
    expect(await latest(9)).toEqual(list)
    expect(await latest(2)).toEqual(list.slice(0, 2))
  })

  test('are of one market alone', async () => {
    const { production, sandbox } = stores()
    await add(production, bonus({ hitId: 'BOTH' }))
    expect(await sandbox.read((tx) => bonuses.list(tx, 'hit', 'BOTH', undefined, 9))).toEqual([])
  })
})
