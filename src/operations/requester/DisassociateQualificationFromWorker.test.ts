import { describe, expect, test } from 'vitest'
import { testId, testMistyped, testText } from '../../../test/support/common-members.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import {
  addType,
  ask,
  changeType,
  mailOf,
  scoreOf,
  testIllFormedWorker,
  testOwnType,
  testSystemTypes,
  valueOf,
} from '../../../test/support/qualifications.ts'
import { changesIn, mustNotBeNull, refusalOf, refused } from '../../../test/support/refusals.ts'
import { tenAtOnce } from '../../../test/support/steps.ts'

const operation = 'DisassociateQualificationFromWorker'

onBothDatabases(operation, (market) => {
  const aWorker = async () => ({ WorkerId: (await market().worker()).workerId })
  const granted = async (changes: Parameters<typeof addType>[2] = {}) => {
    const client = await market().requester()
    const type = await addType(market(), client, changes)
    const { WorkerId } = await aWorker()
    const input = { QualificationTypeId: type.id, WorkerId }
    await client.call('AssociateQualificationWithWorker', {
      ...input,
      IntegerValue: 85,
      SendNotification: false,
    })
    return { client, type, WorkerId, input }
  }

  describe('serialization', () => {
    testMistyped(market, operation, 'Reason', ['1', 'false', '["x"]', '{}'], async () => ({
      QualificationTypeId: 'ABC',
      ...(await aWorker()),
    }))

    test('the body of a success is two bytes [client W5]', async () => {
      const { client, input } = await granted()
      expect(await client.send(operation, JSON.stringify(input))).toEqual({ status: 200, text: '{}' })
    })
  })

  describe('validation', () => {
    testOwnType(market, operation, aWorker)
    testId(market, operation, 'QualificationTypeId', aWorker)
    testSystemTypes(market, operation, aWorker)
    testIllFormedWorker(market, operation, () => Promise.resolve({ QualificationTypeId: 'ABC' }))
    testText(market, operation, 'Reason', 4096, async (client) => {
      const type = await addType(market(), client)
      const input = { QualificationTypeId: type.id, ...(await aWorker()) }
      await client.call('AssociateQualificationWithWorker', input)
      return input
    })

    test('all violations at once, in the order of the model [hits 11.6]', async () => {
      const client = await market().requester()
      expect(await refusalOf(market(), client, operation, {})).toEqual(
        refused.validation(mustNotBeNull('workerId'), mustNotBeNull('qualificationTypeId')),
      )
    })

    test('a wrong reason is named before anything is looked for [hits 11.6]', async () => {
      const input = { QualificationTypeId: 'ABC', WorkerId: 'A1', Reason: 'x'.repeat(4097) }
      expect(await refusalOf(market(), await market().requester(), operation, input)).toEqual(
        refused.tooLong('Reason', 4096),
      )
    })
  })

  describe('behaviour [qualifications 3.7]', () => {
    test('what is granted is revoked, and its time stays', async () => {
      const { client, input, type, WorkerId } = await granted()
      const { GrantTime } = (await scoreOf(client, WorkerId, type.id)) as { GrantTime: number }
      await market().advance(5)
      await client.call(operation, { ...input, Reason: 'Copied answers.' })
      expect(await scoreOf(client, WorkerId, type.id)).toBe('InvalidQualificationState')
      const { Qualifications } = await client.call('ListWorkersWithQualificationType', {
        QualificationTypeId: type.id,
        Status: 'Revoked',
      })
      expect(Qualifications).toEqual([
        {
          QualificationTypeId: type.id,
          WorkerId,
          GrantTime,
          IntegerValue: 85,
          Status: 'Revoked',
        },
      ])
    })

    test.each<['Inactive' | 'Disposing']>([['Inactive'], ['Disposing']])(
      'what a worker has of a type that is %s can be revoked',
      async (status) => {
        const { client, input, type } = await granted()
        await changeType(market(), type, { status })
        await client.call(operation, input)
      },
    )

    test('a second time the state is named', async () => {
      const { client, input } = await granted()
      await client.call(operation, input)
      expect(await refusalOf(market(), client, operation, input)).toEqual(
        refused.qualificationState('Qualification', 'Granted'),
      )
    })

    test('a worker who never had it, or who is unknown, has none [client W23]', async () => {
      const { client, type } = await granted()
      for (const WorkerId of [(await aWorker()).WorkerId, 'AD20WXZZP9XXK'])
        expect(
          await refusalOf(market(), client, operation, { QualificationTypeId: type.id, WorkerId }),
        ).toEqual(refused.noQualification)
    })

    test.each([undefined, '', 'Too few birds: "é" <b>.'])(
      'the reason %j reaches the worker by mail',
      async (Reason) => {
        const { client, input, type, WorkerId } = await granted()
        await client.call(operation, { ...input, ...(Reason !== undefined && { Reason }) })
        const text = `The requester Test Laboratory has revoked your Qualification ${type.name}.`
        expect(await mailOf(market(), WorkerId)).toEqual([
          {
            subject: `Your Qualification ${type.name} has been revoked`,
            text: Reason ? `${text}\n\n${Reason}` : text,
          },
        ])
      },
    )

    test('other workers and types are not concerned', async () => {
      const { client, input, type } = await granted()
      const { WorkerId } = await aWorker()
      const other = await addType(market(), client)
      for (const [QualificationTypeId, worker] of [
        [type.id, WorkerId],
        [other.id, input.WorkerId],
      ] as const)
        await client.call('AssociateQualificationWithWorker', { QualificationTypeId, WorkerId: worker })
      await client.call(operation, input)
      expect(await valueOf(client, WorkerId, type.id)).toBe(1)
      expect(await valueOf(client, input.WorkerId, other.id)).toBe(1)
    })

    test('the worker may ask again under the retry rule only [qualifications 2.3]', async () => {
      for (const [retryDelay, after] of [
        [undefined, { fault: 'QualificationTypeDoesNotAllowRetake' }],
        [0, { granted: 7 }],
      ] as const) {
        const client = await market().requester()
        const type = await addType(market(), client, { autoGrantedValue: 7, retryDelay })
        const { WorkerId } = await aWorker()
        await ask(market(), WorkerId, type.id)
        await client.call(operation, { QualificationTypeId: type.id, WorkerId })
        expect(await ask(market(), WorkerId, type.id)).toMatchObject(after)
      }
    })

    test('of ten revocations at once one succeeds, and it is one change [design 4]', async () => {
      // The first round opens the connections; in those after it the ten really meet.
      for (let round = 0; round < 4; round++) {
        const { client, input, WorkerId } = await granted()
        const before = await changesIn(market())
        expect(await tenAtOnce(client, operation, input)).toEqual({
          successes: 1,
          codes: ['AWS.MechanicalTurk.InvalidQualificationState'],
        })
        expect(await changesIn(market())).toBe(before + 1)
        expect(await mailOf(market(), WorkerId)).toHaveLength(1)
      }
    })
  })
})
