import { describe, expect, test } from 'vitest'
import { testMistyped } from '../../../test/support/common-members.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import {
  addRequest,
  addType,
  ask,
  changeType,
  handIn,
  mailOf,
  mustAsk,
  pendingOf,
  sampleAnswers,
  sampleTest,
  scoreOf,
  testRequestId,
  valueOf,
  shownNow,
} from '../../../test/support/qualifications.ts'
import { changesIn } from '../../../test/support/refusals.ts'
import { tenAtOnce } from '../../../test/support/steps.ts'

const operation = 'AcceptQualificationRequest'

onBothDatabases(operation, (market) => {
  const pending = async (changes: Parameters<typeof addRequest>[2] = {}) => {
    const client = await market().requester()
    return { client, ...(await addRequest(market(), client, changes)) }
  }

  describe('serialization', () => {
    testMistyped(market, operation, 'IntegerValue', ['"1"', '1.5', '2147483648', 'true'], () =>
      Promise.resolve({ QualificationRequestId: 'ABC' }),
    )
    testMistyped(market, operation, 'QualificationRequestId', ['1', '["x"]', '{}'], () => Promise.resolve({}))

    test('the body of a success is two bytes [client W5]', async () => {
      const { client, input } = await pending()
      expect(await client.send(operation, JSON.stringify(input))).toEqual({ status: 200, text: '{}' })
    })
  })

  describe('validation', () => {
    testRequestId(market, operation)
  })

  describe('behaviour [qualifications 3.11]', () => {
    test.each<[number | undefined, number]>([
      [undefined, 1],
      [0, 0],
      [-3, -3],
      [100, 100],
    ])('with IntegerValue %j the worker has %i, from now on', async (IntegerValue, value) => {
      const { client, input, type, workerId } = await pending()
      expect(await valueOf(client, workerId, type.id)).toBe('QualificationDoesNotExist')
      await market().advance(10)
      await client.call(operation, { ...input, ...(IntegerValue !== undefined && { IntegerValue }) })
      expect(await scoreOf(client, workerId, type.id)).toEqual({
        QualificationTypeId: type.id,
        WorkerId: workerId,
        GrantTime: shownNow(market()),
        IntegerValue: value,
        Status: 'Granted',
      })
      expect(await pendingOf(client)).toEqual([])
    })

    test('a test that has no key is judged by the owner [qualifications 2.2]', async () => {
      const { client, input, type, workerId } = await pending({ test: sampleTest })
      await handIn(market(), workerId, input.QualificationRequestId, sampleAnswers(['oslo'], []))
      expect(await valueOf(client, workerId, type.id)).toBe('QualificationDoesNotExist')
      await client.call(operation, { ...input, IntegerValue: 42 })
      expect(await valueOf(client, workerId, type.id)).toBe(42)
    })

    test('a value that the worker has, or lost, is overwritten', async () => {
      const { client, input, type, workerId } = await pending({ retryDelay: 0 })
      await client.call(operation, { ...input, IntegerValue: 90 })
      const second = await mustAsk(market(), workerId, type.id)
      await client.call(operation, { QualificationRequestId: second, IntegerValue: 10 })
      expect(await valueOf(client, workerId, type.id)).toBe(10)
      await client.call('DisassociateQualificationFromWorker', {
        QualificationTypeId: type.id,
        WorkerId: workerId,
      })
      const third = await mustAsk(market(), workerId, type.id)
      await client.call(operation, { QualificationRequestId: third })
      expect(await valueOf(client, workerId, type.id)).toBe(1)
    })

    test('a type that became inactive does not keep its pending requests from being granted', async () => {
      const { client, input, type, workerId } = await pending()
      await changeType(market(), type, { status: 'Inactive' })
      await client.call(operation, input)
      expect(await valueOf(client, workerId, type.id)).toBe(1)
    })

    test('the worker is told by mail', async () => {
      const { client, input, type, workerId } = await pending()
      await client.call(operation, { ...input, IntegerValue: 12 })
      expect(await mailOf(market(), workerId)).toEqual([
        {
          subject: `You have been granted the Qualification ${type.name}`,
          text: `The requester Test Laboratory has granted you the Qualification ${type.name}. Your value is 12.`,
        },
      ])
    })

    test('of one type the worker may have one request, and of another one more', async () => {
      const { client, input, workerId } = await pending()
      const other = await addType(market(), client)
      const second = await mustAsk(market(), workerId, other.id)
      await client.call(operation, input)
      expect(await pendingOf(client)).toEqual([second])
      expect(await ask(market(), workerId, other.id)).toEqual({
        fault: 'QualificationTypeDoesNotAllowRetake',
      })
    })

    test('of ten decisions at once one succeeds, and it is one change [design 4]', async () => {
      // The first round opens the connections; in those after it the ten really meet.
      for (let round = 0; round < 4; round++) {
        const { client, input, type, workerId } = await pending()
        const before = await changesIn(market())
        expect(await tenAtOnce(client, operation, { ...input, IntegerValue: 6 })).toEqual({
          successes: 1,
          codes: ['AWS.MechanicalTurk.InvalidQualificationRequestState'],
        })
        expect(await changesIn(market())).toBe(before + 1)
        expect(await valueOf(client, workerId, type.id)).toBe(6)
        expect(await mailOf(market(), workerId)).toHaveLength(1)
      }
    })
  })
})
