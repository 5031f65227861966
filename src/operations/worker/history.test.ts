// The search through a history: ListHistory, FindHistory and the way through both.
import { expect, test } from 'vitest'
import { isFault } from '../../domain/fault.ts'
import { onBothDatabases, type TestWorker } from '../../../test/support/market.ts'
import { changesIn } from '../../../test/support/refusals.ts'
import { accept, createHIT, work } from '../../../test/support/steps.ts'
import { must, nobody } from '../../../test/support/worker-calls.ts'
import { FindHistory } from './FindHistory.ts'
import { readHistory, walkHistory, type HistoryQuery } from './history.ts'
import { ListHistory, type HistoryRange } from './ListHistory.ts'
import { ListHistoryRequesters } from './ListHistoryRequesters.ts'

type Who = Pick<TestWorker, 'workerId'>

const ever: HistoryRange = { from: 0, to: Number.MAX_SAFE_INTEGER, order: 'newest', scan: 100 }

onBothDatabases('the history', (market) => {
  const passUnnoticed = (seconds: number) => market().clock.set(market().clock.now() + seconds * 1000)
  const look = (who: Who, range: Partial<HistoryRange> = {}) =>
    must(market(), who, ListHistory, { ...ever, ...range })
  const idsOf = async (who: Who, range: Partial<HistoryRange> = {}) =>
    (await look(who, range)).entries.map(({ assignment }) => assignment.id)
  const callerOf = ({ workerId }: Who) => ({ kind: 'worker', workerId }) as const
  const search = async (who: Who, query: Partial<HistoryQuery>, limit = 100) => {
    const all: HistoryQuery = { order: 'newest', ...query }
    const page = await readHistory(market().market.runner, callerOf(who), all, { after: undefined, limit })
    if (isFault(page)) throw new Error(page.fault)
    return { ...page, ids: page.entries.map(({ assignment }) => assignment.id) }
  }

  /** A worker who submitted `count` HITs, one each second; their ids, latest first, and the time of the first. */
  const submissions = async (count: number, changes = {}) => {
    const client = await market().requester()
    const worker = await market().worker()
    const first = market().clock.now()
    const ids: string[] = []
    for (let i = 0; i < count; i++) {
      if (i > 0) passUnnoticed(1)
      ids.unshift(await work(worker, await createHIT(client, changes)))
    }
    return { client, worker, first, ids }
  }

  test('an entry has its bonuses beside it; looking changes nothing', async () => {
    const { client, worker, ids } = await submissions(2)
    for (const BonusAmount of ['0.25', '1.00']) {
      const bonus = { WorkerId: worker.workerId, AssignmentId: ids[1]!, BonusAmount, Reason: 'x' }
      await client.call('SendBonus', bonus)
    }
    const before = await changesIn(market())
    const { entries, next } = await look(worker)
    expect(entries.map(({ assignment, bonuses, state }) => [assignment.id, bonuses, state])).toEqual([
      [ids[0], 0n, 'Submitted'],
      [ids[1], 125n, 'Submitted'],
    ])
    expect(next).toBeUndefined()
    expect(await changesIn(market())).toBe(before)
  })

  test('a look goes on where the last one ended, in both orders', async () => {
    const { worker, ids } = await submissions(5)
    for (const order of ['newest', 'oldest'] as const) {
      const found: string[] = []
      let after: HistoryRange['after']
      do {
        const piece = await look(worker, { order, after, scan: 2 })
        found.push(...piece.entries.map(({ assignment }) => assignment.id))
        after = piece.next
      } while (after !== undefined)
      expect(found).toEqual(order === 'newest' ? ids : ids.toReversed())
    }
  })

  test('what was submitted in the same moment is met once', async () => {
    const client = await market().requester()
    const worker = await market().worker()
    const ids = [await work(worker, await createHIT(client)), await work(worker, await createHIT(client))]
    const first = await look(worker, { scan: 1 })
    const second = await look(worker, { scan: 1, after: first.next })
    const found = [...first.entries, ...second.entries].map(({ assignment }) => assignment.id)
    expect(found.toSorted()).toEqual(ids.toSorted())
  })

  test('a span holds its first moment and not its last', async () => {
    const { worker, ids, first } = await submissions(3)
    const within = (from: number, to: number) => idsOf(worker, { from: first + from, to: first + to })
    expect(await within(0, 2000)).toEqual(ids.slice(1))
    expect(await within(0, 2001)).toEqual(ids)
    expect(await within(1, 2000)).toEqual([ids[1]])
    expect(await within(1001, 2000)).toEqual([])
  })

  test('what falls due while it is looked at is carried out first [hits 6.3]', async () => {
    const { worker, ids } = await submissions(1, { AutoApprovalDelayInSeconds: 60 })
    passUnnoticed(60)
    expect((await look(worker)).entries).toMatchObject([{ assignment: { id: ids[0] }, state: 'Approved' }])
  })

  test('words are searched in titles and names, without regard to case', async () => {
    const birds = await submissions(2, { Title: 'Listen to a Wren' })
    const client = await market().requester()
    const other = await work(birds.worker, await createHIT(client, { Title: 'Count 100% of the stones' }))
    const find = async (text: string) => (await search(birds.worker, { search: text })).ids
    expect(await find('WREN listen')).toEqual(birds.ids)
    expect(await find('100%')).toEqual([other])
    expect(await find('test laboratory')).toEqual([other, ...birds.ids])
    expect(await find('wren stones')).toEqual([])
    expect(await find(' ')).toEqual([other, ...birds.ids])
  })

  test('the id of a HIT or of an assignment finds it, if it is his own', async () => {
    const { worker, ids } = await submissions(3)
    const { entries } = await look(worker)
    const hitId = entries[1]!.assignment.hitId
    expect(await search(worker, { search: hitId })).toMatchObject({ ids: [ids[1]], total: 1 })
    expect((await search(worker, { search: ` ${ids[2]} ` })).ids).toEqual([ids[2]])
    expect((await search(await market().worker(), { search: hitId })).ids).toEqual([])
    const open = await accept(worker, await createHIT(await market().requester()))
    expect((await search(worker, { search: open })).ids).toEqual([])
  })

  test('only one requester, one state, some days; the number is told where it is known', async () => {
    const { client, worker, ids, first } = await submissions(3)
    const other = await market().requester()
    const theirs = await work(worker, await createHIT(other))
    await client.call('RejectAssignment', { AssignmentId: ids[0]!, RequesterFeedback: '' })
    const { entries } = await look(worker)
    const [{ assignment: ofOther }] = entries as [(typeof entries)[0]]
    const of = { requesterId: ofOther.requesterId }
    expect(await search(worker, of)).toMatchObject({ ids: [theirs], total: 1 })
    expect(await search(worker, { ...of, search: ids[0] })).toMatchObject({ ids: [] })
    expect(await search(worker, { state: 'Rejected' })).toMatchObject({ ids: [ids[0]], total: undefined })
    expect((await search(worker, { from: first + 1000 })).ids).toEqual([theirs, ...ids.slice(0, 2)])
    expect((await search(worker, { to: first + 1000 })).ids).toEqual([ids[2]])
    expect((await search(worker, { order: 'oldest' })).ids).toEqual([...ids.toReversed(), theirs])
  })

  test('a page ends where the next begins', async () => {
    const { worker, ids } = await submissions(5)
    const page = await search(worker, {}, 2)
    expect(page).toMatchObject({ ids: ids.slice(0, 2), total: 5 })
    const rest = { after: page.next, limit: 3 }
    const query: HistoryQuery = { order: 'newest' }
    const next = await readHistory(market().market.runner, callerOf(worker), query, rest)
    expect(next).toMatchObject({
      entries: ids.slice(2).map((id) => ({ assignment: { id } })),
      next: undefined,
    })
  })

  test('the way through it ends, for whoever did nothing at once', async () => {
    const place = await must(market(), nobody, FindHistory, {})
    const pieces = walkHistory(
      market().market.runner,
      callerOf(nobody),
      { order: 'newest' },
      { ...place, firstAt: 0 },
    )
    const met: unknown[] = []
    for await (const piece of pieces) met.push(piece)
    expect(met).toEqual([{ entries: [], next: undefined }])
    expect(await search(nobody, {})).toMatchObject({ ids: [], next: undefined, total: 0 })
  })

  test('requesters to choose from are those worked for, and the one that is chosen', async () => {
    const { worker } = await submissions(2)
    const named = await must(market(), worker, ListHistoryRequesters, {})
    expect(named).toEqual([{ id: expect.any(String) as string, name: 'Test Laboratory' }])
    const { entries } = await look((await submissions(1)).worker)
    const also = entries[0]!.assignment.requesterId
    expect(await must(market(), worker, ListHistoryRequesters, { also })).toHaveLength(2)
    expect(await must(market(), worker, ListHistoryRequesters, { also: 'NOBODY' })).toEqual(named)
  })
})
