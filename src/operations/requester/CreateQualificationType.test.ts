import { afterEach, describe, expect, test } from 'vitest'
import { testMistyped, testText } from '../../../test/support/common-members.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { aType, createType, showType, testTestMembers } from '../../../test/support/qualification-members.ts'
import { sampleKey, sampleTest } from '../../../test/support/qualifications.ts'
import { changesIn, mustNotBeNull, refusalOf, refused } from '../../../test/support/refusals.ts'
import { createHIT } from '../../../test/support/steps.ts'

const operation = 'CreateQualificationType'

onBothDatabases(operation, (market) => {
  afterEach(() => checkLedger(market()))
  const inputFor = () => Promise.resolve(aType())

  describe('serialization', () => {
    testMistyped(market, operation, 'Name', ['1', 'true', '["x"]', '{}'], inputFor)
    testMistyped(market, operation, 'RetryDelayInSeconds', ['"60"', 'true', '[]'], inputFor)
    testMistyped(market, operation, 'AutoGranted', ['"true"', '1', '{}'], inputFor)
    testMistyped(market, operation, 'AutoGrantedValue', ['"1"', 'false'], inputFor)

    test('null counts as absent [client W22]', async () => {
      const client = await market().requester()
      const input = { ...aType(), Keywords: null, Test: null, AutoGranted: null }
      expect((await client.send(operation, JSON.stringify(input))).status).toBe(200)
    })
  })

  describe('validation', () => {
    testText(market, operation, 'Name', 200, () => Promise.resolve(aType()))
    testText(market, operation, 'Description', 2000, inputFor)
    testText(market, operation, 'Keywords', 1000, inputFor)
    testTestMembers(market, operation, inputFor)

    test('Name, Description and QualificationTypeStatus are needed [qualifications 3.1]', async () => {
      const refusal = await refusalOf(market(), await market().requester(), operation, {})
      expect(refusal.message).toMatch(/^3 validation errors detected: /)
      for (const member of ['name', 'description', 'qualificationTypeStatus'])
        expect(refusal.message).toContain(mustNotBeNull(member))
    })
    test.each(['Name', 'Description'])('an empty %s [qualifications 3.1]', async (member) => {
      const client = await market().requester()
      const refusal = await refusalOf(market(), client, operation, { ...aType(), [member]: '' })
      expect(refusal).toEqual(refused.tooShort(member))
    })
    test.each(['Disposing', 'active', ''])('the status "%s" [qualifications 1.1]', async (status) => {
      const client = await market().requester()
      const input = { ...aType(), QualificationTypeStatus: status }
      expect(await refusalOf(market(), client, operation, input)).toEqual(
        refused.validation(
          `Value '${status}' at 'qualificationTypeStatus' failed to satisfy constraint: Member must satisfy enum value set: [Active, Inactive]`,
        ),
      )
    })
    test('wrong values are named before a name that is taken [hits 11.6]', async () => {
      const client = await market().requester()
      const { Name } = await createType(client)
      const input = aType({ Name: Name!, Description: '' })
      expect(await refusalOf(market(), client, operation, input)).toEqual(refused.tooShort('Description'))
    })
  })

  describe('behaviour', () => {
    test('the least that can be sent: exactly these members come back [client 4]', async () => {
      const client = await market().requester()
      const type = await createType(client, { Name: 'Least' })
      expect(type).toEqual({
        QualificationTypeId: expect.stringMatching(/^3[A-Z0-9]{29}$/) as string,
        CreationTime: Math.floor(market().clock.now() / 1000),
        Name: 'Least',
        Description: 'Tells birds by their song.',
        QualificationTypeStatus: 'Active',
        IsRequestable: true,
        AutoGranted: false,
      })
    })

    test('everything that can be sent comes back, verbatim [client 4, W26]', async () => {
      const client = await market().requester()
      const input = aType({
        Name: 'Test: “ornithology” 🐦',
        Description: 'first\nsecond\ttab',
        Keywords: '',
        QualificationTypeStatus: 'Inactive',
        RetryDelayInSeconds: 0,
        Test: sampleTest,
        AnswerKey: sampleKey,
        TestDurationInSeconds: 1,
        AutoGranted: false,
      })
      const type = await createType(client, input)
      expect(type).toMatchObject(input)
      expect(await showType(client, type.QualificationTypeId)).toEqual(type)
      const { QualificationTypes } = await client.call('ListQualificationTypes', {
        MustBeRequestable: true,
        Query: 'ORNITHO',
      })
      expect(QualificationTypes).toContainEqual(type)
    })

    test.each([
      ['without a value: 1', { AutoGranted: true }, { AutoGranted: true, AutoGrantedValue: 1 }],
      ['0', { AutoGranted: true, AutoGrantedValue: 0 }, { AutoGranted: true, AutoGrantedValue: 0 }],
      ['below', { AutoGranted: true, AutoGrantedValue: -7 }, { AutoGranted: true, AutoGrantedValue: -7 }],
    ])('an automatic grant, %s [qualifications 3.1]', async (_, changes, shown) => {
      const client = await market().requester()
      const type = await createType(client, changes)
      expect(type).toMatchObject(shown)
      expect(await showType(client, type.QualificationTypeId)).toEqual(type)
    })

    test.each([{ AutoGranted: false, AutoGrantedValue: 5 }, { AutoGrantedValue: 5 }])(
      'a value without the automatic grant is left out: %j [qualifications 3.1]',
      async (changes) => {
        const type = await createType(await market().requester(), changes)
        expect(type.AutoGranted).toBe(false)
        expect(type).not.toHaveProperty('AutoGrantedValue')
      },
    )

    test('a name is one type’s, whatever its status; other requesters may have it too [qualifications 3.1]', async () => {
      const client = await market().requester()
      await createType(client, { Name: 'Taken', QualificationTypeStatus: 'Inactive' })
      expect(await refusalOf(market(), client, operation, aType({ Name: 'Taken' }))).toEqual(refused.sameName)
      for (const Name of ['taken', 'Taken ', ' Taken', 'Taken\n']) await createType(client, { Name })
      await createType(await market().requester(), { Name: 'Taken' })
    })

    test('a name is taken while the deletion waits for a HIT, and free after that [qualifications 3.1, 3.5]', async () => {
      const client = await market().requester()
      const [idle, used] = [
        await createType(client, { Name: 'Idle' }),
        await createType(client, { Name: 'Used' }),
      ]
      await createHIT(client, {
        QualificationRequirements: [{ QualificationTypeId: used.QualificationTypeId, Comparator: 'Exists' }],
      })
      for (const { QualificationTypeId } of [idle, used])
        await client.call('DeleteQualificationType', { QualificationTypeId })
      const second = await createType(client, { Name: 'Idle' })
      expect(second.QualificationTypeId).not.toBe(idle.QualificationTypeId)
      expect(await refusalOf(market(), client, operation, aType({ Name: 'Used' }))).toEqual(refused.sameName)
    })

    test('ten calls at once make one type [qualifications 3.1]', async () => {
      const client = await market().requester()
      const body = JSON.stringify(aType({ Name: 'Rush' }))
      const before = await changesIn(market())
      const answers = await Promise.all(Array.from({ length: 10 }, () => client.send(operation, body)))
      const codes = answers.map(
        ({ text }) => (JSON.parse(text) as { TurkErrorCode?: string }).TurkErrorCode ?? 'made',
      )
      expect(codes.sort()).toEqual([
        ...Array<string>(9).fill('AWS.MechanicalTurk.QualificationTypeAlreadyExists'),
        'made',
      ])
      expect((await changesIn(market())) - before).toBe(1)
    })
  })
})
