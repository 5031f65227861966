// What requirements may name, for all operations that make or move HITs and HIT types [qualifications 4.5].
import { afterEach, describe, expect, test } from 'vitest'
import { properties } from '../../test/support/hit-members.ts'
import { checkLedger } from '../../test/support/ledger-audit.ts'
import { aHIT, onBothDatabases, type TestClient } from '../../test/support/market.ts'
import { createType } from '../../test/support/qualification-members.ts'
import { addType, systemTypes } from '../../test/support/qualifications.ts'
import { refusalOf, refused } from '../../test/support/refusals.ts'
import { createHIT } from '../../test/support/steps.ts'
import type { QualificationTypeStatus } from '../domain/qualification-type.ts'

type Requirement = NonNullable<ReturnType<typeof aHIT>['QualificationRequirements']>[number]

const exists = (QualificationTypeId: string): Requirement => ({ QualificationTypeId, Comparator: 'Exists' })
const unusable = refused.qualificationState('QualificationType', 'Active')

onBothDatabases('requirements of new HITs and HIT types', (market) => {
  afterEach(() => checkLedger(market()))

  const inputs = {
    CreateHIT: (QualificationRequirements: Requirement[]) => aHIT({ QualificationRequirements }),
    CreateHITType: (QualificationRequirements: Requirement[]) => ({
      ...properties,
      QualificationRequirements,
    }),
  } as const
  const names = ['CreateHIT', 'CreateHITType'] as const
  const make = async (client: TestClient, operation: keyof typeof inputs, ...all: Requirement[]) =>
    client.call(operation, inputs[operation](all) as never)

  describe.each(names)('%s', (operation) => {
    const refusalFor = (client: TestClient, ...all: Requirement[]) =>
      refusalOf(market(), client, operation, inputs[operation](all))

    test('names own and foreign types that are active, and each of the system’s', async () => {
      const client = await market().requester()
      const own = await createType(client)
      const foreign = await createType(await market().requester())
      for (const id of [own.QualificationTypeId, foreign.QualificationTypeId, ...systemTypes])
        await make(client, operation, { QualificationTypeId: id, Comparator: 'DoesNotExist' })
    })

    test.each([
      ['Inactive', unusable],
      ['Disposing', unusable],
      ['Disposed', refused.noQualificationType],
    ] as [QualificationTypeStatus, typeof unusable][])(
      'refuses an own or foreign %s type',
      async (status, refusal) => {
        const client = await market().requester()
        for (const owner of [client, await market().requester()]) {
          const { id } = await addType(market(), owner, { status })
          expect(await refusalFor(client, exists(id))).toEqual(refusal)
        }
      },
    )

    test.each(['3IUNFP8DKUS0R71E78UIQ0J2B48LJ3', 'x', '0000000000000000004', ''])(
      'refuses the unknown type "%s"',
      async (id) => {
        expect(await refusalFor(await market().requester(), exists(id))).toEqual(refused.noQualificationType)
      },
    )

    test('values, then existence, then state, whatever the order of the requirements [hits 11.6]', async () => {
      const client = await market().requester()
      const { id } = await addType(market(), client, { status: 'Inactive' })
      const wrong: Requirement = { QualificationTypeId: id, Comparator: 'EqualTo' }
      const all = [exists(id), exists('3UNKNOWN'), wrong]
      expect(await refusalFor(client, ...all)).toEqual(refused.value('IntegerValue', ''))
      expect(await refusalFor(client, ...all.slice(0, 2))).toEqual(refused.noQualificationType)
      expect(await refusalFor(client, all[0]!)).toEqual(unusable)
    })

    test('locale values of a type that is not the location’s, before it is looked for', async () => {
      const client = await market().requester()
      const refusal = await refusalFor(client, {
        QualificationTypeId: 'NONSENSE',
        Comparator: 'EqualTo',
        LocaleValues: [{ Country: 'IT' }],
      })
      expect(refusal).toEqual(
        refused.value('LocaleValue', 'IT', 'LocaleValue must be null when used with the EqualTo comparator.'),
      )
    })

    test('what comes back names the type as it was named [client W19]', async () => {
      const client = await market().requester()
      const { QualificationTypeId } = await createType(client)
      const requirement: Requirement = { QualificationTypeId, Comparator: 'In', IntegerValues: [-5, 3] }
      const { QualificationRequirements } = await createHIT(client, {
        QualificationRequirements: [requirement],
      })
      expect(QualificationRequirements).toEqual([
        { ...requirement, RequiredToPreview: false, ActionsGuarded: 'Accept' },
      ])
    })
  })

  test('CreateHIT: a used token is named before the state, and the state before missing money [hits 11.6]', async () => {
    const client = await market().requester('0.20')
    const { QualificationTypeId } = await createType(client)
    const { HITId } = await createHIT(client, { UniqueRequestToken: 'used' })
    await client.call('UpdateQualificationType', { QualificationTypeId, QualificationTypeStatus: 'Inactive' })
    const input = { ...inputs.CreateHIT([exists(QualificationTypeId)]), UniqueRequestToken: 'used' }
    expect(await refusalOf(market(), client, 'CreateHIT', input)).toEqual(refused.alreadyCreated(HITId))
    const fresh = { ...input, UniqueRequestToken: 'fresh' }
    expect(await refusalOf(market(), client, 'CreateHIT', fresh)).toEqual(unusable)
    await client.call('UpdateQualificationType', { QualificationTypeId, QualificationTypeStatus: 'Active' })
    expect(await refusalOf(market(), client, 'CreateHIT', fresh)).toEqual(refused.noFunds)
  })

  test('CreateHITWithHITType: no HIT of a HIT type that requires an inactive type [qualifications 2.1]', async () => {
    const client = await market().requester()
    const { QualificationTypeId } = await createType(client)
    const { HITTypeId } = await client.call(
      'CreateHITType',
      inputs.CreateHITType([exists(QualificationTypeId)]),
    )
    const setStatus = (QualificationTypeStatus: 'Active' | 'Inactive') =>
      client.call('UpdateQualificationType', { QualificationTypeId, QualificationTypeStatus })
    const { LifetimeInSeconds, Question } = aHIT()
    const input = { HITTypeId: HITTypeId!, LifetimeInSeconds, Question: Question! }
    await setStatus('Inactive')
    expect(await refusalOf(market(), client, 'CreateHITWithHITType', input)).toEqual(unusable)
    await setStatus('Active')
    expect((await client.call('CreateHITWithHITType', input)).HIT!.HITTypeId).toBe(HITTypeId)
  })

  test('HITs that are there keep their requirement of a type that becomes inactive [qualifications 2.1]', async () => {
    const client = await market().requester()
    const { QualificationTypeId } = await createType(client)
    const { HITId } = await createHIT(client, { QualificationRequirements: [exists(QualificationTypeId)] })
    await client.call('UpdateQualificationType', { QualificationTypeId, QualificationTypeStatus: 'Inactive' })
    const worker = await market().worker()
    expect(await worker.accept({ hitId: HITId })).toBe('QualificationsNotMet')
    await client.call('AssociateQualificationWithWorker', { QualificationTypeId, WorkerId: worker.workerId })
    expect(await worker.accept({ hitId: HITId })).toMatch(/^3/)
  })
})
