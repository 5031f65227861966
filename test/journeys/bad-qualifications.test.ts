// What cannot be made of a qualification type, changed or granted: the error is the service's own, the first in its
// order, and no table holds a row more than before [qualifications 3, hits 11.6].
import { beforeAll, describe, expect, test } from 'vitest'
import type { OperationName } from '../../src/model/operations.ts'
import type { Hand, Laboratory } from '../support/journey.ts'
import { makeTypes, timed, type Types } from '../support/kinds-of-types.ts'
import { externalQuestion, type Refusal } from '../support/market.ts'
import { aType } from '../support/qualification-members.ts'
import { sampleKey, sampleTest } from '../support/qualifications.ts'
import { refused } from '../support/refusals.ts'
import { badXML, ofType, refusedWhole } from '../support/refused-whole.ts'
import { onBothWireServers } from '../support/wire-server.ts'

type Expected = Refusal | Partial<Refusal>

const locale = '00000000000000000071'
const adult = '00000000000000000060'
const masters = '2F1QJWKUDD8XADTFD2Q0G6UTO95ALH'
const approved = '00000000000000000040'

const changeable = refused.qualificationState('QualificationType', 'Active,Inactive')

const keyOf = (inside: string) => sampleKey.replace(/(<AnswerKey [^>]*>).*(<\/AnswerKey>)/s, `$1${inside}$2`)

