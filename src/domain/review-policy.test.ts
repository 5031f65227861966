import { describe, expect, test } from 'vitest'
import { server } from '../limits.ts'
import {
  ignoredKeys,
  readAssignmentPolicy,
  readHITPolicy,
  scoreMyKnownAnswers,
  simplePlurality,
} from './review-policy.ts'

const key = { Key: 'AnswerKey', MapEntries: [{ Key: 'q', Values: ['x', 'y'] }] }
const value = (Key: string, ...Values: string[]) => ({ Key, Values })

const assignment = (...Parameters: object[]) =>
  readAssignmentPolicy({ PolicyName: scoreMyKnownAnswers, Parameters })
const hit = (...Parameters: object[]) =>
  readHITPolicy({
    PolicyName: simplePlurality,
    Parameters: [...Parameters, value('QuestionIds', 'q'), value('QuestionAgreementThreshold', '50')],
  })

const wrong = (parameter: string, text: string) => ({
  fault: 'InvalidParameterValue',
  parameter,
  value: text,
})
const tooMany = (parameter: string) => ({
  fault: 'ParameterTooLong',
  parameter,
  maximum: server.reviewedQuestions,
})
const manyQuestions = Array.from({ length: server.reviewedQuestions + 1 }, (_, i) => `q${i}`)
const missing = (parameter: string) => ({ fault: 'MissingParameters', parameter })
const outside = (parameter: string, number: number, minimum: number, maximum: number) => ({
  fault: 'ParameterOutOfRange',
  parameter,
  value: number,
  minimum,
  maximum,
})

describe('ScoreMyKnownAnswers [qualifications 7.1]', () => {
  test('needs a key alone', () => {
    expect(assignment(key)).toEqual({
      name: scoreMyKnownAnswers,
      answerKey: [{ questionId: 'q', values: ['x', 'y'] }],
      approveFrom: undefined,
      approveReason: '',
      rejectBelow: undefined,
      rejectReason: '',
      extension: undefined,
    })
  })

  test('has all its parameters', () => {
    expect(
      assignment(
        { Key: 'AnswerKey', MapEntries: [{ Key: 'q', Values: ['x'] }, { Key: 'blank' }] },
        value('ApproveIfKnownAnswerScoreIsAtLeast', '101'),
        value('ApproveReason', 'Dankon'),
        value('RejectIfKnownAnswerScoreIsLessThan', '0'),
        value('RejectReason', 'Ne'),
        value('ExtendIfKnownAnswerScoreIsLessThan', ' 80 '),
        value('ExtendMaximumAssignments ', '25'),
        value('ExtendMinimumTimeInSeconds', '60'),
        value('ExtendAssignments', '2'),
        value('SomethingElse', 'ignored'),
        { MapEntries: [] },
      ),
    ).toEqual({
      name: scoreMyKnownAnswers,
      answerKey: [
        { questionId: 'q', values: ['x'] },
        { questionId: 'blank', values: [] },
      ],
      approveFrom: 101,
      approveReason: 'Dankon',
      rejectBelow: 0,
      rejectReason: 'Ne',
      extension: { belowScore: 80, maximumAssignments: 25, minimumTime: 60, assignments: 2 },
    })
  })

  test('extends by one to 5 in all, without more time, when nothing else is said', () => {
    expect(assignment(key, value('ExtendIfKnownAnswerScoreIsLessThan', '50'))).toMatchObject({
      extension: { belowScore: 50, maximumAssignments: 5, minimumTime: 0, assignments: 1 },
    })
  })

  test.each([
    ['no key', [], missing('AnswerKey')],
    ['an empty key', [{ Key: 'AnswerKey', MapEntries: [] }], missing('AnswerKey')],
    ['a key as values', [value('AnswerKey', 'q', 'x')], missing('AnswerKey')],
    [
      'a key for no question',
      [{ Key: 'AnswerKey', MapEntries: [{ Values: ['x'] }] }],
      wrong('AnswerKey', ''),
    ],
    [
      'two keys for one question',
      [{ Key: 'AnswerKey', MapEntries: [{ Key: 'q', Values: ['x'] }, { Key: 'q' }] }],
      wrong('AnswerKey', 'q'),
    ],
    [
      'a question id of 256 bytes',
      [{ Key: 'AnswerKey', MapEntries: [{ Key: 'ŝ'.repeat(128), Values: ['x'] }] }],
      { fault: 'ParameterTooLong', parameter: 'AnswerKey', maximum: 255 },
    ],
    [
      'a reason of 1025',
      [key, value('RejectReason', 'x'.repeat(1025))],
      { fault: 'ParameterTooLong', parameter: 'RejectReason', maximum: 1024 },
    ],
    ['two reasons', [key, value('ApproveReason', 'a', 'b')], wrong('ApproveReason', 'a,b')],
    [
      'a control character in a question id',
      [{ Key: 'AnswerKey', MapEntries: [{ Key: 'q\u0000', Values: ['x'] }] }],
      wrong('AnswerKey', 'q\u0000'),
    ],
    [
      'a key for more questions than a server can mark at once',
      [{ Key: 'AnswerKey', MapEntries: manyQuestions.map((id) => ({ Key: id, Values: ['x'] })) }],
      tooMany('AnswerKey'),
    ],
    [
      'a control character in an answer',
      [{ Key: 'AnswerKey', MapEntries: [{ Key: 'q', Values: ['x', '\u001b'] }] }],
      wrong('AnswerKey', '\u001b'),
    ],
  ])('%s is refused', (_, parameters, fault) => {
    expect(assignment(...parameters)).toEqual(fault)
  })

  test.each([
    ['ApproveIfKnownAnswerScoreIsAtLeast', 0, 101],
    ['RejectIfKnownAnswerScoreIsLessThan', 0, 101],
    ['ExtendIfKnownAnswerScoreIsLessThan', 0, 101],
    ['ExtendMaximumAssignments', 2, 25],
    ['ExtendMinimumTimeInSeconds', 60, 31_536_000],
  ])('%s is a whole number from %i to %i', (name, minimum, maximum) => {
    for (const edge of [minimum, maximum])
      expect(assignment(key, value(name, String(edge)))).not.toHaveProperty('fault')
    for (const beyond of [minimum - 1, maximum + 1])
      expect(assignment(key, value(name, String(beyond)))).toEqual(outside(name, beyond, minimum, maximum))
    for (const text of ['', 'many', '1.5', '1e1', '0x10', '99999999999999999999'])
      expect(assignment(key, value(name, text))).toEqual(wrong(name, text))
    expect(assignment(key, value(name, '60', '61'))).toEqual(wrong(name, '60,61'))
  })
})

