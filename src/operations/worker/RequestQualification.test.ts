import { describe, expect, test } from 'vitest'
import { SetWorkerState } from '../operator/SetWorkerState.ts'
import { operator } from '../operation.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import {
  addType,
  ask,
  changeType,
  handIn,
  mailOf,
  mustAsk,
  pendingOf,
  sampleAnswers,
  sampleKey,
  sampleTest,
  scoreOf,
  systemTypes,
  valueOf,
  shownNow,
} from '../../../test/support/qualifications.ts'
import { changesIn } from '../../../test/support/refusals.ts'

onBothDatabases('RequestQualification', (market) => {
  const prepared = async (changes: Parameters<typeof addType>[2] = {}) => {
    const client = await market().requester()
    const type = await addType(market(), client, changes)
    const { workerId } = await market().worker()
    return { client, type, workerId }
  }
  const refusedFor = async (workerId: string, typeId: string) => {
    const before = await changesIn(market())
    const answer = await ask(market(), workerId, typeId)
    expect(await changesIn(market()), 'changes by a refused request').toBe(before)
    return answer
  }

  describe('what a request does [qualifications 2.2, 10]', () => {
    test.each([1, 0, -5, 85])('a type that grants %i by itself does so at once', async (autoGrantedValue) => {
      const { client, type, workerId } = await prepared({ autoGrantedValue })
      expect(await ask(market(), workerId, type.id)).toMatchObject({
        granted: autoGrantedValue,
        request: { state: 'Granted' },
      })
      expect(await scoreOf(client, workerId, type.id)).toEqual({
        QualificationTypeId: type.id,
        WorkerId: workerId,
        GrantTime: shownNow(market()),
        IntegerValue: autoGrantedValue,
        Status: 'Granted',
      })
      expect(await pendingOf(client)).toEqual([])
      expect(await mailOf(market(), workerId)).toEqual([])
    })

    test('without a test it waits for the owner', async () => {
      const { client, type, workerId } = await prepared()
      const asked = await ask(market(), workerId, type.id)
      expect(asked).toMatchObject({
        granted: undefined,
        request: {
          id: expect.stringMatching(/^3[A-Z0-9]{29}$/),
          qualificationTypeId: type.id,
          requesterId: client.requesterId,
          workerId,
          state: 'Submitted',
          requestedAt: market().clock.now(),
          submittedAt: market().clock.now(),
          deadline: undefined,
        },
      })
      expect(await pendingOf(client)).toEqual(['request' in asked ? asked.request.id : ''])
      expect(await valueOf(client, workerId, type.id)).toBe('QualificationDoesNotExist')
    })

    test.each([undefined, sampleKey])('a test opens, and its time begins (key: %#)', async (answerKey) => {
      const { client, type, workerId } = await prepared({ test: sampleTest, answerKey, testDuration: 90 })
      expect(await ask(market(), workerId, type.id)).toMatchObject({
        granted: undefined,
        request: {
          state: 'AwaitingTest',
          submittedAt: undefined,
          deadline: market().clock.now() + 90_000,
        },
      })
      expect(await pendingOf(client)).toEqual([])
    })

    test('a duration beyond all dates ends with them', async () => {
      const { type, workerId } = await prepared({ test: sampleTest, testDuration: 2 ** 52 })
      expect(await ask(market(), workerId, type.id)).toMatchObject({ request: { deadline: 8.64e15 } })
    })

    test('a request is one change, named in the audit by its id [design 4]', async () => {
      const { type, workerId } = await prepared()
      const before = await changesIn(market())
      await mustAsk(market(), workerId, type.id)
      expect(await changesIn(market())).toBe(before + 1)
    })
  })

  describe('what cannot be requested [qualifications 2.1, 5]', () => {
    test.each(systemTypes)('the system type %s', async (id) => {
      const { workerId } = await market().worker()
      expect(await refusedFor(workerId, id)).toEqual({ fault: 'QualificationTypeNotRequestable' })
    })

    test('a type that is unknown, or gone', async () => {
      const { type, workerId } = await prepared({ status: 'Disposed' })
      for (const id of ['ABC', '', type.id])
        expect(await refusedFor(workerId, id)).toEqual({ fault: 'QualificationTypeDoesNotExist' })
    })

    test.each(['Inactive', 'Disposing'] as const)('a type that is %s', async (status) => {
      const { type, workerId } = await prepared({ status, autoGrantedValue: 1 })
      expect(await refusedFor(workerId, type.id)).toEqual({
        fault: 'InvalidQualificationTypeState',
        allowed: 'Active',
      })
    })

    test('anything, by one who is unknown or suspended', async () => {
      const { type, workerId } = await prepared()
      expect(await refusedFor('ANOBODY', type.id)).toEqual({
        fault: 'WorkerDoesNotExist',
        workerId: 'ANOBODY',
      })
      await market().market.runner.run(SetWorkerState, operator, { workerId, suspended: true })
      expect(await refusedFor(workerId, type.id)).toEqual({ fault: 'WorkerSuspended' })
    })
  })

  describe('asking again [qualifications 2.3]', () => {
    test('without a retry delay there is one request for ever, whatever came of it', async () => {
      for (const changes of [{ autoGrantedValue: 1 }, {}, { test: sampleTest, testDuration: 60 }]) {
        const { type, workerId } = await prepared(changes)
        await mustAsk(market(), workerId, type.id)
        await market().advance(10 * 365 * 86_400)
        expect(await refusedFor(workerId, type.id)).toEqual({ fault: 'QualificationTypeDoesNotAllowRetake' })
      }
    })

    test('others may ask for it, and the worker for others', async () => {
      const { client, type, workerId } = await prepared()
      await mustAsk(market(), workerId, type.id)
      await mustAsk(market(), (await market().worker()).workerId, type.id)
      await mustAsk(market(), workerId, (await addType(market(), client)).id)
    })

    test('a delay counts to the second from the request', async () => {
      const { client, type, workerId } = await prepared({ autoGrantedValue: 1, retryDelay: 60 })
      await mustAsk(market(), workerId, type.id)
      const retryAt = market().clock.now() + 60_000
      await market().advance(59.999)
      expect(await refusedFor(workerId, type.id)).toEqual({
        fault: 'QualificationTypeRetryDelayNotElapsed',
        retryAt,
      })
      await changeType(market(), type, { autoGrantedValue: 9 })
      await market().advance(0.001)
      await mustAsk(market(), workerId, type.id)
      expect(await valueOf(client, workerId, type.id)).toBe(9)
    })

    test('a delay that the owner adds or changes holds for old requests too [qualifications 3.2]', async () => {
      const { type, workerId } = await prepared({ autoGrantedValue: 1 })
      await mustAsk(market(), workerId, type.id)
      await market().advance(30)
      await changeType(market(), type, { retryDelay: 31 })
      expect(await ask(market(), workerId, type.id)).toMatchObject({
        fault: 'QualificationTypeRetryDelayNotElapsed',
      })
      await changeType(market(), type, { retryDelay: 30 })
      await mustAsk(market(), workerId, type.id)
    })

    test('a delay counts from the test when one was handed in', async () => {
      const { type, workerId } = await prepared({ test: sampleTest, answerKey: sampleKey, retryDelay: 60 })
      const requestId = await mustAsk(market(), workerId, type.id)
      await market().advance(50)
      await handIn(market(), workerId, requestId, sampleAnswers([], []))
      await market().advance(59)
      expect(await refusedFor(workerId, type.id)).toEqual({
        fault: 'QualificationTypeRetryDelayNotElapsed',
        retryAt: market().clock.now() + 1000,
      })
      await market().advance(1)
      await mustAsk(market(), workerId, type.id)
    })

    test('while a request or a test is pending a second is refused, however short the delay', async () => {
      const waiting = { fault: 'QualificationRequestPending' }
      for (const test of [undefined, sampleTest]) {
        const { type, workerId } = await prepared({ retryDelay: 0, test, testDuration: 60 })
        await mustAsk(market(), workerId, type.id)
        await market().advance(59)
        expect(await refusedFor(workerId, type.id)).toEqual(waiting)
        await market().advance(1)
        const after = await ask(market(), workerId, type.id)
        // A test that ran out of time is over; a request waits for ever.
        expect(after).toMatchObject(test === undefined ? waiting : { request: { state: 'AwaitingTest' } })
      }
    })

    test('a retake replaces the value, even by a lower one', async () => {
      const { client, type, workerId } = await prepared({
        test: sampleTest,
        answerKey: sampleKey,
        retryDelay: 0,
      })
      for (const [answers, value] of [
        [sampleAnswers(['oslo'], ['two', 'seven']), 100],
        [sampleAnswers(['oslo'], ['two']), 33],
      ] as const) {
        await handIn(market(), workerId, await mustAsk(market(), workerId, type.id), answers)
        expect(await valueOf(client, workerId, type.id)).toBe(value)
      }
    })

    test('requests that meet the deletion of their type are refused, or rejected with it [qualifications 3.5]', async () => {
      for (let round = 0; round < 4; round++) {
        const { client, type } = await prepared()
        const workers = await Promise.all(Array.from({ length: 8 }, () => market().worker()))
        const asking = workers.map(({ workerId }) => ask(market(), workerId, type.id))
        await Promise.all([
          ...asking,
          client.call('DeleteQualificationType', { QualificationTypeId: type.id }),
        ])
        expect(await pendingOf(client)).toEqual([])
      }
    })

    test('of ten requests at once one succeeds', async () => {
      // The first round opens the connections; in those after it the ten really meet.
      for (let round = 0; round < 4; round++) {
        const { client, type, workerId } = await prepared({ retryDelay: 0 })
        const answers = await Promise.all(Array.from({ length: 10 }, () => ask(market(), workerId, type.id)))
        const refusals = answers.filter((answer) => 'fault' in answer)
        expect(refusals).toEqual(Array(9).fill({ fault: 'QualificationRequestPending' }))
        expect(await pendingOf(client)).toHaveLength(1)
      }
    })
  })
})
