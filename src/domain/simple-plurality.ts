// SimplePlurality: the submissions of a HIT are compared with each other; what most workers say counts as right, and
// each worker is measured by it [qualifications 7.2].
import { market } from '../limits.ts'
import { answerText, answerTo, isSameAnswer, type AnswerSet, type AnswerSets } from './answer-sets.ts'
import { lengthOf } from './parameters.ts'
import type { SimplePlurality } from './review-policy.ts'
import { percentage, verdict, type Review, type ReviewResult } from './review.ts'

/** One submission as the policy sees it. */
export interface Submission {
  assignmentId: string
  answers: AnswerSets
  isRejected: boolean
  /** What ScoreMyKnownAnswers gave it, if it ran. */
  knownAnswerScore: number | undefined
}

interface Agreement {
  questionId: string
  /** What was agreed on, and by how many per cent. */
  agreed: { answer: AnswerSet; score: number } | undefined
}

/**
 * Judges a HIT by its submissions, oldest first. A HIT that nobody has worked on has no review. When all submissions
 * are disregarded, no question is agreed on.
 */
export function judgePlurality(
  policy: SimplePlurality,
  hitId: string,
  submissions: readonly Submission[],
): Review | undefined {
  if (submissions.length === 0) return undefined
  const counted = submissions.filter((submission) => isCounted(policy, submission))
  const agreements = policy.questionIds.map((questionId) => ({
    questionId,
    agreed: findAgreement(policy.agreementThreshold, questionId, counted),
  }))
  const agreed = agreements.filter((agreement) => agreement.agreed !== undefined).length
  const hitScore = percentage(agreed, agreements.length)
  const { extension } = policy
  // With nothing agreed on there is nothing to measure a worker by, and what is approved stays approved.
  const workers = agreed === 0 ? [] : counted.map((submission) => judgeWorker(policy, submission, agreements))
  return {
    summary: `${agreed} of ${agreements.length} questions agreed`,
    results: [
      ...agreements.flatMap((agreement) => questionResults(hitId, agreement)),
      ...workers.flatMap(({ results }) => results),
      { subjectType: 'HIT', subjectId: hitId, key: 'HitAgreementScore', value: String(hitScore) },
    ],
    steps: [
      ...workers.flatMap(({ judged, assignmentId }) =>
        judged === undefined ? [] : [{ name: judged, assignmentId }],
      ),
      ...(extension !== undefined && hitScore < extension.belowScore ? [{ name: 'extend' } as const] : []),
    ],
  }
}

function isCounted(policy: SimplePlurality, { isRejected, knownAnswerScore }: Submission): boolean {
  if (isRejected && policy.disregardRejected) return false
  const least = policy.disregardBelowKnownAnswerScore
  return least === undefined || knownAnswerScore === undefined || knownAnswerScore >= least
}

/** The one answer that more workers gave than any other, when enough of them did. */
function findAgreement(
  threshold: number,
  questionId: string,
  counted: readonly Submission[],
): Agreement['agreed'] {
  const groups = new Map<string, { answer: AnswerSet; size: number }>()
  let total = 0
  for (const { answers } of counted) {
    const answer = answerTo(answers, questionId)
    if (lengthOf(answerText(answer)) > market.reviewPolicy.comparedLength) continue
    total++
    const key = JSON.stringify([...answer].toSorted())
    const group = groups.get(key) ?? { answer, size: 0 }
    group.size++
    groups.set(key, group)
  }
  const [best, second] = [...groups.values()].toSorted((a, b) => b.size - a.size)
  if (best === undefined || best.size === second?.size) return undefined
  const score = percentage(best.size, total)
  // Above the threshold; but a threshold of 100 asks for all, and nothing is above that.
  return score > threshold || score === 100 ? { answer: best.answer, score } : undefined
}

function questionResults(hitId: string, { questionId, agreed }: Agreement): ReviewResult[] {
  const result = (key: string, value: string): ReviewResult => ({
    subjectType: 'HIT',
    subjectId: hitId,
    questionId,
    key,
    value,
  })
  return [
    result('AgreedAnswerFound', String(agreed !== undefined)),
    ...(agreed === undefined
      ? []
      : [
          result('AgreedAnswer', answerText(agreed.answer)),
          result('AnswerAgreementScore', String(agreed.score)),
        ]),
  ]
}

function judgeWorker(
  policy: SimplePlurality,
  { assignmentId, answers }: Submission,
  agreements: readonly Agreement[],
) {
  const right = agreements.flatMap(({ questionId, agreed }) =>
    agreed === undefined ? [] : [isSameAnswer(answerTo(answers, questionId), agreed.answer)],
  )
  const correct = right.filter(Boolean).length
  const score = percentage(correct, right.length)
  const result = (key: string, value: number): ReviewResult => ({
    subjectType: 'Assignment',
    subjectId: assignmentId,
    key,
    value: String(value),
  })
  return {
    assignmentId,
    judged: verdict(score, policy.approveFrom, policy.rejectBelow),
    results: [
      result('WorkerAgreementScore', score),
      result('PluralityAnswersCorrect', correct),
      result('PluralityAnswersIncorrect', right.length - correct),
    ],
  }
}