describe('SimplePlurality [qualifications 7.2]', () => {
  test('needs questions and a threshold', () => {
    expect(hit()).toEqual({
      name: simplePlurality,
      questionIds: ['q'],
      agreementThreshold: 50,
      disregardRejected: false,
      disregardBelowKnownAnswerScore: undefined,
      approveFrom: undefined,
      rejectBelow: undefined,
      rejectReason: '',
      extension: undefined,
    })
  })

  test('has all its parameters', () => {
    expect(
      hit(
        value('DisregardAssignmentIfRejected', 'T'),
        value('DisregardAssignmentIfKnownAnswerScoreIsLessThan', '30'),
        value('ExtendIfHITAgreementScoreIsLessThan', '100'),
        value('ExtendMaximumAssignments', '30'),
        value('ExtendMinimumTimeInSeconds', '3600'),
        value('ApproveIfWorkerAgreementScoreIsAtLeast', '60'),
        value('RejectIfWorkerAgreementScoreIsLessThan', '20'),
        value('RejectReason', 'Ne'),
      ),
    ).toMatchObject({
      disregardRejected: true,
      disregardBelowKnownAnswerScore: 30,
      approveFrom: 60,
      rejectBelow: 20,
      rejectReason: 'Ne',
      extension: { belowScore: 100, maximumAssignments: 30, minimumTime: 3600, assignments: 1 },
    })
  })

  test.each([
    [
      ['a', 'b c', ' d '],
      ['a', 'b c', 'd'],
    ],
    [['a, b,c,,'], ['a', 'b', 'c']],
    [
      ['a,b', 'c'],
      ['a,b', 'c'],
    ],
    [['a', 'a'], ['a']],
  ])('questions %j are %j', (values, questionIds) => {
    expect(hit(value('QuestionIds', ...values))).toMatchObject({ questionIds })
  })

  test('takes as many questions as a server can compare at once [qualifications 7.2]', () => {
    const questionIds = manyQuestions.slice(1)
    expect(hit(value('QuestionIds', ...questionIds))).toMatchObject({ questionIds })
  })

  test('knows the other spellings that programs use', () => {
    const policy = readHITPolicy({
      PolicyName: simplePlurality,
      Parameters: [
        value('QuestionIDs', 'a', 'b'),
        value('QuestionAgreementThreshold', '50'),
        value('ApproveIfWorkerAgreementScoreIsNotLessThan', '70'),
      ],
    })
    expect(policy).toMatchObject({ questionIds: ['a', 'b'], approveFrom: 70 })
  })

  test.each([
    ['T', true],
    ['true', true],
    ['TRUE', true],
    ['t', true],
    ['F', false],
    ['False', false],
  ])('%s means %j', (text, disregardRejected) => {
    expect(hit(value('DisregardAssignmentIfRejected', text))).toMatchObject({ disregardRejected })
  })

  test.each([
    [
      'no flag',
      [value('DisregardAssignmentIfRejected', 'yes')],
      wrong('DisregardAssignmentIfRejected', 'yes'),
    ],
    [
      'an extension without an end',
      [value('ExtendIfHITAgreementScoreIsLessThan', '50')],
      missing('ExtendMaximumAssignments'),
    ],
    [
      '0',
      [value('ExtendIfHITAgreementScoreIsLessThan', '0')],
      outside('ExtendIfHITAgreementScoreIsLessThan', 0, 1, 100),
    ],
    [
      '101',
      [value('ExtendIfHITAgreementScoreIsLessThan', '101')],
      outside('ExtendIfHITAgreementScoreIsLessThan', 101, 1, 100),
    ],
    [
      '59 seconds',
      [value('ExtendMinimumTimeInSeconds', '59')],
      outside('ExtendMinimumTimeInSeconds', 59, 60, 31_536_000),
    ],
    ['no number', [value('QuestionAgreementThreshold', 'half')], wrong('QuestionAgreementThreshold', 'half')],
    ['too many questions', [value('QuestionIds', ...manyQuestions)], tooMany('QuestionIds')],
    ['too many questions in one text', [value('QuestionIds', manyQuestions.join())], tooMany('QuestionIds')],
    [
      'a control character in a question id',
      [value('QuestionIds', 'a', 'b\u0000')],
      wrong('QuestionIds', 'b\u0000'),
    ],
  ])('%s is refused', (_, parameters, fault) => {
    expect(hit(...parameters)).toEqual(fault)
  })

  test.each([
    ['QuestionIds', [value('QuestionAgreementThreshold', '50')]],
    ['QuestionIds', [value('QuestionIds', ' , '), value('QuestionAgreementThreshold', '50')]],
    ['QuestionIds', [value('QuestionIds'), value('QuestionAgreementThreshold', '50')]],
    ['QuestionAgreementThreshold', [value('QuestionIds', 'q')]],
  ])('%s must be there', (name, Parameters) => {
    expect(readHITPolicy({ PolicyName: simplePlurality, Parameters })).toEqual(missing(name))
  })
})

