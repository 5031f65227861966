import { afterEach, describe, expect, test } from 'vitest'
import { testMistyped, testText } from '../../../test/support/common-members.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { changesIn, mustNotBeNull, refusalOf, refused } from '../../../test/support/refusals.ts'
import { accept, createHIT, earningsOf, stateOf, tenAtOnce, work } from '../../../test/support/steps.ts'
import { block, blocksOf, fillBlocks, testWorkerId } from '../../../test/support/worker-blocks.ts'
import { market as limits } from '../../limits.ts'

const operation = 'CreateWorkerBlock'

onBothDatabases(operation, (market) => {
  afterEach(() => checkLedger(market()))

  const aWorker = async () => ({ WorkerId: (await market().worker()).workerId })

  describe('serialization', () => {
    testMistyped(market, operation, 'WorkerId', ['1', 'true', '["A1"]', '{}'], () =>
      Promise.resolve({ Reason: '' }),
    )
    testMistyped(market, operation, 'Reason', ['1', 'false', '["x"]', '{}'], aWorker)

    test('the body of a success is two bytes [client W5]', async () => {
      const client = await market().requester()
      const body = JSON.stringify({ ...(await aWorker()), Reason: 'Copied answers.' })
      expect(await client.send(operation, body)).toEqual({ status: 200, text: '{}' })
    })
  })

  describe('validation', () => {
    testWorkerId(market, operation)
    testText(market, operation, 'Reason', 4096, aWorker)

    test('the reason is required, but may be empty [hits 2, 4.2]', async () => {
      const client = await market().requester()
      const { WorkerId } = await aWorker()
      for (const Reason of [undefined, null])
        expect(await refusalOf(market(), client, operation, { WorkerId, Reason })).toEqual(
          refused.validation(mustNotBeNull('reason')),
        )
      await block(client, WorkerId, '')
      expect(await blocksOf(client)).toEqual([[WorkerId, '']])
    })

    test('all violations at once, in the order of the model [hits 11.6]', async () => {
      const client = await market().requester()
      expect(await refusalOf(market(), client, operation, {})).toEqual(
        refused.validation(mustNotBeNull('workerId'), mustNotBeNull('reason')),
      )
    })
  })

  describe('behaviour [hits 13]', () => {
    test('a blocked worker can accept no HIT of this requester, and of others any', async () => {
      const client = await market().requester()
      const [hit, another] = [await createHIT(client), await createHIT(client, { Title: 'Another' })]
      const elsewhere = await createHIT(await market().requester())
      const [worker, bystander] = [await market().worker(), await market().worker()]
      await block(client, worker.workerId)
      const before = await changesIn(market())
      for (const { HITId, HITGroupId, HITTypeId } of [hit, another]) {
        expect(await worker.accept({ hitId: HITId })).toBe('WorkerBlocked')
        expect(await worker.accept({ groupId: HITGroupId })).toBe('WorkerBlocked')
        expect(await worker.accept({ groupId: HITTypeId })).toBe('WorkerBlocked')
      }
      expect(await changesIn(market())).toBe(before)
      await work(worker, elsewhere)
      await work(bystander, hit)
      expect(await stateOf(client, another.HITId)).toBe('Assignable 0/1/0')
    })

    test('HITs that are made after the block are kept from the worker too', async () => {
      const client = await market().requester()
      const worker = await market().worker()
      await block(client, worker.workerId)
      const { HITId } = await createHIT(client)
      expect(await worker.accept({ hitId: HITId })).toBe('WorkerBlocked')
    })

    test('work in progress may be submitted or returned, and is reviewed and paid as ever', async () => {
      const client = await market().requester()
      const first = await createHIT(client, { MaxAssignments: 2 })
      const second = await createHIT(client, { Title: 'Another' })
      const worker = await market().worker()
      const before = await work(worker, first)
      const open = await accept(worker, second)
      const held = await accept(worker, await createHIT(client, { Title: 'A third' }))
      await block(client, worker.workerId)
      expect(await worker.submit(open)).toBe('')
      expect(await worker.giveBack(held)).toBe('')
      for (const AssignmentId of [before, open]) await client.call('ApproveAssignment', { AssignmentId })
      await client.call('SendBonus', {
        WorkerId: worker.workerId,
        AssignmentId: open,
        BonusAmount: '0.05',
        Reason: '',
      })
      expect(await earningsOf(market(), worker.workerId)).toMatchObject({
        rewards: 20n,
        bonuses: 5n,
        approved: 2,
        returned: 1,
      })
    })

    test('what a blocked worker gave back he does not get again', async () => {
      const client = await market().requester()
      const hit = await createHIT(client)
      const worker = await market().worker()
      const held = await accept(worker, hit)
      await block(client, worker.workerId)
      await worker.giveBack(held)
      expect(await worker.accept({ hitId: hit.HITId })).toBe('WorkerBlocked')
    })

    test('a block changes nothing that the worker has earned or is counted for', async () => {
      const client = await market().requester()
      const worker = await market().worker()
      const AssignmentId = await work(worker, await createHIT(client))
      await client.call('ApproveAssignment', { AssignmentId })
      const before = await earningsOf(market(), worker.workerId)
      await block(client, worker.workerId)
      expect(await earningsOf(market(), worker.workerId)).toEqual(before)
    })

    test('a worker who never worked for the requester can be blocked', async () => {
      const client = await market().requester()
      const { WorkerId } = await aWorker()
      await block(client, WorkerId)
      expect(await blocksOf(client)).toEqual([[WorkerId, 'Copied answers.']])
    })

    test('a second block succeeds, replaces the reason, and keeps the place in the list', async () => {
      const client = await market().requester()
      const [first, second] = [await aWorker(), await aWorker()]
      await block(client, first.WorkerId, 'Too fast.')
      await market().advance(1)
      await block(client, second.WorkerId)
      await market().advance(1)
      for (const reason of ['Copied <answers> & "texts".', ''])
        expect(await client.call(operation, { ...first, Reason: reason })).toEqual({})
      expect(await blocksOf(client)).toEqual([
        [first.WorkerId, ''],
        [second.WorkerId, 'Copied answers.'],
      ])
    })

    test('a worker whom two requesters block has two blocks, each with its reason', async () => {
      const [one, other] = [await market().requester(), await market().requester()]
      const { WorkerId } = await aWorker()
      await block(one, WorkerId, 'One.')
      await block(other, WorkerId, 'Other.')
      expect([await blocksOf(one), await blocksOf(other)]).toEqual([
        [[WorkerId, 'One.']],
        [[WorkerId, 'Other.']],
      ])
    })

    test('ten blocks of one worker at once all succeed and are one block', async () => {
      const client = await market().requester()
      const { WorkerId } = await aWorker()
      expect(await tenAtOnce(client, operation, { WorkerId, Reason: 'Once.' })).toEqual({
        successes: 10,
        codes: [],
      })
      expect(await blocksOf(client)).toEqual([[WorkerId, 'Once.']])
    })

    test('every block is one change [design 4]', async () => {
      const client = await market().requester()
      const { WorkerId } = await aWorker()
      const before = await changesIn(market())
      await block(client, WorkerId)
      expect(await changesIn(market())).toBe(before + 1)
    })

    test(`block ${limits.blocks + 1} is refused; another reason for an old one is not [hits 4.2, 13]`, async () => {
      const client = await market().requester()
      const first = await aWorker()
      await block(client, first.WorkerId)
      await fillBlocks(market(), client.requesterId, limits.blocks - 1)
      await block(client, (await aWorker()).WorkerId)
      const input = { ...(await aWorker()), Reason: 'One too many.' }
      expect(await refusalOf(market(), client, operation, input)).toEqual(
        refused.tooLong('WorkerBlocks', limits.blocks),
      )
      await block(client, first.WorkerId, 'Another reason.')
      await client.call('DeleteWorkerBlock', first)
      await client.call(operation, input)
      // Others are not concerned.
      await block(await market().requester(), input.WorkerId)
    })
  })
})
