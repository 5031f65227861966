import { describe, expect, test } from 'vitest'
import { answerSet } from './answer-sets.ts'
import { isFault } from './fault.ts'
import { readHITPolicy, simplePlurality, type SimplePlurality } from './review-policy.ts'
import { judgePlurality, type Submission } from './simple-plurality.ts'

function policyOf(questionIds: string[], threshold: number, others: Record<string, number | string> = {}) {
  const policy = readHITPolicy({
    PolicyName: simplePlurality,
    Parameters: [
      { Key: 'QuestionIds', Values: questionIds },
      { Key: 'QuestionAgreementThreshold', Values: [String(threshold)] },
      ...Object.entries(others).map(([Key, value]) => ({ Key, Values: [String(value)] })),
    ],
  })
  if (isFault(policy)) throw new Error(policy.fault)
  return policy
}

/** A submission: the answer to each question, with commas between several values. */
function submission(
  assignmentId: string,
  answers: Record<string, string>,
  changes: Partial<Submission> = {},
): Submission {
  const sets = Object.entries(answers).map(([id, text]) => [id, answerSet(text.split(','))] as const)
  return { assignmentId, answers: new Map(sets), isRejected: false, knownAnswerScore: undefined, ...changes }
}

/** A review in short: results as `subject key = value`, steps as `name subject`. */
function judged(policy: SimplePlurality, submissions: readonly Submission[]) {
  const review = judgePlurality(policy, 'HIT', submissions)
  return {
    results: review?.results.map(
      ({ subjectId, questionId, key, value }) => `${questionId ?? subjectId} ${key} = ${value}`,
    ),
    steps: review?.steps.map((step) =>
      step.name === 'extend' ? 'extend' : `${step.name} ${step.assignmentId}`,
    ),
    summary: review?.summary,
  }
}

/** What a report says of one worker. */
const worker = (id: string, score: number, correct: number, incorrect: number) => [
  `${id} WorkerAgreementScore = ${score}`,
  `${id} PluralityAnswersCorrect = ${correct}`,
  `${id} PluralityAnswersIncorrect = ${incorrect}`,
]
/** What a report says of a question that was agreed on. */
const agreed = (id: string, answer: string, score: number) => [
  `${id} AgreedAnswerFound = true`,
  `${id} AgreedAnswer = ${answer}`,
  `${id} AnswerAgreementScore = ${score}`,
]

