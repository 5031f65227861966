import { expect, test } from 'vitest'
import { answerSet } from './answer-sets.ts'
import { isFault } from './fault.ts'
import { readAssignmentPolicy, scoreMyKnownAnswers } from './review-policy.ts'
import { scoreKnownAnswers } from './score-known-answers.ts'

const parameter = (Key: string, value: number) => ({ Key, Values: [String(value)] })

function policyOf(key: Record<string, string[]>, numbers: Record<string, number> = {}) {
  const policy = readAssignmentPolicy({
    PolicyName: scoreMyKnownAnswers,
    Parameters: [
      { Key: 'AnswerKey', MapEntries: Object.entries(key).map(([Key, Values]) => ({ Key, Values })) },
      ...Object.entries(numbers).map(([Key, value]) => parameter(Key, value)),
    ],
  })
  if (isFault(policy)) throw new Error(policy.fault)
  return policy
}

const given = (answers: Record<string, string[]>) =>
  new Map(Object.entries(answers).map(([id, values]) => [id, answerSet(values)]))

/** A key of five questions, and answers of which so many are right. */
const five = { q1: ['1'], q2: ['2'], q3: ['3'], q4: ['4'], q5: ['5'] }
const fiveWith = (correct: number) =>
  given(Object.fromEntries(Object.entries(five).map(([id, key], i) => [id, i < correct ? key : ['wrong']])))

const score = (review: ReturnType<typeof scoreKnownAnswers>) =>
  review.results.find(({ key }) => key === 'KnownAnswerScore')?.value

test.each([
  [4, '80', ['approve']],
  [3, '60', ['extend']],
  [2, '40', ['reject', 'extend']],
  [1, '20', ['reject', 'extend']],
])('worked example 1: %i of 5 is %s and means %j [qualifications 7.1]', (correct, expected, steps) => {
  const policy = policyOf(five, {
    ApproveIfKnownAnswerScoreIsAtLeast: 80,
    RejectIfKnownAnswerScoreIsLessThan: 60,
    ExtendIfKnownAnswerScoreIsLessThan: 80,
    ExtendMaximumAssignments: 4,
  })
  const review = scoreKnownAnswers(policy, 'A', fiveWith(correct))
  expect(score(review)).toBe(expected)
  expect(review.steps.map(({ name }) => name)).toEqual(steps)
  expect(review.summary).toBe(`${correct} of 5 known answers correct`)
})

test.each([
  [{ q1: ['x', 'y'], q3: [' Blue '] }, ['1', '1', '1'], '100'],
  [{ q1: ['x'], q3: ['blue'] }, ['0', '1', '0'], '33'],
  [{ q1: ['y', 'x'], q2: ['maybe'], q3: ['Blue'] }, ['1', '0', '1'], '66'],
])('worked example 2: %j gives %j and %s [qualifications 7.1]', (answers, correct, expected) => {
  const policy = policyOf({ q1: ['x', 'y'], q2: [], q3: ['Blue'] })
  const { results, steps } = scoreKnownAnswers(policy, 'A', given(answers))
  const ofAssignment = { subjectType: 'Assignment', subjectId: 'A' }
  expect(results).toEqual([
    { ...ofAssignment, questionId: 'q1', key: 'KnownAnswerCorrect', value: correct[0] },
    { ...ofAssignment, questionId: 'q2', key: 'KnownAnswerCorrect', value: correct[1] },
    { ...ofAssignment, questionId: 'q3', key: 'KnownAnswerCorrect', value: correct[2] },
    { ...ofAssignment, key: 'KnownAnswerScore', value: expected },
  ])
  expect(steps, 'without thresholds nothing is done').toEqual([])
})

test('white space around a key counts no more than around an answer [qualifications 6.2]', () => {
  const review = scoreKnownAnswers(policyOf({ q: [' Blue'] }), 'A', given({ q: ['Blue '] }))
  expect(score(review)).toBe('100')
})

test('a question that was not answered is incorrect [qualifications 7.1]', () => {
  expect(score(scoreKnownAnswers(policyOf(five), 'A', given({ q1: ['1'] })))).toBe('20')
})

test.each([
  ['Approve if at least 0: always', { ApproveIfKnownAnswerScoreIsAtLeast: 0 }, 0, ['approve']],
  ['approve if at least 101: never', { ApproveIfKnownAnswerScoreIsAtLeast: 101 }, 5, []],
  ['reject if less than 0: never', { RejectIfKnownAnswerScoreIsLessThan: 0 }, 0, []],
  ['reject if less than 101: always', { RejectIfKnownAnswerScoreIsLessThan: 101 }, 5, ['reject']],
  ['extend if less than 0: never', { ExtendIfKnownAnswerScoreIsLessThan: 0 }, 0, []],
  ['extend if less than 101: always', { ExtendIfKnownAnswerScoreIsLessThan: 101 }, 5, ['extend']],
  [
    'both thresholds: approval wins',
    { ApproveIfKnownAnswerScoreIsAtLeast: 40, RejectIfKnownAnswerScoreIsLessThan: 80 },
    3,
    ['approve'],
  ],
])('%s [qualifications 7.1]', (_, numbers, correct, steps) => {
  const review = scoreKnownAnswers(policyOf(five, numbers), 'A', fiveWith(correct))
  expect(review.steps.map(({ name }) => name)).toEqual(steps)
})
