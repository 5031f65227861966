import { describe, expect, test } from 'vitest'
import { server } from '../../limits.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import {
  addType,
  changeType,
  handIn,
  mailOf,
  mustAsk,
  pendingOf,
  sampleAnswers,
  sampleKey,
  sampleTest,
  scoreOf,
  valueOf,
  shownNow,
} from '../../../test/support/qualifications.ts'
import { changesIn } from '../../../test/support/refusals.ts'

onBothDatabases('SubmitQualificationTest', (market) => {
  const opened = async (changes: Parameters<typeof addType>[2] = {}) => {
    const client = await market().requester()
    const type = await addType(market(), client, { test: sampleTest, answerKey: sampleKey, ...changes })
    const { workerId } = await market().worker()
    return { client, type, workerId, requestId: await mustAsk(market(), workerId, type.id) }
  }
  const right = sampleAnswers(['oslo'], ['seven', 'two'])
  const wrong = sampleAnswers(['bergen'], [])
  const refusedFor = async (...call: [workerId: string, requestId: string, answers: typeof right]) => {
    const before = await changesIn(market())
    const answer = await handIn(market(), ...call)
    expect(await changesIn(market()), 'changes by a refused test').toBe(before)
    return answer
  }

  describe('a test with a key [qualifications 2.2, questions 10]', () => {
    test.each([
      ['all right', right, 100],
      ['in part', sampleAnswers(['oslo'], ['two', 'four']), 33],
      ['the other part', sampleAnswers([], ['two', 'seven']), 67],
      ['nothing', sampleAnswers([], []), 0],
      ['no answers at all', [], 0],
    ])('is scored and granted at once: %s', async (_, answers, value) => {
      const { client, type, workerId, requestId } = await opened()
      await market().advance(5)
      expect(await handIn(market(), workerId, requestId, answers)).toEqual({
        granted: value,
        repeated: false,
      })
      expect(await scoreOf(client, workerId, type.id)).toEqual({
        QualificationTypeId: type.id,
        WorkerId: workerId,
        GrantTime: shownNow(market()),
        IntegerValue: value,
        Status: 'Granted',
      })
      expect(await pendingOf(client)).toEqual([])
      expect(await mailOf(market(), workerId)).toEqual([])
    })

    test('is scored by the key that it had when the worker asked', async () => {
      const { type, workerId, requestId } = await opened()
      const answerKey = sampleKey.replace('<AnswerScore>1</AnswerScore>', '<AnswerScore>-10</AnswerScore>')
      await changeType(market(), type, { test: sampleTest.replace('oslo', 'bodø'), answerKey })
      expect(await handIn(market(), workerId, requestId, right)).toMatchObject({ granted: 100 })
    })

    test.each(['Inactive', 'Active'] as const)('may be handed in when its type became %s', async (status) => {
      const { type, workerId, requestId } = await opened()
      await changeType(market(), type, { status })
      expect(await handIn(market(), workerId, requestId, right)).toMatchObject({ granted: 100 })
    })
  })

  test('a test without a key waits for the owner [qualifications 2.2]', async () => {
    const { client, type, workerId, requestId } = await opened({ answerKey: undefined })
    expect(await handIn(market(), workerId, requestId, right)).toEqual({
      granted: undefined,
      repeated: false,
    })
    expect(await pendingOf(client)).toEqual([requestId])
    expect(await valueOf(client, workerId, type.id)).toBe('QualificationDoesNotExist')
  })

  describe('its time counts from the request [qualifications 2.2]', () => {
    test('just before the deadline it is taken in', async () => {
      const { workerId, requestId } = await opened({ testDuration: 60 })
      await market().advance(59.999)
      expect(await handIn(market(), workerId, requestId, right)).toMatchObject({ granted: 100 })
    })

    test('at the deadline it is refused, and the attempt is used', async () => {
      const { client, type, workerId, requestId } = await opened({ testDuration: 60 })
      await market().advance(60)
      expect(await refusedFor(workerId, requestId, right)).toEqual({ fault: 'TestTimeOver' })
      expect(await valueOf(client, workerId, type.id)).toBe('QualificationDoesNotExist')
    })

    test('a time that was changed meanwhile does not count', async () => {
      const { type, workerId, requestId } = await opened({ testDuration: 60 })
      await changeType(market(), type, { testDuration: 3600 })
      await market().advance(60)
      expect(await refusedFor(workerId, requestId, right)).toEqual({ fault: 'TestTimeOver' })
    })
  })

  describe('it is taken in once', () => {
    const over = { fault: 'InvalidQualificationRequestState', allowed: 'AwaitingTest' }

    test.each([sampleKey, undefined])(
      'the same answers again are no error; others are (key: %#)',
      async (answerKey) => {
        const { workerId, requestId } = await opened({ answerKey })
        await handIn(market(), workerId, requestId, right)
        await market().advance(86_400)
        expect(await handIn(market(), workerId, requestId, right)).toEqual({
          granted: answerKey === undefined ? undefined : 100,
          repeated: true,
        })
        expect(await refusedFor(workerId, requestId, wrong)).toEqual(over)
      },
    )

    test('the same answers again grant nothing anew: what was revoked stays so', async () => {
      const { client, type, workerId, requestId } = await opened()
      await handIn(market(), workerId, requestId, right)
      await client.call('DisassociateQualificationFromWorker', {
        QualificationTypeId: type.id,
        WorkerId: workerId,
      })
      await handIn(market(), workerId, requestId, right)
      expect(await valueOf(client, workerId, type.id)).toBe('InvalidQualificationState')
    })

    test('of ten hand-ins at once with other answers one succeeds', async () => {
      // The first round opens the connections; in those after it the ten really meet.
      for (let round = 0; round < 4; round++) {
        const { client, type, workerId, requestId } = await opened()
        const tests = Array.from({ length: 10 }, (_, i) => [
          ...right,
          { kind: 'FreeText' as const, identifier: 'note', text: String(i) },
        ])
        const answers = await Promise.all(tests.map((given) => handIn(market(), workerId, requestId, given)))
        expect(answers.filter((answer) => 'granted' in answer)).toEqual([{ granted: 100, repeated: false }])
        expect(answers.filter((answer) => 'fault' in answer)).toEqual(Array(9).fill(over))
        expect(await valueOf(client, workerId, type.id)).toBe(100)
      }
    })

    test('a request without a test takes none', async () => {
      const { workerId, requestId } = await opened({ test: undefined, answerKey: undefined })
      expect(await refusedFor(workerId, requestId, right)).toEqual(over)
    })
  })

  test('an unknown request, and that of another worker', async () => {
    const { workerId, requestId } = await opened()
    expect(await refusedFor(workerId, 'ABC', right)).toEqual({ fault: 'QualificationRequestDoesNotExist' })
    const other = await market().worker()
    expect(await refusedFor(other.workerId, requestId, right)).toEqual({
      fault: 'QualificationRequestOfAnotherWorker',
    })
  })

  test('answers have an end', async () => {
    const { workerId, requestId } = await opened()
    const endless = [{ kind: 'FreeText' as const, identifier: 'note', text: 'x'.repeat(server.answerLength) }]
    expect(await handIn(market(), workerId, requestId, endless)).toEqual({
      fault: 'AnswerTooLong',
      maximum: server.answerLength,
    })
  })
})
