import { describe, expect, test } from 'vitest'
import { testMistyped } from '../../../test/support/common-members.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { testPaging } from '../../../test/support/paging.ts'
import { changesIn } from '../../../test/support/refusals.ts'
import { block, blocksOf } from '../../../test/support/worker-blocks.ts'

const operation = 'ListWorkerBlocks'

onBothDatabases(operation, (market) => {
  /** `count` blocks, every second pair of them at one moment; the workers in the order in which they must be listed. */
  const filled = async (count: number) => {
    const client = await market().requester()
    const made: { time: number; id: string }[] = []
    for (let i = 0; i < count; i++) {
      if (i % 2 === 0) market().clock.set(market().clock.now() + 250)
      const { workerId } = await market().worker()
      await block(client, workerId)
      made.push({ time: market().clock.now(), id: workerId })
    }
    made.sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1))
    return { client, ids: made.map(({ id }) => id) }
  }

  describe('serialization', () => {
    testMistyped(market, operation, 'MaxResults', ['"10"', '1.5', 'true'], () =>
      Promise.resolve({ NextToken: 'x' }),
    )
    testMistyped(market, operation, 'NextToken', ['1', '["x"]'], () => Promise.resolve({ MaxResults: 1 }))

    test('an entry is worker and reason, without a time; the bytes [hits 13]', async () => {
      const client = await market().requester()
      const { workerId } = await market().worker()
      await block(client, workerId, 'Slow / "é"')
      const { NextToken } = await client.call(operation, {})
      expect(await client.send(operation, '{}')).toEqual({
        status: 200,
        text:
          `{"NextToken":"${NextToken}","NumResults":1,` +
          `"WorkerBlocks":[{"WorkerId":"${workerId}","Reason":"Slow / \\"é\\""}]}`,
      })
      const body = JSON.stringify({ NextToken })
      expect(await client.send(operation, body)).toEqual({
        status: 200,
        text: '{"NumResults":0,"WorkerBlocks":[]}',
      })
    })

    test('an empty reason is shown as it was given', async () => {
      const client = await market().requester()
      const { workerId } = await market().worker()
      await block(client, workerId, '')
      const { WorkerBlocks } = await client.call(operation, {})
      expect(WorkerBlocks).toEqual([{ WorkerId: workerId, Reason: '' }])
    })
  })

  describe('validation: pages and tokens [hits 8]', () => {
    testPaging(
      market,
      operation,
      'WorkerBlocks',
      (entry: { WorkerId: string }) => entry.WorkerId,
      async (count) => {
        const { client, ids } = await filled(count)
        return {
          client,
          input: {},
          ids,
          remove: async (WorkerId) => void (await client.call('DeleteWorkerBlock', { WorkerId })),
          others: [['another requester', await market().requester(), {}]],
        }
      },
    )
  })

  describe('behaviour [hits 8, 13]', () => {
    test('blocks made between two pages come at the end, and none twice', async () => {
      const { client, ids } = await filled(4)
      const first = await client.call(operation, { MaxResults: 2 })
      market().clock.set(market().clock.now() + 1)
      const { workerId } = await market().worker()
      await block(client, workerId)
      // Another reason moves nothing.
      await block(client, ids[3]!, 'Again.')
      await block(client, ids[0]!, 'Again.')
      const second = await client.call(operation, { NextToken: first.NextToken })
      expect([...first.WorkerBlocks!, ...second.WorkerBlocks!].map((entry) => entry.WorkerId)).toEqual([
        ...ids,
        workerId,
      ])
    })

    test('the block on which a page ended may go', async () => {
      const { client, ids } = await filled(3)
      const { NextToken } = await client.call(operation, { MaxResults: 2 })
      await client.call('DeleteWorkerBlock', { WorkerId: ids[1]! })
      const { WorkerBlocks } = await client.call(operation, { NextToken })
      expect(WorkerBlocks!.map((entry) => entry.WorkerId)).toEqual(ids.slice(2))
    })

    test("only the requester's own blocks are listed, and listing changes nothing", async () => {
      const { client, ids } = await filled(1)
      const { client: other, ids: others } = await filled(2)
      const before = await changesIn(market())
      expect((await blocksOf(client)).map(([id]) => id)).toEqual(ids)
      expect((await blocksOf(other)).map(([id]) => id)).toEqual(others)
      expect(await changesIn(market())).toBe(before)
    })
  })
})
