// What the two operations about one worker's block have in common, and a requester who has blocked many.
import { expect, test } from 'vitest'
import { write } from '../../src/store/prepared.ts'
import type { TestClient, TestMarket } from './market.ts'
import { mustNotBeNull, refusalOf, refused } from './refusals.ts'

/** The requester's blocks as pairs of worker and reason, oldest first. */
export async function blocksOf(client: TestClient): Promise<[string, string][]> {
  const { WorkerBlocks } = await client.call('ListWorkerBlocks', { MaxResults: 100 })
  return WorkerBlocks!.map(({ WorkerId, Reason }) => [WorkerId!, Reason!])
}

/** Blocks the worker; the reason is `reason`. */
export async function block(client: TestClient, WorkerId: string, reason = 'Copied answers.'): Promise<void> {
  await client.call('CreateWorkerBlock', { WorkerId, Reason: reason })
}

/** What holds for the WorkerId of both operations, before and after it is looked for [hits 11.4, 13, client W23]. */
export function testWorkerId(
  market: () => TestMarket,
  operation: 'CreateWorkerBlock' | 'DeleteWorkerBlock',
): void {
  const refusalFor = async (WorkerId: string | undefined) =>
    refusalOf(market(), await market().requester(), operation, { WorkerId, Reason: 'A reason.' })
  test.each(['AD20WXZZP9XXK', 'A1', 'A'.repeat(64)])(
    'the unknown worker %s is a wrong value [hits 11.5 #8, 13]',
    async (id) => {
      const refusal = await refusalFor(id)
      expect(refusal).toEqual(refused.value('WorkerId', id))
      expect(refusal.message).toBe(`The value "${id}" is not valid for the parameter WorkerId.`)
    },
  )
  test('a requester is no worker [hits 13]', async () => {
    const { requesterId } = await market().requester()
    expect(await refusalFor(requesterId)).toEqual(refused.value('WorkerId', requesterId))
  })
  test.each(['B2XWZ93ZKAVL7P', 'a2xwz93zkavl7p', 'A', 'A-1', 'A2XWZ 3', ''])(
    'the ill-formed worker "%s" is a broken constraint whose text says nothing of existence [hits 3, client W23]',
    async (id) => {
      const refusal = await refusalFor(id)
      expect(refusal).toMatchObject({ status: 400, type: 'ValidationException', code: undefined })
      expect(refusal.message).toContain(
        `Value '${id}' at 'workerId' failed to satisfy constraint: Member must satisfy regular expression pattern: ^A[A-Z0-9]+$`,
      )
      expect(refusal.message).not.toContain('does not exist')
    },
  )
  test('a worker of 65 characters [hits 3, 11.4]', async () => {
    const id = 'A'.repeat(65)
    expect(await refusalFor(id)).toEqual(
      refused.validation(
        `Value '${id}' at 'workerId' failed to satisfy constraint: Member must have length less than or equal to 64`,
      ),
    )
  })
  test('the worker is required [hits 11.4]', async () => {
    expect(await refusalFor(undefined)).toEqual(refused.validation(mustNotBeNull('workerId')))
  })
  test('a wrong reason is named before the worker is looked for [hits 11.6]', async () => {
    const client = await market().requester()
    const input = { WorkerId: 'A1', Reason: 'x'.repeat(4097) }
    expect(await refusalOf(market(), client, operation, input)).toEqual(refused.tooLong('Reason', 4096))
  })
}

// As many as it takes to double one block beyond the greatest number.
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

type Copy = { requesterId: string; letter: string; limit: number }

// Each run blocks one more worker for every block that there is, whose id is longer by a letter.
const copyBlocks = write<Copy, unknown>(({ db }, p) =>
  db
    .insertInto('worker_block')
    .columns(['requester_id', 'worker_id', 'reason', 'blocked_at'])
    .expression((eb) =>
      eb
        .selectFrom('worker_block')
        .select((select) => [
          'requester_id',
          select
            .fn<string>('concat', ['worker_id', select.cast<string>(select.val(p.letter), 'text')])
            .as('id'),
          'reason',
          'blocked_at',
        ])
        .where('requester_id', '=', p.requesterId)
        .orderBy('worker_id')
        .limit(p.limit),
    ),
)

/** Fills a requester's list up to `count` blocks; he has blocked one worker. */
export async function fillBlocks(market: TestMarket, requesterId: string, count: number): Promise<void> {
  const { store } = market.market
  for (let present = 1, round = 0; present < count; round++) {
    const limit = count - present
    present += await store.write(
      market.clock.now(),
      (tx) => tx.change(copyBlocks, { requesterId, letter: letters.charAt(round), limit }),
      { keep: () => true },
    )
  }
}