/** What neither a new type nor a change may have. */
const members: [string, object, Expected][] = [
  ['no XML', { ...timed, Test: 'Which bird?' }, badXML],
  ['XML that is cut off', { ...timed, Test: sampleTest.slice(0, -1) }, badXML],
  ['XML without its namespace', { ...timed, Test: sampleTest.replace(/ xmlns="[^"]*"/, '') }, badXML],
  ['a document type', { ...timed, Test: `<!DOCTYPE QuestionForm>${sampleTest}` }, badXML],
  ['the page of another server', { ...timed, Test: externalQuestion }, badXML],
  ['a key as the test', { ...timed, Test: sampleKey }, badXML],
  ['an empty test', { ...timed, Test: '' }, refused.tooShort('Test')],
  ['a long test', { ...timed, Test: ' '.repeat(65_536) }, refused.tooLong('Test', 65_535)],
  ['a test without a duration', { Test: sampleTest }, refused.missing('TestDurationInSeconds')],
  [
    'a test of no time',
    { ...timed, TestDurationInSeconds: 0 },
    refused.range('TestDurationInSeconds', 0, 1, 2_147_483_647),
  ],
  ['a duration without a test', { TestDurationInSeconds: 5 }, refused.value('TestDurationInSeconds', '5')],
  ['a key without a test', { AnswerKey: sampleKey }, refused.value('AnswerKey', sampleKey)],
  [
    'a key and a duration without a test',
    { AnswerKey: sampleKey, TestDurationInSeconds: 5 },
    refused.value('AnswerKey', sampleKey),
  ],
  ['an empty key', { ...timed, AnswerKey: '' }, refused.tooShort('AnswerKey')],
  ['a key that is no XML', { ...timed, AnswerKey: '<AnswerKey>' }, badXML],
  ['a key without questions', { ...timed, AnswerKey: keyOf('') }, badXML],
  [
    'a key with a score of words',
    { ...timed, AnswerKey: sampleKey.replace('<AnswerScore>1<', '<AnswerScore>one<') },
    badXML,
  ],
  [
    'a key with a score beyond 32 bits',
    { ...timed, AnswerKey: sampleKey.replace('<AnswerScore>1<', '<AnswerScore>2147483648<') },
    badXML,
  ],
  [
    'two mappings',
    {
      ...timed,
      AnswerKey: sampleKey.replace(/<QualificationValueMapping>.*<\/QualificationValueMapping>/s, '$&$&'),
    },
    badXML,
  ],
  ['a test with the automatic grant', { ...timed, AutoGranted: true }, refused.value('Test', sampleTest)],
  [
    'a key with the automatic grant',
    { AnswerKey: sampleKey, AutoGranted: true },
    refused.value('AnswerKey', sampleKey),
  ],
  [
    'a negative delay',
    { RetryDelayInSeconds: -1 },
    refused.range('RetryDelayInSeconds', -1, 0, 2_147_483_647),
  ],
  [
    'a granted value beyond 32 bits',
    { AutoGranted: true, AutoGrantedValue: 2 ** 31 },
    ofType('SerializationException'),
  ],
  ['another status', { QualificationTypeStatus: 'Disposing' }, ofType('ValidationException')],
  ['no description', { Description: '' }, refused.tooShort('Description')],
]

onBothWireServers('bad qualifications', (server) => {
  let lab: Laboratory
  let worker: Hand
  let types: Types
  beforeAll(async () => {
    ;({ lab, worker, types } = await makeTypes(server()))
  })
  const refuse = (operation: OperationName, input: object, expected: Expected) =>
    refusedWhole(server(), lab, operation, input, expected)
  test.each(members)('of a new type: %s [qualifications 3.1]', async (_, changes, expected) => {
    await refuse('CreateQualificationType', { ...aType(), ...changes }, expected)
  })
  test.each(members)('of a change: %s [qualifications 3.2]', async (_, changes, expected) => {
    for (const which of ['active', 'tested'] as const)
      await refuse('UpdateQualificationType', { QualificationTypeId: types[which], ...changes }, expected)
  })

  test('a name is used twice [qualifications 3.1]', async () => {
    for (const Name of ['active', 'inactive', 'waiting'])
      await refuse('CreateQualificationType', aType({ Name }), refused.sameName)
  })

  describe('a change [qualifications 3.2]', () => {
    test.each<[string, keyof Types, object, Expected]>([
      ['a test for the automatic grant', 'automatic', timed, refused.value('Test', sampleTest)],
      ['both at once', 'automatic', { ...timed, AutoGranted: true }, refused.value('Test', sampleTest)],
      [
        'the automatic grant for a test',
        'tested',
        { AutoGranted: true },
        refused.value('AutoGranted', 'true'),
      ],
      [
        'the key of the test that is there',
        'tested',
        { AnswerKey: sampleKey },
        refused.value('AnswerKey', sampleKey),
      ],
      [
        'the time of the test that is there',
        'tested',
        { TestDurationInSeconds: 9 },
        refused.value('TestDurationInSeconds', '9'),
      ],
      ['that waits for its end', 'waiting', { Description: 'x' }, changeable],
      ['of one that is gone', 'gone', { Description: 'x' }, refused.noQualificationType],
      ['of another requester', 'foreign', { Description: 'x' }, refused.notYours],
    ])('%s', async (_, which, changes, expected) => {
      await refuse('UpdateQualificationType', { QualificationTypeId: types[which], ...changes }, expected)
    })
    test.each([locale, adult, masters, approved])('of the system’s %s [qualifications 5]', async (id) => {
      await refuse('UpdateQualificationType', { QualificationTypeId: id, Description: 'x' }, refused.notYours)
      await refuse('DeleteQualificationType', { QualificationTypeId: id }, refused.notYours)
    })
  })

  test('deletions of what is not there, is another’s, or was deleted [qualifications 3.5]', async () => {
    const refuseDeletion = (QualificationTypeId: string, expected: Expected) =>
      refuse('DeleteQualificationType', { QualificationTypeId }, expected)
    await refuseDeletion('3UNKNOWN', refused.noQualificationType)
    await refuseDeletion(types.foreign, refused.notYours)
    await refuseDeletion(types.waiting, changeable)
    await refuseDeletion(types.gone, changeable)
  })

  describe('a grant [qualifications 3.6, 3.7]', () => {
    const nobody = refused.value('WorkerId', 'ANOBODY')
    test.each<[string, (all: Types) => object, Expected]>([
      ['of an unknown type', () => ({ QualificationTypeId: '3UNKNOWN' }), refused.noQualificationType],
      ['of one that is gone', ({ gone }) => ({ QualificationTypeId: gone }), refused.noQualificationType],
      ['of another requester’s', ({ foreign }) => ({ QualificationTypeId: foreign }), refused.notYours],
      ['of Masters', () => ({ QualificationTypeId: masters }), refused.notYours],
      ['to nobody', () => ({ WorkerId: 'ANOBODY' }), nobody],
      ['of too much', () => ({ IntegerValue: 2 ** 31 }), ofType('SerializationException')],
      ['of too little', () => ({ IntegerValue: -(2 ** 31) - 1 }), ofType('SerializationException')],
      ['of a half', () => ({ IntegerValue: 0.5 }), ofType('SerializationException')],
    ])('%s', async (_, changes, expected) => {
      const input = { QualificationTypeId: types.active, WorkerId: worker.workerId, ...changes(types) }
      await refuse('AssociateQualificationWithWorker', input, expected)
    })
    test('that nobody has cannot be taken away', async () => {
      const input = { QualificationTypeId: types.active, WorkerId: worker.workerId }
      await refuse('DisassociateQualificationFromWorker', input, refused.noQualification)
    })
  })

  test('a key for questions that the test does not ask is kept: they earn their default score [questions 10.2]', async () => {
    const question = (name: string, more = '') =>
      `<Question><QuestionIdentifier>${name}</QuestionIdentifier><AnswerOption>` +
      `<SelectionIdentifier>oslo</SelectionIdentifier><AnswerScore>40</AnswerScore></AnswerOption>${more}</Question>`
    const AnswerKey = keyOf(question('capital') + question('nowhere', '<DefaultScore>2</DefaultScore>'))
    const { QualificationType } = await lab.call('CreateQualificationType', aType({ ...timed, AnswerKey }))
    const { body } = await server().journey.control(`workers/${worker.workerId}/qualification-requests`, {
      qualificationTypeId: QualificationType!.QualificationTypeId,
      answers: { capital: 'oslo' },
    })
    expect(body).toEqual({ granted: 42 })
  })
})
