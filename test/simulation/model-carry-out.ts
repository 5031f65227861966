// What a review policy wants, done to the model: each step alone, with what its report says [qualifications 6.3, 8].
import { availableOf, costCents, submittedOf, type ModelAssignment, type ModelHIT } from './model-hit.ts'
import type { ModelMarket } from './model.ts'
import { compare, gradeByKey, type ModelExtension, type ModelFindings } from './model-review.ts'

const code = (name: string) => `Failed AWS.MechanicalTurk.${name}`

/** Approves work that is not reviewed at `at`, with its feedback if there is any. */
export function approveWork(
  market: ModelMarket,
  assignment: ModelAssignment,
  at: number,
  feedback = '',
): void {
  const { state } = assignment
  assignment.state = 'Approved'
  assignment.approvedAt = at
  if (feedback !== '') assignment.feedback = feedback
  market.moved(assignment, state)
  market.tell(assignment.hit, 'AssignmentApproved', at, assignment)
}

export function rejectWork(
  market: ModelMarket,
  assignment: ModelAssignment,
  at: number,
  feedback: string,
): void {
  assignment.state = 'Rejected'
  assignment.rejectedAt = at
  assignment.feedback = feedback === '' ? undefined : feedback
  market.moved(assignment, 'Submitted')
  market.tell(assignment.hit, 'AssignmentRejected', at, assignment)
}

function decide(
  market: ModelMarket,
  assignment: ModelAssignment,
  wanted: 'approve' | 'reject',
  reasons: { approveReason?: string; rejectReason: string },
  at: number,
): string {
  const aim = wanted === 'approve' ? 'Approved' : 'Rejected'
  if (assignment.state === aim) return 'Succeeded'
  if (assignment.state !== 'Submitted') return code('InvalidAssignmentState')
  if (wanted === 'approve') approveWork(market, assignment, at, reasons.approveReason)
  else rejectWork(market, assignment, at, reasons.rejectReason)
  return 'Succeeded'
}

function extend(market: ModelMarket, hit: ModelHIT, rule: ModelExtension, at: number): string {
  const more = Math.min(rule.step, rule.cap - hit.maxAssignments)
  if (more <= 0) return 'Succeeded'
  if (hit.firstAssignments < 10 && hit.maxAssignments + more >= 10)
    return code('InvalidMaximumAssignmentsIncrease')
  const expiresAt = Math.max(hit.expiresAt, at + rule.seconds * 1000)
  const reopens = hit.lapsed && expiresAt > at
  const slots = reopens ? availableOf(hit) + more : hit.lapsed ? 0 : more
  const cost = slots * costCents(hit)
  if (cost > 0 && cost > market.availableCents(market.requesters.get(hit.requesterId)!))
    return code('InsufficientFunds')
  hit.maxAssignments += more
  if (expiresAt > at) {
    hit.expiresAt = expiresAt
    hit.lapsed = false
  }
  market.tell(hit, 'HITExtended', at)
  return 'Succeeded'
}

function carryOut(
  market: ModelMarket,
  hit: ModelHIT,
  level: 'Assignment' | 'HIT',
  target: string,
  findings: ModelFindings,
  policy: { approveReason?: string; rejectReason: string; extension: ModelExtension | undefined },
  at: number,
): void {
  const { results, actions } = hit.reports[level]
  results.push(...findings.results)
  actions.push(`review ${target} Succeeded`)
  for (const { id, wanted } of findings.verdicts) {
    const assignment = market.assignments.get(id)!
    actions.push(`${wanted} ${id} ${decide(market, assignment, wanted, policy, at)}`)
  }
  if (findings.extends) actions.push(`extend ${hit.id} ${extend(market, hit, policy.extension!, at)}`)
}

/** What the policy of the assignment level does with work that was submitted at `at`. */
export function gradeSubmission(market: ModelMarket, assignment: ModelAssignment, at: number): void {
  const { hit, id, answers } = assignment
  const policy = hit.policies.known
  if (policy === undefined) return
  const findings = gradeByKey(policy, id, answers)
  assignment.knownScore = findings.score
  carryOut(market, hit, 'Assignment', id, findings, policy, at)
}

/** What the policy of the HIT level does with a HIT that became reviewable at `at`. */
export function judgeHIT(market: ModelMarket, hit: ModelHIT, at: number): void {
  const policy = hit.policies.plurality
  if (policy === undefined || submittedOf(hit) === 0) return
  const submissions = hit.assignments
    .filter(({ state }) => state === 'Submitted' || state === 'Approved' || state === 'Rejected')
    .sort((a, b) => a.submittedAt - b.submittedAt || (a.id < b.id ? -1 : 1))
    .map(({ id, answers, state, knownScore }) => ({
      id,
      answers,
      isRejected: state === 'Rejected',
      knownScore,
    }))
  const findings = compare(policy, hit.id, submissions)
  if (findings !== undefined) carryOut(market, hit, 'HIT', hit.id, findings, policy, at)
}
