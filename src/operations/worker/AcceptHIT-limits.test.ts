// How much a worker may hold at once and begin in a day [websites 1.13].
import { afterEach, describe, expect, test } from 'vitest'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases, type TestClient, type TestWorker } from '../../../test/support/market.ts'
import { accept, createHIT, earningsOf, expireNow } from '../../../test/support/steps.ts'
import { attempt, must, suspend } from '../../../test/support/worker-calls.ts'
import { fromISO } from '../../clock.ts'
import { AcceptHIT } from './AcceptHIT.ts'
import { ListQueue } from './ListQueue.ts'
import * as workerAccounts from '../../store/worker-accounts.ts'

const hour = 3600

onBothDatabases('AcceptHIT: the queue of 25', (market) => {
  afterEach(() => checkLedger(market()))

  /** A group of so many HITs, by its id. */
  const group = async (client: TestClient, count: number, changes: object = {}) => {
    let groupId = ''
    for (let i = 0; i < count; i++) groupId = (await createHIT(client, changes)).HITGroupId
    return groupId
  }

  /** A worker who holds 25 HITs of the group, and what he holds. */
  const fullQueue = async (groupId: string) => {
    const worker = await market().worker()
    const ids: string[] = []
    for (let i = 0; i < 25; i++) ids.push((await must(market(), worker, AcceptHIT, { groupId })).id)
    return { worker, ids }
  }

  test('the 26th is refused, of any group and by id, and tells how many he holds', async () => {
    const client = await market().requester()
    const groupId = await group(client, 26)
    const other = await createHIT(client, { Title: 'Another' })
    const { worker } = await fullQueue(groupId)
    for (const target of [{ groupId }, { groupId: other.HITGroupId }, { hitId: other.HITId }])
      expect(await attempt(market(), worker, AcceptHIT, target)).toEqual({ fault: 'QueueFull', held: 25 })
    expect(await earningsOf(market(), worker.workerId)).toMatchObject({ accepted: 25, held: 25 })
    // Another worker's queue is his own.
    await accept(await market().worker(), other)
  })

  test.each(['submit', 'giveBack'] as const)('%s makes room for one', async (end) => {
    const groupId = await group(await market().requester(), 27)
    const { worker, ids } = await fullQueue(groupId)
    expect(await worker[end](ids[7]!)).toBe('')
    expect(await worker.accept({ groupId })).toMatch(/^3/)
    expect(await worker.accept({ groupId })).toBe('QueueFull')
  })

  test('a missed deadline makes room at once, before the timers come', async () => {
    const client = await market().requester()
    const short = await createHIT(client, { AssignmentDurationInSeconds: 60 })
    const groupId = await group(client, 26)
    const worker = await market().worker()
    await accept(worker, short)
    for (let i = 0; i < 24; i++) await must(market(), worker, AcceptHIT, { groupId })
    expect(await worker.accept({ groupId })).toBe('QueueFull')
    market().clock.set(market().clock.now() + 60_000)
    expect(await worker.accept({ groupId })).toMatch(/^3/)
    expect(await must(market(), worker, ListQueue, {})).toHaveLength(25)
    expect(await worker.accept({ groupId })).toBe('QueueFull')
  })

  test('expired and deleted HITs: open work stays in the queue', async () => {
    const client = await market().requester()
    const hits = [await createHIT(client, { Title: 'Expiring' })]
    const groupId = await group(client, 25)
    const worker = await market().worker()
    await accept(worker, hits[0]!)
    for (let i = 0; i < 24; i++) await must(market(), worker, AcceptHIT, { groupId })
    await expireNow(client, hits[0]!.HITId)
    expect(await worker.accept({ groupId })).toBe('QueueFull')
  })

  test('who holds 25 and finds nothing left is told that nothing is left; a suspended one that he is', async () => {
    const groupId = await group(await market().requester(), 25)
    const { worker } = await fullQueue(groupId)
    expect(await worker.accept({ groupId })).toBe('NoMoreHITs')
    await suspend(market(), worker)
    expect(await worker.accept({ groupId })).toBe('WorkerSuspended')
  })

  test('thirty at once are never more than 25', async () => {
    const groupId = await group(await market().requester(), 30)
    const worker = await market().worker()
    const answers = await Promise.all(Array.from({ length: 30 }, () => worker.accept({ groupId })))
    expect(answers.filter((answer) => answer.startsWith('3'))).toHaveLength(25)
    expect(answers.filter((answer) => answer === 'QueueFull')).toHaveLength(5)
    expect(await must(market(), worker, ListQueue, {})).toHaveLength(25)
  })
})

