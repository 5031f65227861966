import { describe, expect, test } from 'vitest'
import { testId, testMistyped } from '../../../test/support/common-members.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import {
  addType,
  ask,
  changeType,
  mailOf,
  mustAsk,
  pendingOf,
  scoreOf,
  testIllFormedWorker,
  testOwnType,
  testSystemTypes,
  valueOf,
  shownNow,
} from '../../../test/support/qualifications.ts'
import { changesIn, mustNotBeNull, refusalOf, refused } from '../../../test/support/refusals.ts'
import { tenAtOnce } from '../../../test/support/steps.ts'

const operation = 'AssociateQualificationWithWorker'

onBothDatabases(operation, (market) => {
  const aWorker = async () => ({ WorkerId: (await market().worker()).workerId })
  const prepared = async (changes: Parameters<typeof addType>[2] = {}) => {
    const client = await market().requester()
    const type = await addType(market(), client, changes)
    const { WorkerId } = await aWorker()
    return { client, type, WorkerId, input: { QualificationTypeId: type.id, WorkerId } }
  }

  describe('serialization', () => {
    testMistyped(market, operation, 'IntegerValue', ['"1"', '1.5', '2147483648', 'true'], async () => ({
      QualificationTypeId: 'ABC',
      ...(await aWorker()),
    }))
    testMistyped(market, operation, 'SendNotification', ['"true"', '1'], async () => ({
      QualificationTypeId: 'ABC',
      ...(await aWorker()),
    }))

    test('the body of a success is two bytes [client W5]', async () => {
      const { client, input } = await prepared()
      expect(await client.send(operation, JSON.stringify(input))).toEqual({ status: 200, text: '{}' })
    })
  })

  describe('validation', () => {
    testOwnType(market, operation, aWorker)
    testId(market, operation, 'QualificationTypeId', aWorker)
    testSystemTypes(market, operation, aWorker)
    testIllFormedWorker(market, operation, () => Promise.resolve({ QualificationTypeId: 'ABC' }))

    test('an unknown worker is a wrong value, named before the type is looked for [qualifications 3.6, hits 11.6]', async () => {
      const { client, input } = await prepared()
      for (const QualificationTypeId of [input.QualificationTypeId, 'ABC', '00000000000000000040']) {
        const wrong = { QualificationTypeId, WorkerId: 'AD20WXZZP9XXK' }
        expect(await refusalOf(market(), client, operation, wrong)).toEqual(
          refused.value('WorkerId', 'AD20WXZZP9XXK'),
        )
      }
    })

    test('all violations at once, in the order of the model [hits 11.6]', async () => {
      const client = await market().requester()
      expect(await refusalOf(market(), client, operation, {})).toEqual(
        refused.validation(mustNotBeNull('qualificationTypeId'), mustNotBeNull('workerId')),
      )
    })

    test('a type that is being disposed of can be granted no more [qualifications 2.1, 3.6]', async () => {
      const { client, input, type } = await prepared()
      await changeType(market(), type, { status: 'Disposing' })
      expect(await refusalOf(market(), client, operation, input)).toEqual(
        refused.qualificationState('QualificationType', 'Active,Inactive'),
      )
    })
  })

  describe('behaviour [qualifications 3.6]', () => {
    test.each<[number | undefined, number]>([
      [undefined, 1],
      [0, 0],
      [85, 85],
      [-7, -7],
      [2 ** 31 - 1, 2 ** 31 - 1],
      [-(2 ** 31), -(2 ** 31)],
    ])('with IntegerValue %j the worker has %i, from now on', async (IntegerValue, value) => {
      const { client, input, type, WorkerId } = await prepared()
      await client.call(operation, { ...input, ...(IntegerValue !== undefined && { IntegerValue }) })
      expect(await scoreOf(client, WorkerId, type.id)).toEqual({
        QualificationTypeId: type.id,
        WorkerId,
        GrantTime: shownNow(market()),
        IntegerValue: value,
        Status: 'Granted',
      })
    })

    test('a null value counts as absent [client W22]', async () => {
      const { client, input, type, WorkerId } = await prepared()
      const body = JSON.stringify({ ...input, IntegerValue: null, SendNotification: null })
      expect((await client.send(operation, body)).status).toBe(200)
      expect(await valueOf(client, WorkerId, type.id)).toBe(1)
    })

    test('an inactive type can be granted', async () => {
      const { client, input, type, WorkerId } = await prepared({ status: 'Inactive' })
      await client.call(operation, { ...input, IntegerValue: 4 })
      expect(await valueOf(client, WorkerId, type.id)).toBe(4)
    })

    test('what the worker has is overwritten, with a new time and without an error', async () => {
      const { client, input, type, WorkerId } = await prepared()
      await client.call(operation, { ...input, IntegerValue: 90 })
      await market().advance(60)
      await client.call(operation, { ...input, IntegerValue: 10 })
      expect(await scoreOf(client, WorkerId, type.id)).toMatchObject({
        IntegerValue: 10,
        GrantTime: shownNow(market()),
      })
    })

    test('what was revoked is granted again', async () => {
      const { client, input, type, WorkerId } = await prepared()
      await client.call(operation, input)
      await client.call('DisassociateQualificationFromWorker', input)
      await market().advance(1)
      await client.call(operation, { ...input, IntegerValue: 2 })
      expect(await scoreOf(client, WorkerId, type.id)).toMatchObject({
        Status: 'Granted',
        IntegerValue: 2,
        GrantTime: shownNow(market()),
      })
    })

    test('a pending request stays pending, and accepting it overwrites the value', async () => {
      const { client, input, type, WorkerId } = await prepared()
      const requestId = await mustAsk(market(), WorkerId, type.id)
      await client.call(operation, { ...input, IntegerValue: 5 })
      expect(await pendingOf(client, type.id)).toEqual([requestId])
      await client.call('AcceptQualificationRequest', { QualificationRequestId: requestId, IntegerValue: 3 })
      expect(await valueOf(client, WorkerId, type.id)).toBe(3)
    })

    test('a grant is no request: the worker may still ask for the type [qualifications 2.3]', async () => {
      const { client, input, type, WorkerId } = await prepared()
      await client.call(operation, input)
      expect(await ask(market(), WorkerId, type.id)).not.toHaveProperty('fault')
    })

    test('the worker is told by mail, unless the requester does not want it', async () => {
      const { client, input, type, WorkerId } = await prepared()
      await client.call(operation, { ...input, IntegerValue: 7, SendNotification: false })
      expect(await mailOf(market(), WorkerId)).toEqual([])
      await client.call(operation, { ...input, IntegerValue: 8 })
      await client.call(operation, { ...input, IntegerValue: 9, SendNotification: true })
      const mail = await mailOf(market(), WorkerId)
      expect(mail.map(({ text }) => text)).toEqual(
        [9, 8].map(
          (value) =>
            `The requester Test Laboratory has granted you the Qualification ${type.name}. Your value is ${value}.`,
        ),
      )
      expect(mail[0]?.subject).toBe(`You have been granted the Qualification ${type.name}`)
    })

    test('ten grants at once all succeed, and each is one change [design 4]', async () => {
      const { client, input, type, WorkerId } = await prepared()
      const before = await changesIn(market())
      expect(await tenAtOnce(client, operation, { ...input, IntegerValue: 6 })).toEqual({
        successes: 10,
        codes: [],
      })
      expect(await changesIn(market())).toBe(before + 10)
      expect(await valueOf(client, WorkerId, type.id)).toBe(6)
    })
  })
})
