import { describe, expect, test } from 'vitest'
import { onBothDatabases, type TestWorker } from '../../../test/support/market.ts'
import { messagesOf } from '../../../test/support/messages.ts'
import { changesIn } from '../../../test/support/refusals.ts'
import { accept, createHIT } from '../../../test/support/steps.ts'
import { attempt, must, nobody } from '../../../test/support/worker-calls.ts'
import { ContactRequester, type ContactInput } from './ContactRequester.ts'

onBothDatabases('ContactRequester', (market) => {
  const written = { subject: 'The picture', text: 'It does not load.', mayAnswer: false }
  const send = (worker: Pick<TestWorker, 'workerId'>, changes: Partial<ContactInput>) =>
    attempt(market(), worker, ContactRequester, { target: { groupId: '' }, ...written, ...changes })
  const refusedFor = async (worker: Pick<TestWorker, 'workerId'>, changes: Partial<ContactInput>) => {
    const before = await changesIn(market())
    const answer = await send(worker, changes)
    expect(await changesIn(market()), 'changes by a refused message').toBe(before)
    return answer
  }
  const scene = async () => {
    const client = await market().requester()
    const hit = await createHIT(client, { MaxAssignments: 9 })
    return { client, hit, worker: await market().worker(), target: { groupId: hit.HITGroupId! } }
  }

  test('the message is kept with who wrote to whom about what [websites 1.12]', async () => {
    const { client, hit, worker, target } = await scene()
    const sent = await must(market(), worker, ContactRequester, { ...written, target })
    expect(await messagesOf(market(), worker.workerId)).toEqual([
      {
        id: sent.messageId,
        kind: 'contact',
        workerId: worker.workerId,
        requesterId: client.requesterId,
        subject: 'The picture',
        text: expect.stringContaining(
          `Worker ${worker.workerId} writes about your HITs "Listen to a bird" (HIT type ${hit.HITTypeId}, HIT group ${hit.HITGroupId}):\n\nIt does not load.\n`,
        ) as string,
        at: market().clock.now(),
        email: undefined,
      },
    ])
  })

  test('a HITTypeId does as well as a HITGroupId [hits 3, websites 1.12]', async () => {
    const { hit, worker } = await scene()
    expect(await send(worker, { target: { groupId: hit.HITTypeId! } })).toHaveProperty('messageId')
  })

  test('about work of his own, whatever became of it [websites 1.12]', async () => {
    const { hit, worker } = await scene()
    const assignmentId = await accept(worker, hit)
    await worker.submit(assignmentId)
    expect(await send(worker, { target: { assignmentId } })).toHaveProperty('messageId')
    const [message] = await messagesOf(market(), worker.workerId)
    expect(message?.text).toContain(`(HIT ${hit.HITId}, assignment ${assignmentId})`)
  })

  test.each<[string, Partial<ContactInput>, object]>([
    ['no group', { target: { groupId: '3NONE' } }, { fault: 'GroupDoesNotExist' }],
    ['no assignment', { target: { assignmentId: '3NONE' } }, { fault: 'AssignmentDoesNotExist' }],
    ['no subject', { subject: ' \n' }, { fault: 'ParameterTooShort', parameter: 'subject' }],
    ['no text', { text: '\r\n' }, { fault: 'ParameterTooShort', parameter: 'text' }],
    ['a long text', { text: 'a'.repeat(4097) }, { fault: 'ParameterTooLong', parameter: 'text' }],
  ])('is refused for %s', async (_, changes, refusal) => {
    const { worker, target } = await scene()
    expect(await refusedFor(worker, { target, ...changes })).toMatchObject(refusal)
  })

  test('another worker’s assignment is none, and nobody’s worker writes nothing', async () => {
    const { hit, worker, target } = await scene()
    const assignmentId = await accept(worker, hit)
    expect(await refusedFor(await market().worker(), { target: { assignmentId } })).toEqual({
      fault: 'AssignmentDoesNotExist',
      assignmentId,
    })
    expect(await refusedFor(nobody, { target })).toMatchObject({ fault: 'WorkerDoesNotExist' })
  })

  describe('at most 20 in a day', () => {
    test('the next has to wait until the first of them is a day old', async () => {
      const { worker, target } = await scene()
      for (let i = 0; i < 20; i++) {
        expect(await send(worker, { target })).toHaveProperty('messageId')
        await market().advance(60)
      }
      expect(await refusedFor(worker, { target })).toEqual({
        fault: 'TooManyAttempts',
        retryAfterSeconds: 86_400 - 1200,
      })
      expect(await send(await market().worker(), { target })).toHaveProperty('messageId')
      await market().advance(86_400 - 1200)
      expect(await send(worker, { target })).toHaveProperty('messageId')
      expect(await refusedFor(worker, { target })).toMatchObject({ retryAfterSeconds: 60 })
    })

    test('however many are sent at once', async () => {
      const { worker, target } = await scene()
      const answers = await Promise.all(Array.from({ length: 25 }, () => send(worker, { target })))
      expect(answers.filter((answer) => 'messageId' in answer)).toHaveLength(20)
    })
  })
})