onBothDatabases('AcceptHIT: 3,800 a day', (market) => {
  afterEach(() => checkLedger(market()))

  /** Takes it that the worker has accepted so many HITs in the Pacific day that began at `dayStart`. */
  const acceptedToday = ({ workerId }: TestWorker, dayStart: string, count: number) =>
    market().market.store.write(
      market().clock.now(),
      async (tx) => {
        await workerAccounts.lock(tx, workerId)
        await workerAccounts.setAcceptedToday(tx, workerId, fromISO(dayStart)!, count)
      },
      { keep: () => true },
    )
  const todayOf = async (worker: TestWorker) => (await earningsOf(market(), worker.workerId)).acceptedToday

  /** Sets the clock, in order of time from test to test, and lets what is due happen. */
  const at = async (iso: string) => {
    market().clock.set(fromISO(iso)!)
    await market().advance(0)
  }

  describe.each([
    ['winter', '2026-02-10T08:00:00Z', '2026-02-11T07:59:59.999Z', '2026-02-11T08:00:00Z'],
    ['the day of 23 hours', '2026-03-08T08:00:00Z', '2026-03-09T06:59:59.999Z', '2026-03-09T07:00:00Z'],
    ['summer', '2026-07-10T07:00:00Z', '2026-07-11T06:59:59.999Z', '2026-07-11T07:00:00Z'],
    ['the day of 25 hours', '2026-11-01T07:00:00Z', '2026-11-02T07:59:59.999Z', '2026-11-02T08:00:00Z'],
  ])('in %s', (_, dayStart, lastMoment, nextDay) => {
    test('the day ends at midnight in Los Angeles', async () => {
      await at(lastMoment)
      const hit = await createHIT(await market().requester(), { MaxAssignments: 3 })
      const worker = await market().worker()
      await acceptedToday(worker, dayStart, 3800)
      expect(await worker.accept({ hitId: hit.HITId })).toBe('DailyLimitReached')
      expect(await worker.accept({ groupId: hit.HITGroupId })).toBe('DailyLimitReached')
      expect(await todayOf(worker)).toBe(3800)
      await at(nextDay)
      await accept(worker, hit)
      expect(await todayOf(worker)).toBe(1)
    })
  })

  test('the last of the day is accepted, the next is refused; what is returned or abandoned counts', async () => {
    await at('2026-12-01T20:00:00Z')
    const client = await market().requester()
    const hits = []
    for (let i = 0; i < 3; i++) hits.push(await createHIT(client, { Title: `HIT ${i}` }))
    const worker = await market().worker()
    await acceptedToday(worker, '2026-12-01T08:00:00Z', 3797)
    await worker.giveBack(await accept(worker, hits[0]!))
    await accept(worker, hits[1]!)
    await market().advance(hour)
    expect(await todayOf(worker)).toBe(3799)
    await worker.submit(await accept(worker, hits[2]!))
    expect(await worker.accept({ hitId: hits[0]!.HITId })).toBe('DailyLimitReached')
    // What was refused is not counted.
    expect(await todayOf(worker)).toBe(3800)
    await accept(await market().worker(), hits[0]!)
  })

  test('refused acceptances count nothing', async () => {
    await at('2026-12-03T20:00:00Z')
    const hit = await createHIT(await market().requester())
    const worker = await market().worker()
    await accept(worker, hit)
    for (let i = 0; i < 3; i++) expect(await worker.accept({ hitId: hit.HITId })).toBe('HITNotAvailable')
    expect(await todayOf(worker)).toBe(1)
  })

  test('ten at once with one left: one is accepted', async () => {
    await at('2026-12-05T20:00:00Z')
    const client = await market().requester()
    const hits = []
    for (let i = 0; i < 10; i++) hits.push(await createHIT(client))
    const worker = await market().worker()
    await acceptedToday(worker, '2026-12-05T08:00:00Z', 3799)
    const answers = await Promise.all(hits.map(({ HITId }) => worker.accept({ hitId: HITId })))
    expect(answers.filter((answer) => answer.startsWith('3'))).toHaveLength(1)
    expect(answers.filter((answer) => answer === 'DailyLimitReached')).toHaveLength(9)
    expect(await todayOf(worker)).toBe(3800)
  })
})
