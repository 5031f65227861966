// What CreateQualificationType and UpdateQualificationType share: the members of a test [qualifications 3.1, 3.2].
import { describe, expect, test } from 'vitest'
import type { OperationInput } from '../../src/model/operations.ts'
import type * as model from '../../src/model/shapes.ts'
import { question, questionForm } from '../../src/domain/question/examples.ts'
import type { TestClient, TestMarket } from './market.ts'
import { sampleKey, sampleTest } from './qualifications.ts'
import { refusalOf, refused } from './refusals.ts'

export type CreateInput = OperationInput<'CreateQualificationType'>

/** A type as it is shown. */
export type ShownType = model.QualificationType & { QualificationTypeId: string; CreationTime: number }

let names = 0

/** The input of a call that makes an active type with a name of its own. */
export function aType(changes: Partial<CreateInput> = {}): CreateInput {
  return {
    Name: `Knows birds ${++names}`,
    Description: 'Tells birds by their song.',
    QualificationTypeStatus: 'Active',
    ...changes,
  }
}

/** Makes a type as `aType` describes it. */
export async function createType(client: TestClient, changes: Partial<CreateInput> = {}): Promise<ShownType> {
  return (await client.call('CreateQualificationType', aType(changes))).QualificationType as ShownType
}

export async function showType(client: TestClient, QualificationTypeId: string): Promise<ShownType> {
  return (await client.call('GetQualificationType', { QualificationTypeId })).QualificationType as ShownType
}

type Operation = 'CreateQualificationType' | 'UpdateQualificationType'

const uploadTest = questionForm(
  question(
    'photo',
    '<FileUploadAnswer><MaxFileSizeInBytes>5</MaxFileSizeInBytes><MinFileSizeInBytes>1</MinFileSizeInBytes></FileUploadAnswer>',
  ),
)

/** The rules of test, duration, key and delay. `inputFor` makes an input that succeeds. */
export function testTestMembers(
  market: () => TestMarket,
  operation: Operation,
  inputFor: (client: TestClient) => Promise<object>,
): void {
  const ask = async (changes: object) => {
    const client = await market().requester()
    return refusalOf(market(), client, operation, { ...(await inputFor(client)), ...changes })
  }
  const timed = { Test: sampleTest, TestDurationInSeconds: 600 }

  describe('test, duration and key [qualifications 3.1]', () => {
    test('a test needs a duration', async () => {
      expect(await ask({ Test: sampleTest })).toEqual(refused.missing('TestDurationInSeconds'))
    })
    test('a duration needs a test', async () => {
      expect(await ask({ TestDurationInSeconds: 600 })).toEqual(refused.value('TestDurationInSeconds', '600'))
    })
    test('a key needs a test', async () => {
      expect(await ask({ AnswerKey: sampleKey })).toEqual(refused.value('AnswerKey', sampleKey))
    })
    test.each([0, -1, 2_147_483_648])('a duration of %i', async (seconds) => {
      expect(await ask({ ...timed, TestDurationInSeconds: seconds })).toEqual(
        refused.range('TestDurationInSeconds', seconds, 1, 2_147_483_647),
      )
    })
    test.each([-1, 2_147_483_648])('a retry delay of %i', async (seconds) => {
      expect(await ask({ RetryDelayInSeconds: seconds })).toEqual(
        refused.range('RetryDelayInSeconds', seconds, 0, 2_147_483_647),
      )
    })
    test('a test is not granted automatically', async () => {
      expect(await ask({ ...timed, AutoGranted: true })).toEqual(refused.value('Test', sampleTest))
    })
    test('empty texts', async () => {
      expect(await ask({ ...timed, Test: '' })).toEqual(refused.tooShort('Test'))
      expect(await ask({ ...timed, AnswerKey: '' })).toEqual(refused.tooShort('AnswerKey'))
    })
    test('texts of more than 65,535 bytes [questions 1]', async () => {
      const long = 'é'.repeat(32_768)
      expect(await ask({ ...timed, Test: long })).toEqual(refused.tooLong('Test', 65_535))
      expect(await ask({ ...timed, AnswerKey: long })).toEqual(refused.tooLong('AnswerKey', 65_535))
    })
    test.each([
      ['no XML', { Test: '<QuestionForm' }],
      ['a key', { Test: sampleKey }],
      ['a file to upload [qualifications 3.1]', { Test: uploadTest }],
      ['a test in place of the key', { AnswerKey: sampleTest }],
    ])('%s [questions 11.2]', async (_, changes) => {
      const refusal = await ask({ ...timed, ...changes })
      expect(refusal).toMatchObject({
        status: 400,
        type: 'ParameterValidationError',
        code: 'AWS.MechanicalTurk.XMLParseError',
      })
      expect(refusal.message).toContain('There was an error parsing the XML question or answer data')
    })
    test('the first member in the order of the model is named [hits 11.6]', async () => {
      const all = { Description: '', Test: 'x', AnswerKey: 'x', TestDurationInSeconds: 0 }
      expect(await ask(all)).toEqual(refused.tooShort('Description'))
      const keyBeforeDuration = { ...timed, AnswerKey: '', TestDurationInSeconds: 0 }
      expect(await ask(keyBeforeDuration)).toEqual(refused.tooShort('AnswerKey'))
    })
  })
}
