import { describe, expect, test } from 'vitest'
import { writeAnswers } from '../../domain/question/answers.ts'
import { testMistyped } from '../../../test/support/common-members.ts'
import { onBothDatabases, type TestClient } from '../../../test/support/market.ts'
import { testPaging } from '../../../test/support/paging.ts'
import {
  addType,
  ask,
  changeType,
  handIn,
  mustAsk,
  pendingOf,
  sampleAnswers,
  sampleKey,
  sampleTest,
  testOwnType,
  testSystemTypes,
  shownNow,
} from '../../../test/support/qualifications.ts'
import { changesIn } from '../../../test/support/refusals.ts'

const operation = 'ListQualificationRequests'

onBothDatabases(operation, (market) => {
  /** `count` requests, every second pair of them at one moment; in the order in which they must be listed. */
  const filled = async (count: number, client?: TestClient) => {
    const owner = client ?? (await market().requester())
    const type = await addType(market(), owner)
    const made: { time: number; id: string }[] = []
    for (let i = 0; i < count; i++) {
      if (i % 2 === 0) market().clock.set(market().clock.now() + 250)
      const { workerId } = await market().worker()
      made.push({ time: market().clock.now(), id: await mustAsk(market(), workerId, type.id) })
    }
    made.sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1))
    return { client: owner, type, ids: made.map(({ id }) => id) }
  }
  const remove = (client: TestClient) => async (QualificationRequestId: string) =>
    void (await client.call('RejectQualificationRequest', { QualificationRequestId }))
  const idOf = (entry: { QualificationRequestId: string }) => entry.QualificationRequestId

  describe('serialization', () => {
    testMistyped(market, operation, 'MaxResults', ['"10"', '1.5', 'true'], () => Promise.resolve({}))
    testMistyped(market, operation, 'QualificationTypeId', ['1', '["x"]'], () => Promise.resolve({}))

    test('the bytes of a page and of the end [client W1, W2, W3]', async () => {
      const { client, type, ids } = await filled(1)
      const { NextToken, QualificationRequests } = await client.call(operation, {})
      const { text } = await client.send(operation, '{}')
      expect(text).toMatch(/"SubmitTime":1\.\d+E9\}/)
      expect(text.replace(/,"SubmitTime":[^}]+/, '')).toBe(
        `{"NumResults":1,"NextToken":"${NextToken}","QualificationRequests":[{"QualificationRequestId":"${ids[0]}",` +
          `"QualificationTypeId":"${type.id}","WorkerId":"${QualificationRequests![0]!.WorkerId}"}]}`,
      )
      expect(await client.send(operation, JSON.stringify({ NextToken }))).toEqual({
        status: 200,
        text: '{"NumResults":0,"QualificationRequests":[]}',
      })
    })
  })

  describe('validation', () => {
    testOwnType(market, operation, () => Promise.resolve({}))
    testSystemTypes(market, operation, () => Promise.resolve({}))
  })

  describe('pages and tokens of all types [hits 8]', () => {
    testPaging(market, operation, 'QualificationRequests', idOf, async (count) => {
      const { client, type, ids } = await filled(count)
      return {
        client,
        input: {},
        ids,
        remove: remove(client),
        others: [
          ['one type', client, { QualificationTypeId: type.id }],
          ['another requester', await market().requester(), {}],
        ],
      }
    })
  })

  describe('pages and tokens of one type [hits 8]', () => {
    testPaging(market, operation, 'QualificationRequests', idOf, async (count) => {
      const { client, type, ids } = await filled(count)
      const { type: other } = await filled(2, client)
      return {
        client,
        input: { QualificationTypeId: type.id },
        ids,
        remove: remove(client),
        others: [
          ['all types', client, {}],
          ['another type', client, { QualificationTypeId: other.id }],
        ],
      }
    })
  })

  describe('behaviour [qualifications 3.10]', () => {
    test('requests of all types of the requester are listed by their time, those of others never', async () => {
      const { client, type, ids } = await filled(2)
      const { type: other, ids: later } = await filled(2, client)
      await filled(1)
      expect(await pendingOf(client)).toEqual([...ids, ...later])
      expect(await pendingOf(client, type.id)).toEqual(ids)
      expect(await pendingOf(client, other.id)).toEqual(later)
    })

    test('a test without a key is listed when it is handed in, with test, answer and that time', async () => {
      const client = await market().requester()
      const type = await addType(market(), client, { test: sampleTest })
      const { workerId } = await market().worker()
      const requestId = await mustAsk(market(), workerId, type.id)
      expect(await pendingOf(client)).toEqual([])
      await market().advance(60)
      const answers = sampleAnswers(['oslo'], [])
      await handIn(market(), workerId, requestId, answers)
      // The request keeps the test that the worker saw [qualifications 3.2].
      await changeType(market(), type, { test: sampleTest.replace('oslo', 'bodø') })
      const { QualificationRequests } = await client.call(operation, {})
      expect(QualificationRequests).toEqual([
        {
          QualificationRequestId: requestId,
          QualificationTypeId: type.id,
          WorkerId: workerId,
          Test: sampleTest,
          Answer: writeAnswers(answers),
          SubmitTime: shownNow(market()),
        },
      ])
    })

    test('what needs no owner is not listed: decided, granted at once, scored, out of time', async () => {
      const client = await market().requester()
      const { workerId } = await market().worker()
      const types = {
        auto: await addType(market(), client, { autoGrantedValue: 1 }),
        keyed: await addType(market(), client, { test: sampleTest, answerKey: sampleKey }),
        slow: await addType(market(), client, { test: sampleTest, testDuration: 1 }),
        accepted: await addType(market(), client),
        rejected: await addType(market(), client),
      }
      await ask(market(), workerId, types.auto.id)
      const keyed = await mustAsk(market(), workerId, types.keyed.id)
      await handIn(market(), workerId, keyed, sampleAnswers([], []))
      await mustAsk(market(), workerId, types.slow.id)
      for (const decision of ['accepted', 'rejected'] as const) {
        const QualificationRequestId = await mustAsk(market(), workerId, types[decision].id)
        expect(await pendingOf(client)).toEqual([QualificationRequestId])
        const decide = decision === 'accepted' ? 'AcceptQualificationRequest' : 'RejectQualificationRequest'
        await client.call(decide, { QualificationRequestId })
      }
      await market().advance(5)
      expect(await pendingOf(client)).toEqual([])
    })

    test('requests for a type that became inactive are still listed', async () => {
      const { client, type, ids } = await filled(1)
      await changeType(market(), type, { status: 'Inactive' })
      expect(await pendingOf(client, type.id)).toEqual(ids)
    })

    test('looking changes nothing', async () => {
      const { client } = await filled(1)
      const before = await changesIn(market())
      await pendingOf(client)
      expect(await changesIn(market())).toBe(before)
    })
  })
})