describe('worked example 3 [qualifications 7.2]', () => {
  const questions = ['roof', 'doors', 'pet', 'parts']
  const numbers = {
    ApproveIfWorkerAgreementScoreIsAtLeast: 60,
    RejectIfWorkerAgreementScoreIsLessThan: 50,
    ExtendIfHITAgreementScoreIsLessThan: 80,
    ExtendMaximumAssignments: 5,
  }
  const w1 = submission('W1', { roof: 'red', doors: '4', pet: 'cat', parts: 'a,b' })
  const w2 = submission('W2', { roof: 'red', doors: '4', pet: 'dog', parts: 'b,a' })
  const w3 = submission('W3', { roof: 'blue', doors: '4', pet: 'fox', parts: 'a' })
  const w4 = submission('W4', { roof: 'red', doors: '4', pet: 'cat', parts: 'a,b' })

  test('round 1: 75 of the HIT, two approved, one rejected, one more assignment', () => {
    const policy = policyOf(questions, 50, { ...numbers, DisregardAssignmentIfRejected: 'T' })
    expect(judged(policy, [w1, w2, w3])).toEqual({
      results: [
        ...agreed('roof', 'red', 66),
        ...agreed('doors', '4', 100),
        'pet AgreedAnswerFound = false',
        ...agreed('parts', 'a|b', 66),
        ...worker('W1', 100, 3, 0),
        ...worker('W2', 100, 3, 0),
        ...worker('W3', 33, 1, 2),
        'HIT HitAgreementScore = 75',
      ],
      steps: ['approve W1', 'approve W2', 'reject W3', 'extend'],
      summary: '3 of 4 questions agreed',
    })
  })

  test('round 2: the rejected one is disregarded; 100 of the HIT', () => {
    const policy = policyOf(questions, 50, { ...numbers, DisregardAssignmentIfRejected: 'T' })
    expect(judged(policy, [w1, w2, { ...w3, isRejected: true }, w4])).toEqual({
      results: [
        ...agreed('roof', 'red', 100),
        ...agreed('doors', '4', 100),
        ...agreed('pet', 'cat', 66),
        ...agreed('parts', 'a|b', 100),
        ...worker('W1', 100, 4, 0),
        ...worker('W2', 75, 3, 1),
        ...worker('W4', 100, 4, 0),
        'HIT HitAgreementScore = 100',
      ],
      steps: ['approve W1', 'approve W2', 'approve W4'],
      summary: '4 of 4 questions agreed',
    })
  })

  test('round 2 with the rejected one: 75 of the HIT, one more assignment', () => {
    const { results, steps } = judged(policyOf(questions, 50, numbers), [
      w1,
      w2,
      { ...w3, isRejected: true },
      w4,
    ])
    expect(results?.filter((line) => line.includes('AgreementScore ='))).toEqual([
      'roof AnswerAgreementScore = 75',
      'doors AnswerAgreementScore = 100',
      'parts AnswerAgreementScore = 75',
      'W1 WorkerAgreementScore = 100',
      'W2 WorkerAgreementScore = 100',
      'W3 WorkerAgreementScore = 33',
      'W4 WorkerAgreementScore = 100',
      'HIT HitAgreementScore = 75',
    ])
    expect(results).toContain('pet AgreedAnswerFound = false')
    expect(steps).toEqual(['approve W1', 'approve W2', 'reject W3', 'approve W4', 'extend'])
  })
})

describe('worked example 4 [qualifications 7.2]', () => {
  const policy = policyOf(['q'], 60, {
    ExtendIfHITAgreementScoreIsLessThan: 100,
    ExtendMaximumAssignments: 3,
    ApproveIfWorkerAgreementScoreIsAtLeast: 50,
    RejectIfWorkerAgreementScoreIsLessThan: 50,
  })
  const two = [submission('W1', { q: 'x' }), submission('W2', { q: 'y' })]

  test('two that differ: nobody is scored, a third is asked', () => {
    expect(judged(policy, two)).toEqual({
      results: ['q AgreedAnswerFound = false', 'HIT HitAgreementScore = 0'],
      steps: ['extend'],
      summary: '0 of 1 questions agreed',
    })
  })

  test('the third agrees with the first', () => {
    expect(judged(policy, [...two, submission('W3', { q: 'x' })])).toMatchObject({
      results: [
        ...agreed('q', 'x', 66),
        ...worker('W1', 100, 1, 0),
        ...worker('W2', 0, 0, 1),
        ...worker('W3', 100, 1, 0),
        'HIT HitAgreementScore = 100',
      ],
      steps: ['approve W1', 'reject W2', 'approve W3'],
    })
  })
})

test('worked example 5: 66, 66, 100 and none make 75; workers 100, 66, 66 [qualifications 7.2]', () => {
  const { results } = judged(policyOf(['a', 'b', 'c', 'd'], 65), [
    submission('W1', { a: '1', b: '1', c: '1', d: '1' }),
    submission('W2', { a: '1', b: '2', c: '1', d: '2' }),
    submission('W3', { a: '2', b: '1', c: '1', d: '3' }),
  ])
  expect(results).toEqual([
    ...agreed('a', '1', 66),
    ...agreed('b', '1', 66),
    ...agreed('c', '1', 100),
    'd AgreedAnswerFound = false',
    ...worker('W1', 100, 3, 0),
    ...worker('W2', 66, 2, 1),
    ...worker('W3', 66, 2, 1),
    'HIT HitAgreementScore = 75',
  ])
})

