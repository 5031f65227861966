import { describe, expect, test } from 'vitest'
import { testMistyped, testText } from '../../../test/support/common-members.ts'
import { onBothDatabases, type TestClient } from '../../../test/support/market.ts'
import { changesIn, mustNotBeNull, refusalOf, refused } from '../../../test/support/refusals.ts'
import { createHIT, submitted, work } from '../../../test/support/steps.ts'
import { block } from '../../../test/support/worker-blocks.ts'
import { messagesOf } from '../../../test/support/messages.ts'

const operation = 'NotifyWorkers'
const message = { Subject: 'New HITs', MessageText: 'There are new HITs.\nHave a look!' }

const failureOf = (WorkerId: string) => ({
  NotifyWorkersFailureCode: 'HardFailure',
  NotifyWorkersFailureMessage: 'Cannot send a notification to a worker who has not done any work for you',
  WorkerId,
})

onBothDatabases(operation, (market) => {
  const someone = () => Promise.resolve({ ...message, WorkerIds: ['A2XWZ93ZKAVL7P'] })
  const notify = async (client: TestClient, WorkerIds: string[], changes = {}) =>
    (await client.call(operation, { ...message, WorkerIds, ...changes })).NotifyWorkersFailureStatuses
  /** A worker whose work the requester approved. */
  const known = async (client: TestClient) => {
    const { worker, assignmentId } = await submitted(market(), client)
    await client.call('ApproveAssignment', { AssignmentId: assignmentId })
    return worker
  }
  const without = (member: string) => async () => {
    const input: Record<string, unknown> = await someone()
    delete input[member]
    return input
  }

  describe('serialization', () => {
    testMistyped(market, operation, 'Subject', ['1', 'true', '["a"]', '{}'], without('Subject'))
    testMistyped(market, operation, 'MessageText', ['1', 'false', '["a"]', '{}'], without('MessageText'))
    testMistyped(market, operation, 'WorkerIds', ['"A1"', '1', '{}', '[1]'], without('WorkerIds'))

    test('without failures the list is there and empty [hits 14, client W27]', async () => {
      const client = await market().requester()
      const body = JSON.stringify({ ...message, WorkerIds: [(await known(client)).workerId] })
      expect(await client.send(operation, body)).toEqual({
        status: 200,
        text: '{"NotifyWorkersFailureStatuses":[]}',
      })
    })

    test('a failure’s members stand in the order of the model [client 3]', async () => {
      const client = await market().requester()
      expect((await client.send(operation, JSON.stringify(await someone()))).text).toBe(
        `{"NotifyWorkersFailureStatuses":[${JSON.stringify(failureOf('A2XWZ93ZKAVL7P'))}]}`,
      )
    })
  })

  describe('validation', () => {
    testText(market, operation, 'Subject', 200, someone)
    testText(market, operation, 'MessageText', 4096, someone)

    const refusalFor = async (input: object) =>
      refusalOf(market(), await market().requester(), operation, { ...(await someone()), ...input })

    test('all three members are required [hits 2, 11.6]', async () => {
      expect(await refusalFor({ Subject: null, MessageText: null, WorkerIds: null })).toEqual(
        refused.validation(
          mustNotBeNull('subject'),
          mustNotBeNull('messageText'),
          mustNotBeNull('workerIds'),
        ),
      )
    })

    test('at least one worker [hits 4.2]', async () => {
      expect(await refusalFor({ WorkerIds: [] })).toEqual(refused.tooShort('WorkerIds'))
    })

    const ids = (count: number) => Array.from({ length: count }, (_, i) => `A${1000 + i}`)

    test('at most 100 workers, each counted once [hits 4.2]', async () => {
      expect(await refusalFor({ WorkerIds: ids(101) })).toEqual(refused.tooLong('WorkerIds', 100))
      const client = await market().requester()
      expect(await notify(client, ids(100))).toEqual(ids(100).map(failureOf))
      expect(await notify(client, [...ids(100), ...ids(100)])).toEqual(ids(100).map(failureOf))
    })

    test('an ill-formed worker refuses the whole call [hits 3, 11.4]', async () => {
      const refusal = await refusalFor({ WorkerIds: ['A2XWZ93ZKAVL7P', 'a1'] })
      expect(refusal).toMatchObject({ status: 400, type: 'ValidationException', code: undefined })
      expect(refusal.message).toContain("at 'workerIds' failed to satisfy constraint")
    })

    test('the first problem in the order of the model is named [hits 11.6]', async () => {
      const all = { Subject: 'x'.repeat(201), MessageText: 'x'.repeat(4097), WorkerIds: [] }
      expect(await refusalFor(all)).toEqual(refused.tooLong('Subject', 200))
      expect(await refusalFor({ ...all, Subject: '' })).toEqual(refused.tooLong('MessageText', 4096))
    })
  })

  describe('behaviour [hits 14]', () => {
    test('a message goes to each worker once, in the requester’s words', async () => {
      const client = await market().requester()
      const [one, other] = [await known(client), await known(client)]
      const failures = await notify(client, [one.workerId, other.workerId, one.workerId])
      expect(failures).toEqual([])
      for (const { workerId } of [one, other])
        expect(await messagesOf(market(), workerId)).toEqual([
          {
            id: expect.any(String),
            kind: 'notification',
            workerId,
            requesterId: client.requesterId,
            subject: message.Subject,
            text: message.MessageText,
            at: market().clock.now(),
            email: undefined,
          },
        ])
    })

    test.each<[string, boolean]>([
      ['accepted', false],
      ['returned', false],
      ['submitted', false],
      ['approved', true],
      ['rejected', true],
      ['approved by itself', true],
      ['approved long ago', true],
    ])('a worker whose work is %s: may be told %s', async (state, told) => {
      const client = await market().requester()
      const hit = await createHIT(client, {
        AutoApprovalDelayInSeconds: state === 'approved by itself' ? 60 : 86_400,
      })
      const worker = await market().worker()
      const AssignmentId = await worker.accept({ hitId: hit.HITId })
      if (state === 'returned') await worker.giveBack(AssignmentId)
      else if (state !== 'accepted') await worker.submit(AssignmentId)
      if (state.startsWith('approved') && !state.endsWith('itself'))
        await client.call('ApproveAssignment', { AssignmentId })
      if (state === 'rejected') await client.call('RejectAssignment', { AssignmentId, RequesterFeedback: '' })
      // The timers have not come to the auto-approval: it counts all the same.
      if (state === 'approved by itself') market().clock.set(market().clock.now() + 60_000)
      if (state === 'approved long ago') await market().advance(400 * 86_400)
      expect(await notify(client, [worker.workerId])).toEqual(told ? [] : [failureOf(worker.workerId)])
      expect(await messagesOf(market(), worker.workerId)).toHaveLength(told ? 1 : 0)
    })

    test('work for others does not count, and ids of nobody fail like it, inside a 200', async () => {
      const client = await market().requester()
      const stranger = await known(await market().requester())
      const friend = await known(client)
      const ids = [stranger.workerId, friend.workerId, 'AD20WXZZP9XXK', client.requesterId]
      expect(await notify(client, ids)).toEqual(
        [stranger.workerId, 'AD20WXZZP9XXK', client.requesterId].map(failureOf),
      )
      expect(await messagesOf(market(), friend.workerId)).toHaveLength(1)
      expect(await messagesOf(market(), stranger.workerId)).toEqual([])
    })

    test('a blocked worker may still be told', async () => {
      const client = await market().requester()
      const worker = await known(client)
      await block(client, worker.workerId)
      expect(await notify(client, [worker.workerId])).toEqual([])
    })

    test('subject and text may be empty, and hold what people write', async () => {
      const client = await market().requester()
      const { workerId } = await known(client)
      expect(await notify(client, [workerId], { Subject: '', MessageText: '' })).toEqual([])
      const Subject = 'Ĉu "novaj" <taskoj>? 🐦'
      expect(await notify(client, [workerId], { Subject })).toEqual([])
      expect((await messagesOf(market(), workerId)).map(({ subject }) => subject)).toEqual([Subject, ''])
    })

    test('every call is one change [design 4]', async () => {
      const client = await market().requester()
      const before = await changesIn(market())
      await notify(client, ['A1', 'A2'])
      expect(await changesIn(market())).toBe(before + 1)
    })
  })

  describe('mail that other calls cause', () => {
    test('a block tells the worker that it is there, once, and never why [hits 13]', async () => {
      const client = await market().requester()
      const { workerId } = await market().worker()
      await Promise.all(Array.from({ length: 10 }, () => block(client, workerId, 'Copied answers.')))
      await block(client, workerId, 'Another reason.')
      const [told, ...more] = await messagesOf(market(), workerId)
      expect(more).toEqual([])
      expect(told).toMatchObject({ kind: 'block', requesterId: client.requesterId })
      expect(told!.subject).toBe('Test Laboratory has blocked you')
      expect(told!.text).not.toMatch(/Copied|reason/)
      await client.call('DeleteWorkerBlock', { WorkerId: workerId })
      await block(client, workerId)
      expect(await messagesOf(market(), workerId)).toHaveLength(2)
    })

    test('a bonus tells the amount and the reason; a refused one tells nothing [hits 9.5]', async () => {
      const client = await market().requester('0.50')
      const { worker, assignmentId: AssignmentId } = await submitted(market(), client)
      const bonus = { WorkerId: worker.workerId, AssignmentId, BonusAmount: '0.05', Reason: 'Well heard!' }
      await client.call('SendBonus', bonus)
      expect(await client.refusal('SendBonus', { ...bonus, BonusAmount: '5.00' })).toEqual(refused.noFunds)
      const [told, ...more] = await messagesOf(market(), worker.workerId)
      expect(more).toEqual([])
      expect(told).toMatchObject({
        kind: 'bonus',
        subject: 'Test Laboratory has paid you a bonus of $0.05',
        text: `The requester Test Laboratory has paid you a bonus of $0.05 for assignment ${AssignmentId}.\n\nWell heard!`,
      })
    })

    test('work and its review tell nothing', async () => {
      const client = await market().requester()
      const worker = await market().worker()
      const AssignmentId = await work(worker, await createHIT(client))
      await client.call('RejectAssignment', { AssignmentId, RequesterFeedback: 'No.' })
      expect(await messagesOf(market(), worker.workerId)).toEqual([])
    })
  })
})
