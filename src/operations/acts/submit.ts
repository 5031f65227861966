import { stateAfter, type Assignment } from '../../domain/assignment.ts'
import { isFault, type Fault } from '../../domain/fault.ts'
import { settled, type HIT } from '../../domain/hit.ts'
import type { HITType } from '../../domain/hit-type.ts'
import * as answers from '../../store/answers.ts'
import * as assignments from '../../store/assignments.ts'
import * as hits from '../../store/hits.ts'
import * as reviewPolicies from '../../store/review-policies.ts'
import type { Write } from '../../store/tx.ts'
import * as workerAccounts from '../../store/worker-accounts.ts'
import * as events from '../events.ts'
import { approve } from './approve.ts'
import { becomeReviewable, prepareReview } from './become-reviewable.ts'
import { recordSubmission } from './keep-record.ts'
import { reviewSubmission } from './review.ts'

/**
 * Takes in a worker's answer at `at`: open work becomes submitted, the HIT's policy grades it [qualifications 10], and
 * what that leaves undecided waits for review [hits 6.2]. With an auto-approval delay of 0 it is approved in the same
 * transaction [hits 6.3]. The HIT is locked.
 */
export async function submit(
  tx: Write,
  hit: HIT,
  type: HITType,
  assignment: Assignment,
  document: string,
  at: number,
): Promise<HIT | Fault> {
  const autoApprovalAt = at + type.approvalDelay * 1000
  const submitted: Assignment = {
    ...assignment,
    state: stateAfter(assignment.state, 'submit'),
    submittedAt: at,
    autoApprovalAt,
    dueAt: autoApprovalAt,
  }
  await assignments.move(tx, assignment.state, submitted)
  await answers.add(tx, assignment.id, document)
  const changed = settled({ ...hit, pending: hit.pending - 1, submitted: hit.submitted + 1 }, at)
  const policies = await reviewPolicies.find(tx, hit.id)
  const policy = await prepareReview(tx, hit, changed, policies)
  await workerAccounts.count(tx, assignment.workerId, { submitted: 1, held: -1 })
  await recordSubmission(tx, submitted)
  await hits.save(tx, changed)
  await events.write(tx, changed, at, { kind: 'AssignmentSubmitted', assignment, answer: document })
  const graded =
    policies.assignment === undefined
      ? changed
      : await reviewSubmission(tx, changed, policies.assignment, assignment.id, document, at)
  const approved = type.approvalDelay === 0 ? await approveAtOnce(tx, graded, assignment.id, at) : graded
  return isFault(approved) ? approved : becomeReviewable(tx, hit, approved, policy, at)
}

async function approveAtOnce(tx: Write, hit: HIT, assignmentId: string, at: number): Promise<HIT | Fault> {
  const assignment = await assignments.lock(tx, assignmentId)
  return assignment?.state === 'Submitted' ? approve(tx, hit, assignment, 'autoApprove', at) : hit
}
