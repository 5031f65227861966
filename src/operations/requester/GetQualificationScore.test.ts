import { describe, expect, test } from 'vitest'
import { testId, testMistyped } from '../../../test/support/common-members.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import {
  addType,
  changeType,
  systemTypes,
  testIllFormedWorker,
} from '../../../test/support/qualifications.ts'
import { changesIn, mustNotBeNull, refusalOf, refused } from '../../../test/support/refusals.ts'

const operation = 'GetQualificationScore'

onBothDatabases(operation, (market) => {
  const aWorker = async () => ({ WorkerId: (await market().worker()).workerId })
  const granted = async (IntegerValue = 85) => {
    const client = await market().requester()
    const type = await addType(market(), client)
    const input = { QualificationTypeId: type.id, ...(await aWorker()) }
    await client.call('AssociateQualificationWithWorker', { ...input, IntegerValue })
    return { client, type, input }
  }

  describe('serialization', () => {
    testMistyped(market, operation, 'WorkerId', ['1', 'true', '["A1"]', '{}'], () =>
      Promise.resolve({ QualificationTypeId: 'ABC' }),
    )

    test('the bytes of an answer: five members, a whole number of seconds as a double [qualifications 1.2, client W3]', async () => {
      const { client, input } = await granted(-5)
      expect(await client.send(operation, JSON.stringify(input))).toEqual({
        status: 200,
        text:
          `{"Qualification":{"QualificationTypeId":"${input.QualificationTypeId}","WorkerId":"${input.WorkerId}",` +
          `"GrantTime":1.7672688E9,"IntegerValue":-5,"Status":"Granted"}}`,
      })
    })
  })

  describe('validation', () => {
    testId(market, operation, 'QualificationTypeId', aWorker)
    testIllFormedWorker(market, operation, () => Promise.resolve({ QualificationTypeId: 'ABC' }))

    test('all violations at once, in the order of the model [hits 11.6]', async () => {
      const client = await market().requester()
      expect(await refusalOf(market(), client, operation, {})).toEqual(
        refused.validation(mustNotBeNull('qualificationTypeId'), mustNotBeNull('workerId')),
      )
    })
  })

  describe('behaviour [qualifications 3.8]', () => {
    test('what nobody has, unknown workers and types: one text, of three members [client W6, hits 11.5 #23]', async () => {
      const { client, input, type } = await granted()
      const inputs = [
        { ...input, ...(await aWorker()) },
        { ...input, WorkerId: 'AD20WXZZP9XXK' },
        { ...input, QualificationTypeId: 'NONSENSE' },
      ]
      for (const wrong of inputs) {
        expect(await refusalOf(market(), client, operation, wrong)).toEqual(refused.noQualification)
        const { text } = await client.send(operation, JSON.stringify(wrong))
        expect(text).toMatch(
          /^\{"__type":"RequestError","Message":"You requested a Qualification that does not exist\. \(\d{13}\)","TurkErrorCode":"AWS\.MechanicalTurk\.QualificationDoesNotExist"\}$/,
        )
      }
      await changeType(market(), type, { status: 'Disposed' })
      expect(await refusalOf(market(), client, operation, input)).toEqual(refused.noQualification)
    })

    test.each(systemTypes)('the system type %s is as one never granted', async (QualificationTypeId) => {
      const { workerId } = await market().worker({ country: 'US', approved: 5, masters: true, adult: true })
      const input = { QualificationTypeId, WorkerId: workerId }
      expect(await refusalOf(market(), await market().requester(), operation, input)).toEqual(
        refused.noQualification,
      )
    })

    test("another requester's type is as one never granted", async () => {
      const { input } = await granted()
      expect(await refusalOf(market(), await market().requester(), operation, input)).toEqual(
        refused.noQualification,
      )
    })

    test('what was revoked is named by its state', async () => {
      const { client, input } = await granted()
      await client.call('DisassociateQualificationFromWorker', input)
      const refusal = await refusalOf(market(), client, operation, input)
      expect(refusal).toEqual(refused.qualificationState('Qualification', 'Granted'))
      expect(refusal.message).toBe('This operation can be called with a status of: Granted')
    })

    test.each<['Inactive' | 'Disposing']>([['Inactive'], ['Disposing']])(
      'what is granted of a type that is %s is shown [qualifications 2.1]',
      async (status) => {
        const { client, input, type } = await granted()
        await changeType(market(), type, { status })
        const { Qualification } = await client.call(operation, input)
        expect(Qualification).toMatchObject({ Status: 'Granted', IntegerValue: 85 })
      },
    )

    test('looking changes nothing', async () => {
      const { client, input } = await granted()
      const before = await changesIn(market())
      expect(await client.call(operation, input)).toEqual(await client.call(operation, input))
      expect(await changesIn(market())).toBe(before)
    })
  })
})
