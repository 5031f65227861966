// The worker's record, by day and by batch, kept by the acts that change his work or pay him [websites 1.8]. Each takes
// its place behind the change of the worker's account, whose row orders all that is written about him.
import { pacificDay } from '../../clock.ts'
import type { Assignment } from '../../domain/assignment.ts'
import type { Cents } from '../../domain/money.ts'
import type { Write } from '../../store/tx.ts'
import * as workerBatches from '../../store/worker-batches.ts'
import * as workerDays from '../../store/worker-days.ts'

/** Records that the worker submitted the assignment. */
export async function recordSubmission(tx: Write, assignment: Assignment): Promise<void> {
  const { workerId, hitTypeId } = assignment
  const at = submission(assignment)
  const changes = { submitted: 1, seconds: secondsWorked(assignment) }
  await workerDays.count(tx, workerId, pacificDay(at), changes)
  await workerBatches.count(tx, workerId, hitTypeId, at, changes)
}

/** Records that submitted work was approved at `at`, or work that had been rejected, and paid with `reward`. */
export async function recordApproval(
  tx: Write,
  assignment: Assignment,
  reward: Cents,
  at: number,
  isOverride: boolean,
): Promise<void> {
  const earned = Number(reward)
  const day = pacificDay(at)
  const isSameDay = day === pacificDay(submission(assignment))
  const review = isOverride ? { rejected: -1 } : { reviewed_seconds: secondsWorked(assignment) }
  const changes = { ...nothing, approved: 1, rewards: earned, ...review }
  await decide(tx, assignment, { ...changes, earned: isSameDay ? earned : 0 })
  if (!isSameDay && earned > 0) await workerDays.count(tx, assignment.workerId, day, { earned })
}

/** Records that submitted work was rejected. */
export function recordRejection(tx: Write, assignment: Assignment): Promise<void> {
  return decide(tx, assignment, { ...nothing, rejected: 1, reviewed_seconds: secondsWorked(assignment) })
}

/** Records that a bonus of `amount` was paid now. */
export async function recordBonus(tx: Write, assignment: Assignment, amount: Cents): Promise<void> {
  const { workerId, hitTypeId } = assignment
  const bonuses = Number(amount)
  await workerDays.count(tx, workerId, pacificDay(tx.now), { bonuses })
  await workerBatches.decide(tx, workerId, hitTypeId, { ...nothing, bonuses })
}

const nothing = { approved: 0, rejected: 0, rewards: 0, bonuses: 0, reviewed_seconds: 0, earned: 0 }

/** Counts a decision for the day of the submission and for the batch; both have their rows since then. */
async function decide(tx: Write, assignment: Assignment, changes: typeof nothing): Promise<void> {
  const { workerId, hitTypeId } = assignment
  await workerDays.decide(tx, workerId, pacificDay(submission(assignment)), changes)
  await workerBatches.decide(tx, workerId, hitTypeId, changes)
}

/** When the assignment was submitted. Throws when it was not: nothing else is decided or paid. */
function submission({ id, submittedAt }: Assignment): number {
  if (submittedAt === undefined) throw new Error(`assignment ${id} was not submitted`)
  return submittedAt
}

function secondsWorked(assignment: Assignment): number {
  // Towards zero, as the databases divide: two processes' clocks may differ by a little.
  return Math.trunc((submission(assignment) - assignment.acceptedAt) / 1000)
}