describe('agreement [qualifications 7.2]', () => {
  const answers = (...texts: string[]) => texts.map((text, i) => submission(`W${i + 1}`, { q: text }))
  const found = (threshold: number, ...texts: string[]) =>
    judged(policyOf(['q'], threshold), answers(...texts))
      .results?.slice(0, -1)
      .filter((line) => line.startsWith('q'))
  const none = ['q AgreedAnswerFound = false']

  test.each([
    [49, ['x', 'x', 'y', 'z'], agreed('q', 'x', 50)],
    [50, ['x', 'x', 'y', 'z'], none],
    [65, ['x', 'x', 'y'], agreed('q', 'x', 66)],
    [66, ['x', 'x', 'y'], none],
    [100, ['x', 'x'], agreed('q', 'x', 100)],
    [100, ['x', 'x', 'y'], none],
    [10, ['x', 'x', 'y', 'y', 'z'], none],
    [50, ['x'], agreed('q', 'x', 100)],
    [50, ['', '', 'x'], agreed('q', '', 66)],
  ])('with a threshold of %i, %j', (threshold, texts, lines) => {
    expect(found(threshold, ...texts)).toEqual(lines)
  })

  test('answers of more than 256 characters are left out', () => {
    const long = 'ŝ'.repeat(257)
    expect(found(50, long, long, long, 'x')).toEqual(agreed('q', 'x', 100))
    expect(found(50, long, long)).toEqual(none)
    const longest = '🐦'.repeat(256)
    expect(found(50, longest, longest, 'x')).toEqual(agreed('q', longest, 66))
  })

  test('one text with a bar in it is not two values', () => {
    const sets = [['a|b'], ['a', 'b'], ['a', 'b']].map((values, i) => ({
      ...submission(`W${i}`, {}),
      answers: new Map([['q', answerSet(values)]]),
    }))
    expect(judged(policyOf(['q'], 50), sets).results?.slice(0, 3)).toEqual(agreed('q', 'a|b', 66))
  })

  test('a question that no field has is answered alike by all', () => {
    expect(judged(policyOf(['missing'], 50), answers('x', 'y')).results).toEqual([
      ...agreed('missing', '', 100),
      ...worker('W1', 100, 1, 0),
      ...worker('W2', 100, 1, 0),
      'HIT HitAgreementScore = 100',
    ])
  })
})

describe('who counts [qualifications 7.2]', () => {
  test('without submissions there is no review', () => {
    expect(judgePlurality(policyOf(['q'], 50), 'HIT', [])).toBeUndefined()
  })

  test('when all are disregarded nothing is agreed on', () => {
    const policy = policyOf(['q'], 50, {
      DisregardAssignmentIfRejected: 'T',
      ExtendIfHITAgreementScoreIsLessThan: 50,
      ExtendMaximumAssignments: 3,
    })
    expect(judged(policy, [submission('W1', { q: 'x' }, { isRejected: true })])).toMatchObject({
      results: ['q AgreedAnswerFound = false', 'HIT HitAgreementScore = 0'],
      steps: ['extend'],
    })
  })

  test('a known-answer score below the value disregards; at it, or without one, an assignment counts', () => {
    const policy = policyOf(['q'], 50, { DisregardAssignmentIfKnownAnswerScoreIsLessThan: 50 })
    const { results } = judged(policy, [
      submission('W1', { q: 'x' }, { knownAnswerScore: 49 }),
      submission('W2', { q: 'y' }, { knownAnswerScore: 50 }),
      submission('W3', { q: 'y' }),
    ])
    expect(results).toEqual([
      ...agreed('q', 'y', 100),
      ...worker('W2', 100, 1, 0),
      ...worker('W3', 100, 1, 0),
      'HIT HitAgreementScore = 100',
    ])
  })
})
