import { describe, expect, test } from 'vitest'
import { testMistyped, testText } from '../../../test/support/common-members.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import {
  addRequest,
  ask,
  mailOf,
  pendingOf,
  testRequestId,
  valueOf,
} from '../../../test/support/qualifications.ts'
import { changesIn, refusalOf, refused } from '../../../test/support/refusals.ts'
import { tenAtOnce } from '../../../test/support/steps.ts'

const operation = 'RejectQualificationRequest'

onBothDatabases(operation, (market) => {
  const pending = async (changes: Parameters<typeof addRequest>[2] = {}) => {
    const client = await market().requester()
    return { client, ...(await addRequest(market(), client, changes)) }
  }

  describe('serialization', () => {
    testMistyped(market, operation, 'Reason', ['1', 'false', '["x"]', '{}'], () =>
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
    testText(market, operation, 'Reason', 4096, async (client) => (await addRequest(market(), client)).input)

    test('a wrong reason is named before the request is looked for [hits 11.6]', async () => {
      const input = { QualificationRequestId: 'ABC', Reason: 'x'.repeat(4097) }
      expect(await refusalOf(market(), await market().requester(), operation, input)).toEqual(
        refused.tooLong('Reason', 4096),
      )
    })
  })

  describe('behaviour [qualifications 3.12]', () => {
    test('the request is pending no more, and the worker has nothing', async () => {
      const { client, type, workerId, input } = await pending()
      await client.call(operation, input)
      expect(await pendingOf(client)).toEqual([])
      expect(await valueOf(client, workerId, type.id)).toBe('QualificationDoesNotExist')
    })

    test('what the worker has of the type stays', async () => {
      const { client, type, workerId, input } = await pending()
      const has = { QualificationTypeId: type.id, WorkerId: workerId, IntegerValue: 5 }
      await client.call('AssociateQualificationWithWorker', has)
      await client.call(operation, input)
      expect(await valueOf(client, workerId, type.id)).toBe(5)
    })

    test.each<[number | undefined, object]>([
      [undefined, { fault: 'QualificationTypeDoesNotAllowRetake' }],
      [60, { fault: 'QualificationTypeRetryDelayNotElapsed' }],
      [0, { granted: undefined }],
    ])(
      'with a retry delay of %j a rejected worker who asks again gets %j [qualifications 2.3]',
      async (retryDelay, answer) => {
        const { client, type, workerId, input } = await pending({ retryDelay })
        await client.call(operation, input)
        expect(await ask(market(), workerId, type.id)).toMatchObject(answer)
      },
    )

    test.each([undefined, '', 'Too few birds: "é" <b>.'])(
      'the reason %j reaches the worker by mail',
      async (Reason) => {
        const { client, type, workerId, input } = await pending()
        await client.call(operation, { ...input, ...(Reason !== undefined && { Reason }) })
        const text = `The requester Test Laboratory has rejected your request for the Qualification ${type.name}.`
        expect(await mailOf(market(), workerId)).toEqual([
          {
            subject: `Your request for the Qualification ${type.name} has been rejected`,
            text: Reason ? `${text}\n\n${Reason}` : text,
          },
        ])
      },
    )

    test('of ten decisions at once one succeeds, and it is one change [design 4]', async () => {
      const { client, input, workerId } = await pending()
      const before = await changesIn(market())
      expect(await tenAtOnce(client, operation, input)).toEqual({
        successes: 1,
        codes: ['AWS.MechanicalTurk.InvalidQualificationRequestState'],
      })
      expect(await changesIn(market())).toBe(before + 1)
      expect(await mailOf(market(), workerId)).toHaveLength(1)
    })
  })
})
