import { afterEach, describe, expect, test } from 'vitest'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { changesIn } from '../../../test/support/refusals.ts'
import {
  accept,
  balanceOf,
  createHIT,
  earningsOf,
  expireNow,
  stateOf,
  statusOf,
  work,
} from '../../../test/support/steps.ts'
import { block } from '../../../test/support/worker-blocks.ts'
import { attempt, must, nobody, suspend } from '../../../test/support/worker-calls.ts'
import type { Answer } from '../../domain/question/answers.ts'
import { server } from '../../limits.ts'
import { SubmitAssignment } from './SubmitAssignment.ts'

const hour = 3600

const answers = (text = 'an answer'): readonly Answer[] => [{ kind: 'FreeText', identifier: 'field', text }]

onBothDatabases('SubmitAssignment', (market) => {
  afterEach(() => checkLedger(market()))

  /** Turns the clock on without the timers, which come a moment later. */
  const passUnnoticed = (seconds: number) => market().clock.set(market().clock.now() + seconds * 1000)

  /** An open assignment of a new HIT. */
  const opened = async (changes = {}) => {
    const client = await market().requester('10.00')
    const hit = await createHIT(client, changes)
    const worker = await market().worker()
    return { client, hit, worker, assignmentId: await accept(worker, hit) }
  }

  /** Makes an attempt that must be refused, and proves that it changed nothing. */
  const refusal = async (worker: { workerId: string }, assignmentId: string, text?: string) => {
    const before = await changesIn(market())
    const output = await attempt(market(), worker, SubmitAssignment, { assignmentId, answers: answers(text) })
    expect(await changesIn(market()), 'changes by a refused submission').toBe(before)
    return output
  }

  describe('what is not there, or not his', () => {
    test.each(['ABC', ''])('no assignment "%s"', async (assignmentId) => {
      const worker = await market().worker()
      expect(await refusal(worker, assignmentId)).toEqual({ fault: 'AssignmentDoesNotExist', assignmentId })
    })

    test('the id of its HIT is none of an assignment', async () => {
      const { hit, worker } = await opened()
      expect(await refusal(worker, hit.HITId)).toMatchObject({ fault: 'AssignmentDoesNotExist' })
    })

    test("another worker's, open or submitted with the same answers", async () => {
      const { worker, assignmentId, hit } = await opened({ MaxAssignments: 2 })
      const other = await market().worker()
      await accept(other, hit)
      const wrong = { fault: 'AssignmentOfAnotherWorker' }
      for (const who of [other, nobody]) expect(await refusal(who, assignmentId)).toEqual(wrong)
      await worker.submit(assignmentId)
      for (const who of [other, nobody]) expect(await refusal(who, assignmentId)).toEqual(wrong)
    })
  })

  describe('a submission', () => {
    test('waits for review from its moment on [hits 5.4, 6.2, 6.5, client W17]', async () => {
      const { client, hit, worker, assignmentId } = await opened({ AutoApprovalDelayInSeconds: 7200 })
      const accepted = Math.floor(market().clock.now() / 1000)
      await market().advance(100)
      const before = await changesIn(market())
      const output = await must(market(), worker, SubmitAssignment, { assignmentId, answers: answers() })
      expect(output).toEqual({ repeated: false })
      expect(await changesIn(market())).toBe(before + 1)
      const { Assignment } = await client.call('GetAssignment', { AssignmentId: assignmentId })
      expect(Assignment).toEqual({
        AssignmentId: assignmentId,
        WorkerId: worker.workerId,
        HITId: hit.HITId,
        AssignmentStatus: 'Submitted',
        AutoApprovalTime: accepted + 100 + 7200,
        AcceptTime: accepted,
        SubmitTime: accepted + 100,
        Answer: expect.stringContaining('<FreeText>an answer</FreeText>') as unknown,
      })
      expect(await stateOf(client, hit.HITId)).toBe('Reviewable 0/0/0')
      expect(await earningsOf(market(), worker.workerId)).toMatchObject({
        submitted: 1,
        held: 0,
        approved: 0,
        rewards: 0n,
      })
    })

    test('moves no money [hits 9.2]', async () => {
      const { client, worker, assignmentId } = await opened()
      expect(await balanceOf(client)).toBe('9.88')
      await worker.submit(assignmentId)
      expect(await balanceOf(client)).toBe('9.88')
    })

    test('is possible until a moment before the deadline, not at it [hits 6.2, 12.13]', async () => {
      const first = await opened()
      passUnnoticed(hour - 0.001)
      expect(await first.worker.submit(first.assignmentId)).toBe('')
      const second = await opened()
      passUnnoticed(hour)
      expect(await second.worker.submit(second.assignmentId)).toBe('AssignmentNotOpen')
      expect(await stateOf(second.client, second.hit.HITId)).toBe('Assignable 0/1/0')
      expect(await earningsOf(market(), second.worker.workerId)).toMatchObject({ abandoned: 1, submitted: 0 })
      // He may take it anew, and then his time begins anew.
      await work(second.worker, second.hit)
    })

    test('after the expiration of the HIT is an ordinary one [hits 5.5]', async () => {
      const { client, hit, worker, assignmentId } = await opened({ MaxAssignments: 2 })
      await expireNow(client, hit.HITId)
      passUnnoticed(60)
      expect(await stateOf(client, hit.HITId)).toBe('Unassignable 1/1/0')
      expect(await worker.submit(assignmentId)).toBe('')
      expect(await stateOf(client, hit.HITId)).toBe('Reviewable 0/1/0')
      await client.call('ApproveAssignment', { AssignmentId: assignmentId })
    })

    test('at the very expiration, before the timers come, too [hits 5.2, 5.5]', async () => {
      const { client, hit, worker, assignmentId } = await opened({
        LifetimeInSeconds: 600,
        MaxAssignments: 2,
      })
      passUnnoticed(600)
      expect(await worker.submit(assignmentId)).toBe('')
      expect(await stateOf(client, hit.HITId)).toBe('Reviewable 0/1/0')
      expect(await balanceOf(client)).toBe('9.88')
    })

    test('of one of several leaves the HIT open to others [hits 5.2]', async () => {
      const { client, hit, worker, assignmentId } = await opened({ MaxAssignments: 3 })
      await accept(await market().worker(), hit)
      await worker.submit(assignmentId)
      expect(await stateOf(client, hit.HITId)).toBe('Assignable 1/1/0')
      await accept(await market().worker(), hit)
      expect(await stateOf(client, hit.HITId)).toBe('Unassignable 2/0/0')
    })

    test('is taken from a worker who was blocked or suspended meanwhile [hits 13]', async () => {
      const { client, worker, assignmentId } = await opened()
      await block(client, worker.workerId)
      await suspend(market(), worker)
      expect(await worker.submit(assignmentId)).toBe('')
    })

    test('is approved and paid at once when the delay is 0 [hits 6.3]', async () => {
      const { client, hit, worker, assignmentId } = await opened({ AutoApprovalDelayInSeconds: 0 })
      await worker.submit(assignmentId)
      const { Assignment } = await client.call('GetAssignment', { AssignmentId: assignmentId })
      const now = Math.floor(market().clock.now() / 1000)
      expect(Assignment).toMatchObject({
        AssignmentStatus: 'Approved',
        SubmitTime: now,
        AutoApprovalTime: now,
        ApprovalTime: now,
      })
      expect(Assignment).not.toHaveProperty('RequesterFeedback')
      expect(await stateOf(client, hit.HITId)).toBe('Reviewable 0/0/1')
      expect(await earningsOf(market(), worker.workerId)).toMatchObject({ rewards: 10n, approved: 1 })
      expect((await client.refusal('ApproveAssignment', { AssignmentId: assignmentId })).message).toBe(
        'This operation can be called with a status of: Submitted',
      )
    })

    test.each([1, 2_592_000])('with a delay of %i s is approved then [hits 6.3]', async (delay) => {
      const { client, worker, assignmentId } = await opened({ AutoApprovalDelayInSeconds: delay })
      await worker.submit(assignmentId)
      passUnnoticed(delay - 0.001)
      expect(await statusOf(client, assignmentId)).toBe('Submitted')
      passUnnoticed(0.001)
      expect(await statusOf(client, assignmentId)).toBe('Approved')
    })
  })

  describe('a second submission [design 5]', () => {
    test.each(['Submitted', 'Approved', 'Rejected'])(
      'of what is %s: the same answers are no error and change nothing, others are refused',
      async (state) => {
        const { client, worker, assignmentId } = await opened()
        await worker.submit(assignmentId)
        if (state === 'Approved') await client.call('ApproveAssignment', { AssignmentId: assignmentId })
        if (state === 'Rejected')
          await client.call('RejectAssignment', { AssignmentId: assignmentId, RequesterFeedback: 'No.' })
        passUnnoticed(2 * hour)
        const shown = await client.call('GetAssignment', { AssignmentId: assignmentId })
        expect(await must(market(), worker, SubmitAssignment, { assignmentId, answers: answers() })).toEqual({
          repeated: true,
        })
        for (const text of ['another answer', ''])
          expect(await refusal(worker, assignmentId, text)).toEqual({
            fault: 'AssignmentNotOpen',
            state: 'submitted',
          })
        expect(await client.call('GetAssignment', { AssignmentId: assignmentId })).toEqual(shown)
        expect((await earningsOf(market(), worker.workerId)).submitted).toBe(1)
      },
    )

    test('ten at once with the same answers are one submission', async () => {
      const { worker, assignmentId } = await opened()
      const outputs = await Promise.all(
        Array.from({ length: 10 }, () =>
          must(market(), worker, SubmitAssignment, { assignmentId, answers: answers() }),
        ),
      )
      expect(outputs.filter(({ repeated }) => !repeated)).toHaveLength(1)
      expect((await earningsOf(market(), worker.workerId)).submitted).toBe(1)
    })

    test('ten at once with different answers: one is taken in, and it is that one', async () => {
      const { client, worker, assignmentId } = await opened()
      const texts = Array.from({ length: 10 }, (_, i) => `answer ${i}`)
      const outputs = await Promise.all(texts.map((text) => worker.submit(assignmentId, text)))
      expect(outputs.filter((fault) => fault === '')).toHaveLength(1)
      expect(outputs.filter((fault) => fault === 'AssignmentNotOpen')).toHaveLength(9)
      const { Assignment } = await client.call('GetAssignment', { AssignmentId: assignmentId })
      expect(Assignment!.Answer).toContain(`<FreeText>${texts[outputs.indexOf('')]}</FreeText>`)
    })
  })

  describe('what cannot be submitted', () => {
    test('what was returned', async () => {
      const { worker, assignmentId } = await opened()
      await worker.giveBack(assignmentId)
      expect(await refusal(worker, assignmentId)).toEqual({ fault: 'AssignmentNotOpen', state: 'returned' })
    })

    test('what was abandoned, also when he holds the HIT anew', async () => {
      const { worker, hit, assignmentId } = await opened()
      await market().advance(hour)
      const gone = { fault: 'AssignmentNotOpen', state: 'abandoned' }
      expect(await refusal(worker, assignmentId)).toEqual(gone)
      const anew = await accept(worker, hit)
      expect(await refusal(worker, assignmentId)).toEqual(gone)
      expect(await worker.submit(anew)).toBe('')
    })

    test('answers beyond all measure', async () => {
      const { client, worker, assignmentId } = await opened()
      expect(await refusal(worker, assignmentId, 'x'.repeat(server.answerLength))).toEqual({
        fault: 'AnswerTooLong',
        maximum: server.answerLength,
      })
      expect(await worker.submit(assignmentId, 'x'.repeat(1_000_000))).toBe('')
      const { Assignment } = await client.call('GetAssignment', { AssignmentId: assignmentId })
      expect(Assignment!.Answer!.length).toBeGreaterThan(1_000_000)
    })
  })
})
