// ScoreMyKnownAnswers: a submission is graded by questions whose answers the requester knows [qualifications 7.1].
import { answerSet, answerTo, isSameAnswer, type AnswerSets } from './answer-sets.ts'
import type { ScoreMyKnownAnswers } from './review-policy.ts'
import { percentage, verdict, type Review, type ReviewResult } from './review.ts'

/** Grades one submission: results first, then approval or rejection, then the extension. */
export function scoreKnownAnswers(
  policy: ScoreMyKnownAnswers,
  assignmentId: string,
  answers: AnswerSets,
): Review {
  const { answerKey, extension } = policy
  const graded = answerKey.map(({ questionId, values }) => ({
    questionId,
    isCorrect: isSameAnswer(answerTo(answers, questionId), answerSet(values)),
  }))
  const correct = graded.filter(({ isCorrect }) => isCorrect).length
  const score = percentage(correct, graded.length)
  const ofAssignment = { subjectType: 'Assignment', subjectId: assignmentId } as const
  const results: ReviewResult[] = graded.map(({ questionId, isCorrect }) => ({
    ...ofAssignment,
    questionId,
    key: 'KnownAnswerCorrect',
    value: isCorrect ? '1' : '0',
  }))
  const judged = verdict(score, policy.approveFrom, policy.rejectBelow)
  return {
    summary: `${correct} of ${graded.length} known answers correct`,
    results: [...results, { ...ofAssignment, key: 'KnownAnswerScore', value: String(score) }],
    steps: [
      ...(judged === undefined ? [] : [{ name: judged, assignmentId }]),
      ...(extension !== undefined && score < extension.belowScore ? [{ name: 'extend' } as const] : []),
    ],
  }
}
