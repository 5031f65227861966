import { stateAfter, type Assignment, type AssignmentEvent } from '../../domain/assignment.ts'
import type { Fault } from '../../domain/fault.ts'
import { holdPerAssignment, settled, type HIT } from '../../domain/hit.ts'
import { hold, payment, withEscrow } from '../../domain/ledger.ts'
import * as assignments from '../../store/assignments.ts'
import * as hits from '../../store/hits.ts'
import type { Write } from '../../store/tx.ts'
import * as workerAccounts from '../../store/worker-accounts.ts'
import * as events from '../events.ts'
import { recordApproval } from './keep-record.ts'
import { post } from './post.ts'

/**
 * Approves an assignment at `at`: reward to the worker, fee to the operator [hits 7.1]. An override first takes the
 * money from the requester again and may be refused with InsufficientFunds. `feedback` replaces an earlier one when
 * it is given. The HIT is locked and answered as it is afterwards.
 */
export async function approve(
  tx: Write,
  hit: HIT,
  assignment: Assignment,
  event: Extract<AssignmentEvent, 'approve' | 'autoApprove' | 'override'>,
  at: number,
  feedback?: string,
): Promise<HIT | Fault> {
  const isOverride = event === 'override'
  const transfers = [
    ...(isOverride ? hold(hit, holdPerAssignment(hit)) : []),
    ...payment(hit, assignment.id, assignment.workerId),
  ]
  // Rows are locked in the order worker, requester.
  await workerAccounts.count(tx, assignment.workerId, {
    approved: 1,
    rejected: isOverride ? -1 : 0,
    rewards: Number(hit.reward),
  })
  await recordApproval(tx, assignment, hit.reward, at, isOverride)
  const refusal = await post(tx, transfers, at)
  if (refusal) return refusal
  await assignments.move(tx, assignment.state, {
    ...assignment,
    state: stateAfter(assignment.state, event),
    approvedAt: at,
    feedback: feedback === undefined || feedback === '' ? assignment.feedback : feedback,
    dueAt: undefined,
  })
  const reviewed = hit.reviewed + (isOverride ? 0 : 1)
  const changed = settled(withEscrow({ ...hit, reviewed }, transfers), at)
  await hits.save(tx, changed)
  await events.write(tx, changed, at, { kind: 'AssignmentApproved', assignment })
  return changed
}
