import { hash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { externalQuestion, onBothDatabases, type TestWorker } from '../../../test/support/market.ts'
import { changesIn } from '../../../test/support/refusals.ts'
import { accept, createHIT, expireNow } from '../../../test/support/steps.ts'
import { block } from '../../../test/support/worker-blocks.ts'
import { must, nobody, suspend } from '../../../test/support/worker-calls.ts'
import { AcceptHIT } from './AcceptHIT.ts'
import { ListQueue } from './ListQueue.ts'

onBothDatabases('ListQueue', (market) => {
  const passUnnoticed = (seconds: number) => market().clock.set(market().clock.now() + seconds * 1000)
  const queueOf = async (worker: Pick<TestWorker, 'workerId'>) =>
    (await must(market(), worker, ListQueue, {})).map(({ assignment }) => assignment.id)

  test('an entry is an open assignment with its type and requester; looking changes nothing [websites 1.7]', async () => {
    const hit = await createHIT(await market().requester())
    const worker = await market().worker()
    const assignment = await must(market(), worker, AcceptHIT, { hitId: hit.HITId })
    const before = await changesIn(market())
    const queue = await must(market(), worker, ListQueue, {})
    expect(await changesIn(market())).toBe(before)
    expect(queue).toEqual([
      {
        assignment,
        type: expect.objectContaining({
          id: hit.HITTypeId,
          title: 'Listen to a bird',
          reward: 10n,
        }) as unknown,
        requesterName: 'Test Laboratory',
        questionHash: hash('sha256', externalQuestion),
      },
    ])
  })

  test('the soonest deadline comes first, whenever it was accepted [websites 1.7]', async () => {
    const client = await market().requester()
    const worker = await market().worker()
    const ids = new Map<number, string>()
    for (const duration of [600, 60, 3600, 300]) {
      const hit = await createHIT(client, { AssignmentDurationInSeconds: duration })
      ids.set(duration, await accept(worker, hit))
    }
    expect(await queueOf(worker)).toEqual([60, 300, 600, 3600].map((duration) => ids.get(duration)))
    await market().advance(280)
    const late = await accept(worker, await createHIT(client, { AssignmentDurationInSeconds: 30 }))
    expect(await queueOf(worker)).toEqual([300, 0, 600, 3600].map((duration) => ids.get(duration) ?? late))
  })

  test('an entry leaves at its deadline, before the timers come [hits 5.2]', async () => {
    const client = await market().requester()
    const worker = await market().worker()
    const first = await accept(worker, await createHIT(client, { AssignmentDurationInSeconds: 60 }))
    const second = await accept(worker, await createHIT(client))
    passUnnoticed(59.999)
    expect(await queueOf(worker)).toEqual([first, second])
    passUnnoticed(0.001)
    expect(await queueOf(worker)).toEqual([second])
  })

  test.each(['submit', 'giveBack'] as const)('an entry leaves by %s', async (end) => {
    const worker = await market().worker()
    const id = await accept(worker, await createHIT(await market().requester()))
    await worker[end](id)
    expect(await queueOf(worker)).toEqual([])
  })

  test('neither expiration nor a block nor a suspension takes an entry away [hits 5.5, 13]', async () => {
    const client = await market().requester()
    const hit = await createHIT(client)
    const worker = await market().worker()
    const id = await accept(worker, hit)
    await expireNow(client, hit.HITId)
    await block(client, worker.workerId)
    await suspend(market(), worker)
    expect(await queueOf(worker)).toEqual([id])
  })

  test('each worker has his own; who holds nothing has none', async () => {
    const hit = await createHIT(await market().requester(), { MaxAssignments: 2 })
    const [one, other] = [await market().worker(), await market().worker()]
    const ids = [await accept(one, hit), await accept(other, hit)]
    expect([await queueOf(one), await queueOf(other)]).toEqual([[ids[0]], [ids[1]]])
    for (const who of [await market().worker(), nobody]) expect(await queueOf(who)).toEqual([])
  })

  describe('a full queue', () => {
    test('is listed in full: 25 entries [websites 1.7]', async () => {
      const client = await market().requester()
      const worker = await market().worker()
      const ids: string[] = []
      for (let i = 0; i < 25; i++) {
        ids.push(await accept(worker, await createHIT(client)))
        passUnnoticed(1)
      }
      expect(await queueOf(worker)).toEqual(ids)
    })
  })
})
