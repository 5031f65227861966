import { afterEach, describe, expect, test } from 'vitest'
import { testMistyped, testText } from '../../../test/support/common-members.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases, type TestClient } from '../../../test/support/market.ts'
import {
  createType,
  showType,
  testTestMembers,
  type CreateInput,
} from '../../../test/support/qualification-members.ts'
import {
  ask,
  sampleKey,
  sampleTest,
  testOwnType,
  testSystemTypes,
} from '../../../test/support/qualifications.ts'
import { refusalOf, refused } from '../../../test/support/refusals.ts'
import { createHIT } from '../../../test/support/steps.ts'
import type { OperationInput } from '../../model/operations.ts'

const operation = 'UpdateQualificationType'
type Changes = Partial<OperationInput<typeof operation>>

const timed = { Test: sampleTest, TestDurationInSeconds: 600 }
const otherTest = sampleTest.replaceAll('oslo', 'paris')

onBothDatabases(operation, (market) => {
  afterEach(() => checkLedger(market()))

  const inputFor = async (client: TestClient) => ({
    QualificationTypeId: (await createType(client)).QualificationTypeId,
  })

  /** A new type, changed; answers both. */
  const changed = async (before: Partial<CreateInput>, changes: Changes) => {
    const client = await market().requester()
    const type = await createType(client, before)
    const { QualificationTypeId } = type
    const { QualificationType: after } = await client.call(operation, { QualificationTypeId, ...changes })
    expect(await showType(client, QualificationTypeId), 'what GetQualificationType shows').toEqual(after)
    return { type, after: after! }
  }

  /** The refusal of a change to a new type, which leaves the type as it was. */
  const refusedChange = async (before: Partial<CreateInput>, changes: Changes) => {
    const client = await market().requester()
    const type = await createType(client, before)
    const { QualificationTypeId } = type
    const refusal = await refusalOf(market(), client, operation, { QualificationTypeId, ...changes })
    expect(await showType(client, QualificationTypeId)).toEqual(type)
    return refusal
  }

  describe('serialization', () => {
    testMistyped(market, operation, 'Description', ['1', 'true', '[]'], inputFor)
    testMistyped(market, operation, 'TestDurationInSeconds', ['"60"', '{}'], inputFor)
    testMistyped(market, operation, 'AutoGranted', ['"false"', '0'], inputFor)
  })

  describe('validation', () => {
    testText(market, operation, 'Description', 2000, inputFor)
    testTestMembers(market, operation, inputFor)
    testOwnType(market, operation, () => Promise.resolve({ Description: 'Other.' }))
    testSystemTypes(market, operation, () => Promise.resolve({}))

    test('an empty description [qualifications 3.2]', async () => {
      expect(await refusedChange({}, { Description: '' })).toEqual(refused.tooShort('Description'))
    })
    test('wrong values, then existence, then the state [hits 11.6]', async () => {
      const client = await market().requester()
      const refusalFor = (QualificationTypeId: string, Description: string) =>
        refusalOf(market(), client, operation, { QualificationTypeId, Description, AutoGranted: true })
      expect(await refusalFor('3UNKNOWN', '')).toEqual(refused.tooShort('Description'))
      expect(await refusalFor('3UNKNOWN', 'x')).toEqual(refused.noQualificationType)
      const { QualificationTypeId } = await createType(client, timed)
      await createHIT(client, { QualificationRequirements: [{ QualificationTypeId, Comparator: 'Exists' }] })
      await client.call('DeleteQualificationType', { QualificationTypeId })
      expect(await refusalFor(QualificationTypeId, 'x')).toEqual(
        refused.qualificationState('QualificationType', 'Active,Inactive'),
      )
    })
  })

  describe('behaviour [qualifications 3.2]', () => {
    test('what is left out stays as it was', async () => {
      const before = {
        Keywords: 'birds, song',
        RetryDelayInSeconds: 60,
        ...timed,
        AnswerKey: sampleKey,
        QualificationTypeStatus: 'Inactive',
      } as const
      const { type, after } = await changed(before, {})
      expect(after).toEqual(type)
    })

    test.each([
      ['the description', {}, { Description: 'Other.' }],
      ['the status', {}, { QualificationTypeStatus: 'Inactive' }],
      ['the status back', { QualificationTypeStatus: 'Inactive' }, { QualificationTypeStatus: 'Active' }],
      ['a first retry delay', {}, { RetryDelayInSeconds: 60 }],
      ['a longer retry delay', { RetryDelayInSeconds: 60 }, { RetryDelayInSeconds: 61 }],
      ['a shorter retry delay', { RetryDelayInSeconds: 60 }, { RetryDelayInSeconds: 0 }],
      ['a first test', {}, timed],
      ['a first test with its key', {}, { ...timed, AnswerKey: sampleKey }],
      ['another test', timed, { Test: otherTest, TestDurationInSeconds: 5 }],
      ['the automatic grant', {}, { AutoGranted: true, AutoGrantedValue: 7 }],
      ['its value', { AutoGranted: true }, { AutoGrantedValue: 7 }],
    ] as [string, Partial<CreateInput>, Changes][])('changes %s', async (_, before, changes) => {
      const { type, after } = await changed(before, changes)
      expect(after).toEqual({ ...type, ...changes })
    })

    test('an automatic grant without a value gives 1, and keeps the value that there is', async () => {
      expect((await changed({}, { AutoGranted: true })).after.AutoGrantedValue).toBe(1)
      const { after } = await changed({ AutoGranted: true, AutoGrantedValue: 9 }, { AutoGranted: true })
      expect(after.AutoGrantedValue).toBe(9)
    })
    test('the automatic grant may be taken back, and its value goes with it', async () => {
      const { after } = await changed({ AutoGranted: true, AutoGrantedValue: 9 }, { AutoGranted: false })
      expect(after.AutoGranted).toBe(false)
      expect(after).not.toHaveProperty('AutoGrantedValue')
    })
    test('a test without its key takes the key away', async () => {
      const { after } = await changed({ ...timed, AnswerKey: sampleKey }, timed)
      expect(after.Test).toBe(sampleTest)
      expect(after).not.toHaveProperty('AnswerKey')
    })
    test('a test for a type with the automatic grant needs its end in the same call', async () => {
      expect(await refusedChange({ AutoGranted: true }, timed)).toEqual(refused.value('Test', sampleTest))
      const { after } = await changed({ AutoGranted: true }, { ...timed, AutoGranted: false })
      expect(after).toMatchObject({ ...timed, AutoGranted: false })
    })
    test('no automatic grant for a type with a test', async () => {
      expect(await refusedChange(timed, { AutoGranted: true })).toEqual(refused.value('AutoGranted', 'true'))
    })
    test('what is pending keeps the test that it was made for', async () => {
      const client = await market().requester()
      const { workerId } = await market().worker()
      const { QualificationTypeId } = await createType(client)
      await ask(market(), workerId, QualificationTypeId)
      await client.call(operation, { QualificationTypeId, ...timed, QualificationTypeStatus: 'Inactive' })
      const { QualificationRequests } = await client.call('ListQualificationRequests', {
        QualificationTypeId,
      })
      expect(QualificationRequests).toHaveLength(1)
      expect(QualificationRequests![0]).not.toHaveProperty('Test')
    })
  })
})
