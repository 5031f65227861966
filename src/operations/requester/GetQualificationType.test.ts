import { afterEach, describe, expect, test } from 'vitest'
import { testId, testMistyped } from '../../../test/support/common-members.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { createType, showType } from '../../../test/support/qualification-members.ts'
import { addType, sampleKey, sampleTest } from '../../../test/support/qualifications.ts'
import { changesIn, refusalOf, refused } from '../../../test/support/refusals.ts'
import { createHIT } from '../../../test/support/steps.ts'

const operation = 'GetQualificationType'

/** The name of each type of the system [qualifications 5]. */
const systemTypes: [string, string][] = [
  ['2F1QJWKUDD8XADTFD2Q0G6UTO95ALH', 'Masters'],
  ['2ARFPLSP75KLA8M8DH1HTEQVJT3SY6', 'Masters'],
  ['00000000000000000040', 'Total approved HITs'],
  ['00000000000000000071', 'Location'],
  ['00000000000000000060', 'Adult Content Qualification'],
  ['000000000000000000L0', 'HIT approval rate (%)'],
  ['00000000000000000000', 'HIT submission rate (%)'],
  ['00000000000000000070', 'HIT abandonment rate (%)'],
  ['000000000000000000E0', 'HIT return rate (%)'],
  ['000000000000000000S0', 'HIT rejection rate (%)'],
  ['2NDP2L92HECWY8NS8H3CK0CP5L9GHO', 'Categorization Masters'],
  ['2F1KVCNHMVHV8E9PBUB2A4J79LU20F', 'Categorization Masters'],
  ['21VZU98JHSTLZ5BPP4A9NOBJEK3DPG', 'Photo Moderation Masters'],
  ['2TGBB6BFMFFOM08IBMAFGGESC1UWJX', 'Photo Moderation Masters'],
]

for (const environment of ['production', 'sandbox'] as const) {
  onBothDatabases(
    `${operation}, ${environment}`,
    (market) => {
      test.each(systemTypes)('the system type %s is called %s [qualifications 5]', async (id, Name) => {
        const client = await market().requester()
        const { QualificationType } = await client.call(operation, { QualificationTypeId: id })
        expect(QualificationType).toEqual({
          QualificationTypeId: id,
          CreationTime: expect.any(Number) as number,
          Name,
          Description: expect.stringMatching(/./) as string,
          QualificationTypeStatus: 'Active',
          IsRequestable: false,
          AutoGranted: false,
        })
      })
    },
    environment,
  )
}

onBothDatabases(operation, (market) => {
  afterEach(() => checkLedger(market()))

  describe('serialization', () => {
    testMistyped(market, operation, 'QualificationTypeId', ['1', 'true', '["3A"]'], () => Promise.resolve({}))
  })

  describe('validation', () => {
    testId(market, operation, 'QualificationTypeId', () => Promise.resolve({}))
    test.each(['ABC', '0000000000000000004', '00000000000000000041', 'Z'.repeat(64)])(
      'the unknown type %s [hits 11.5 #24]',
      async (QualificationTypeId) => {
        const client = await market().requester()
        const refusal = await refusalOf(market(), client, operation, { QualificationTypeId })
        expect(refusal).toEqual(refused.noQualificationType)
      },
    )
  })

  describe('behaviour [qualifications 3.3]', () => {
    test('looking changes nothing', async () => {
      const client = await market().requester()
      const type = await createType(client)
      const before = await changesIn(market())
      expect(await showType(client, type.QualificationTypeId)).toEqual(type)
      expect(await changesIn(market())).toBe(before)
    })

    test('others see a type too, but not how its test is scored [qualifications 1.1]', async () => {
      const type = await createType(await market().requester(), {
        Test: sampleTest,
        TestDurationInSeconds: 60,
        AnswerKey: sampleKey,
        QualificationTypeStatus: 'Inactive',
      })
      const { AnswerKey, ...shown } = type
      expect(AnswerKey).toBe(sampleKey)
      expect(await showType(await market().requester(), type.QualificationTypeId)).toEqual(shown)
    })

    test('a deleted type is there, and not active, as long as a HIT needs it [qualifications 2.1]', async () => {
      const client = await market().requester()
      const type = await createType(client)
      const { QualificationTypeId } = type
      await createHIT(client, { QualificationRequirements: [{ QualificationTypeId, Comparator: 'Exists' }] })
      await client.call('DeleteQualificationType', { QualificationTypeId })
      expect(await showType(client, QualificationTypeId)).toEqual({
        ...type,
        QualificationTypeStatus: 'Inactive',
      })
    })

    test('a type that is gone does not exist [qualifications 2.1]', async () => {
      const client = await market().requester()
      const { id } = await addType(market(), client, { status: 'Disposed' })
      const refusal = await refusalOf(market(), client, operation, { QualificationTypeId: id })
      expect(refusal).toEqual(refused.noQualificationType)
    })
  })
})
