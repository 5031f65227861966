import { stateAfter, type Assignment } from '../../domain/assignment.ts'
import type { Fault } from '../../domain/fault.ts'
import { settled, type HIT } from '../../domain/hit.ts'
import type { HITType } from '../../domain/hit-type.ts'
import * as answers from '../../store/answers.ts'
import * as assignments from '../../store/assignments.ts'
import * as hits from '../../store/hits.ts'
import type { Write } from '../../store/tx.ts'
import * as workerAccounts from '../../store/worker-accounts.ts'
import { approve } from './approve.ts'

/**
 * Takes in a worker's answer at `at`: open work becomes submitted and waits for review [hits 6.2]. With an
 * auto-approval delay of 0 it is approved in the same transaction [hits 6.3]. The HIT is locked.
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
  await workerAccounts.count(tx, assignment.workerId, { submitted: 1, held: -1 })
  const changed = settled({ ...hit, pending: hit.pending - 1, submitted: hit.submitted + 1 }, at)
  if (type.approvalDelay === 0) return approve(tx, changed, submitted, 'autoApprove', at)
  await hits.save(tx, changed)
  return changed
}
