import { answerSets } from '../../domain/answer-sets.ts'
import type { HIT } from '../../domain/hit.ts'
import { readAnswers } from '../../domain/question/read-answers.ts'
import type { ScoreMyKnownAnswers, SimplePlurality } from '../../domain/review-policy.ts'
import { scoreKnownAnswers } from '../../domain/score-known-answers.ts'
import { judgePlurality, type Submission } from '../../domain/simple-plurality.ts'
import { server } from '../../limits.ts'
import * as assignments from '../../store/assignments.ts'
import * as reports from '../../store/review-reports.ts'
import type { Write } from '../../store/tx.ts'
import { carryOutReview } from './carry-out-review.ts'

/** Grades work that was submitted at `at`, and does what follows [qualifications 7.1]. The HIT is locked. */
export async function reviewSubmission(
  tx: Write,
  hit: HIT,
  policy: ScoreMyKnownAnswers,
  assignmentId: string,
  document: string,
  at: number,
): Promise<HIT> {
  const review = scoreKnownAnswers(policy, assignmentId, answerSets(readAnswers(document)))
  return carryOutReview(tx, hit, 'Assignment', assignmentId, review, policy, at)
}

/** Compares all work of a HIT that has become reviewable at `at`, and does what follows [qualifications 7.2]. The HIT is locked. */
export async function reviewHIT(tx: Write, hit: HIT, policy: SimplePlurality, at: number): Promise<HIT> {
  const review = judgePlurality(policy, hit.id, await submissionsOf(tx, hit, policy))
  return review === undefined ? hit : carryOutReview(tx, hit, 'HIT', hit.id, review, policy, at)
}

async function submissionsOf(tx: Write, hit: HIT, policy: SimplePlurality): Promise<Submission[]> {
  const scores =
    policy.disregardBelowKnownAnswerScore === undefined
      ? new Map<string, number>()
      : await reports.findKnownAnswerScores(tx, hit.id)
  const submissions: Submission[] = []
  const states = ['Submitted', 'Approved', 'Rejected'] as const
  for (let after: { time: number; id: string } | undefined; ;) {
    const page = await assignments.listSubmitted(tx, hit.id, states, after, server.systemBatch)
    for (const { assignment, answer } of page) {
      submissions.push({
        assignmentId: assignment.id,
        answers: answerSets(readAnswers(answer)),
        isRejected: assignment.state === 'Rejected',
        knownAnswerScore: scores.get(assignment.id),
      })
    }
    const last = page.at(-1)?.assignment
    if (last === undefined || page.length < server.systemBatch) return submissions
    after = { time: last.submittedAt ?? 0, id: last.id }
  }
}