describe('names [qualifications 6.1]', () => {
  test.each(['ScoreYourKnownAnswers/2011-09-01', 'ScoreMyKnownAnswers/2011/09/01', 'x', '', simplePlurality])(
    '"%s" is no policy of assignments, whatever its parameters',
    (PolicyName) => {
      expect(readAssignmentPolicy({ PolicyName })).toEqual(wrong('PolicyName', PolicyName))
    },
  )
  test.each([scoreMyKnownAnswers, 'SimplePlurality', ''])('"%s" is no policy of HITs', (PolicyName) => {
    expect(readHITPolicy({ PolicyName })).toEqual(wrong('PolicyName', PolicyName))
  })
})

describe('Keys that mean nothing are ignored, and told by name [qualifications 6.1]', () => {
  const known: [string, string[]][] = [
    [
      scoreMyKnownAnswers,
      [
        'AnswerKey',
        'ApproveIfKnownAnswerScoreIsAtLeast',
        'ApproveReason',
        'RejectIfKnownAnswerScoreIsLessThan',
        'RejectReason',
        'ExtendIfKnownAnswerScoreIsLessThan',
        'ExtendMaximumAssignments ',
        'ExtendMinimumTimeInSeconds',
        'ExtendAssignments',
      ],
    ],
    [
      simplePlurality,
      [
        'QuestionIds',
        'QuestionIDs',
        'QuestionAgreementThreshold',
        'DisregardAssignmentIfRejected',
        'DisregardAssignmentIfKnownAnswerScoreIsLessThan',
        'ExtendIfHITAgreementScoreIsLessThan',
        'ExtendMaximumAssignments',
        'ExtendMinimumTimeInSeconds',
        'ExtendAssignments',
        'ApproveIfWorkerAgreementScoreIsAtLeast',
        'ApproveIfWorkerAgreementScoreIsNotLessThan',
        'RejectIfWorkerAgreementScoreIsLessThan',
        'RejectReason',
      ],
    ],
  ]
  test.each(known)('%s', (PolicyName, keys) => {
    const Parameters = keys.map((Key) => value(Key, '50'))
    expect(ignoredKeys({ PolicyName, Parameters })).toEqual([])
    const more = [value('ApproveIfKnownAnswerScoreIsatLeast'), value(' Other '), { Values: ['x'] }]
    expect(ignoredKeys({ PolicyName, Parameters: [...Parameters, ...more, value('Other')] })).toEqual([
      'ApproveIfKnownAnswerScoreIsatLeast',
      'Other',
      '',
    ])
    expect(ignoredKeys({ PolicyName })).toEqual([])
  })
  test('a Key of the other policy is one', () => {
    const Parameters = [key, value('QuestionIds', 'q')]
    expect(ignoredKeys({ PolicyName: scoreMyKnownAnswers, Parameters })).toEqual(['QuestionIds'])
    expect(ignoredKeys({ PolicyName: simplePlurality, Parameters })).toEqual(['AnswerKey'])
  })
})
