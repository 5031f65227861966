// What a review policy decided, carried out by the same acts as a requester's calls and written into the report. Each
// step stands alone: one that is refused changes nothing, is reported as failed, and the next one is taken.
import { canApprove, canReject } from '../../domain/assignment.ts'
import { isFault, type Fault, type FaultName } from '../../domain/fault.ts'
import { canExtend, type HIT } from '../../domain/hit.ts'
import type { ExtensionRule } from '../../domain/review-policy.ts'
import type { Review, ReviewAction, ReviewLevel, ReviewStep } from '../../domain/review.ts'
import * as assignments from '../../store/assignments.ts'
import * as reports from '../../store/review-reports.ts'
import type { Write } from '../../store/tx.ts'
import { approve } from './approve.ts'
import { extend } from './extend.ts'
import { reject } from './reject.ts'

/** What a policy says beside its decisions. */
export interface ReviewTerms {
  approveReason?: string
  rejectReason: string
  extension: ExtensionRule | undefined
}

/** A step that was taken: the HIT as it is afterwards, and what the report says. */
interface Taken {
  hit: HIT
  result: string
  errorCode?: string
}

/** Reports a review of `target` at `at` and takes its steps; answers the HIT as it is afterwards. The HIT is locked. */
export async function carryOutReview(
  tx: Write,
  hit: HIT,
  level: ReviewLevel,
  target: string,
  review: Review,
  terms: ReviewTerms,
  at: number,
): Promise<HIT> {
  const actionId = tx.ids.entity(at)
  const report = (
    action: Pick<ReviewAction, 'id' | 'name' | 'targetType' | 'targetId'>,
    { result, errorCode }: Omit<Taken, 'hit'>,
  ) =>
    reports.addAction(tx, hit.id, level, {
      ...action,
      status: errorCode === undefined ? 'Succeeded' : 'Failed',
      completedAt: at,
      result,
      errorCode,
    })
  for (const result of review.results) {
    await reports.addResult(tx, hit.id, level, { ...result, id: tx.ids.entity(at), actionId })
  }
  const reviewed = { id: actionId, name: 'review', targetType: level, targetId: target } as const
  await report(reviewed, { result: review.summary })
  let current = hit
  for (const step of review.steps) {
    const taken = await take(tx, current, step, terms, at)
    current = taken.hit
    await report({ id: tx.ids.entity(at), name: step.name, ...targetOf(step, hit) }, taken)
  }
  return current
}

function targetOf(step: ReviewStep, hit: HIT): Pick<ReviewAction, 'targetType' | 'targetId'> {
  return step.name === 'extend'
    ? { targetType: 'HIT', targetId: hit.id }
    : { targetType: 'Assignment', targetId: step.assignmentId }
}

async function take(tx: Write, hit: HIT, step: ReviewStep, terms: ReviewTerms, at: number): Promise<Taken> {
  if (step.name === 'extend') return takeExtension(tx, hit, terms.extension, at)
  const { assignmentId } = step
  const assignment = await assignments.lock(tx, assignmentId)
  if (assignment === undefined) throw new Error(`assignment ${assignmentId} vanished under review`)
  if (step.name === 'approve') {
    if (assignment.state === 'Approved') return { hit, result: 'Already approved' }
    const approved = await tx.attempt(async () => {
      const event = canApprove(assignment, false, false, at)
      return isFault(event) ? event : approve(tx, hit, assignment, event, at, terms.approveReason)
    })
    return isFault(approved) ? failed(hit, approved) : { hit: approved, result: 'Approved' }
  }
  if (assignment.state === 'Rejected') return { hit, result: 'Already rejected' }
  const rejected = await tx.attempt(
    async () => canReject(assignment) ?? reject(tx, hit, assignment, terms.rejectReason, at),
  )
  return isFault(rejected) ? failed(hit, rejected) : { hit: rejected, result: 'Rejected' }
}

async function takeExtension(
  tx: Write,
  hit: HIT,
  rule: ExtensionRule | undefined,
  at: number,
): Promise<Taken> {
  const room = rule === undefined ? 0 : rule.maximumAssignments - hit.maxAssignments
  if (rule === undefined || room <= 0) return { hit, result: 'Already at the maximum number of assignments' }
  const count = Math.min(rule.assignments, room)
  const expiresAt = Math.max(hit.expiresAt, at + rule.minimumTime * 1000)
  const extended = await tx.attempt(
    async () => canExtend(hit, count) ?? extend(tx, hit, count, expiresAt, at),
  )
  if (isFault(extended)) return failed(hit, extended)
  return { hit: extended, result: `Extended by ${count} assignment${count === 1 ? '' : 's'}` }
}

/** What a report says of the refusals that the acts know [qualifications 8.4]. */
const failures: Partial<Record<FaultName, string>> = {
  InvalidAssignmentState: 'Assignment was in an invalid state for this operation.',
  InsufficientFunds: 'This Requester has insufficient funds in their account to complete this transaction.',
  InvalidMaximumAssignmentsIncrease:
    'The HIT was created with fewer than 10 assignments, so its maximum must stay below 10.',
}

function failed(hit: HIT, { fault }: Fault): Taken {
  const result = failures[fault]
  if (result === undefined) throw new Error(`a review cannot be refused with ${fault}`)
  return { hit, result, errorCode: `AWS.MechanicalTurk.${fault}` }
}
