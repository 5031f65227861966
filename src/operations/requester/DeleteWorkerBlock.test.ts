import { afterEach, describe, expect, test } from 'vitest'
import { testMistyped, testText } from '../../../test/support/common-members.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { createHIT, tenAtOnce, work } from '../../../test/support/steps.ts'
import { block, blocksOf, testWorkerId } from '../../../test/support/worker-blocks.ts'

const operation = 'DeleteWorkerBlock'

onBothDatabases(operation, (market) => {
  afterEach(() => checkLedger(market()))

  const aWorker = async () => ({ WorkerId: (await market().worker()).workerId })

  describe('serialization', () => {
    testMistyped(market, operation, 'WorkerId', ['1', 'true', '["A1"]'], () =>
      Promise.resolve({ Reason: '' }),
    )
    testMistyped(market, operation, 'Reason', ['1', 'false', '["x"]', '{}'], aWorker)

    test('the body of a success is two bytes [client W5]', async () => {
      const client = await market().requester()
      const body = JSON.stringify(await aWorker())
      expect(await client.send(operation, body)).toEqual({ status: 200, text: '{}' })
    })
  })

  describe('validation', () => {
    testWorkerId(market, operation)
    testText(market, operation, 'Reason', 4096, aWorker)

    test.each([undefined, null, '', 'A mistake.'])('the reason may be %j [hits 4.2]', async (Reason) => {
      const client = await market().requester()
      const { WorkerId } = await aWorker()
      await block(client, WorkerId)
      expect(await client.call(operation, { WorkerId, Reason } as never)).toEqual({})
      expect(await blocksOf(client)).toEqual([])
    })
  })

  describe('behaviour [hits 13]', () => {
    test('the worker can accept again', async () => {
      const client = await market().requester()
      const hit = await createHIT(client)
      const worker = await market().worker()
      await block(client, worker.workerId)
      expect(await worker.accept({ groupId: hit.HITGroupId })).toBe('WorkerBlocked')
      await client.call(operation, { WorkerId: worker.workerId })
      await work(worker, hit)
    })

    test('a worker who is not blocked, and who was never, is unblocked with success', async () => {
      const client = await market().requester()
      const input = await aWorker()
      expect(await client.call(operation, input)).toEqual({})
      await block(client, input.WorkerId)
      for (let i = 0; i < 3; i++) expect(await client.call(operation, input)).toEqual({})
    })

    test("only this requester's block of this worker goes", async () => {
      const [one, other] = [await market().requester(), await market().requester()]
      const [first, second] = [await aWorker(), await aWorker()]
      await block(one, first.WorkerId, 'One.')
      await block(one, second.WorkerId, 'One.')
      await block(other, first.WorkerId, 'Other.')
      await one.call(operation, first)
      expect(await blocksOf(one)).toEqual([[second.WorkerId, 'One.']])
      expect(await blocksOf(other)).toEqual([[first.WorkerId, 'Other.']])
    })

    test('blocked anew he has a new reason and the last place in the list [hits 8]', async () => {
      const client = await market().requester()
      const [first, second] = [await aWorker(), await aWorker()]
      await block(client, first.WorkerId, 'Too fast.')
      await market().advance(1)
      await block(client, second.WorkerId)
      await client.call(operation, { ...first, Reason: 'A mistake.' })
      await market().advance(1)
      await block(client, first.WorkerId, 'No mistake.')
      expect(await blocksOf(client)).toEqual([
        [second.WorkerId, 'Copied answers.'],
        [first.WorkerId, 'No mistake.'],
      ])
    })

    test('ten at once all succeed', async () => {
      const client = await market().requester()
      const input = await aWorker()
      await block(client, input.WorkerId)
      expect(await tenAtOnce(client, operation, input)).toEqual({ successes: 10, codes: [] })
      expect(await blocksOf(client)).toEqual([])
    })
  })
})
