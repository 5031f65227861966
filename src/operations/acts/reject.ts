import { stateAfter, type Assignment } from '../../domain/assignment.ts'
import { holdPerAssignment, settled, type HIT } from '../../domain/hit.ts'
import { release, withEscrow } from '../../domain/ledger.ts'
import * as assignments from '../../store/assignments.ts'
import * as hits from '../../store/hits.ts'
import type { Write } from '../../store/tx.ts'
import * as workerAccounts from '../../store/worker-accounts.ts'
import * as events from '../events.ts'
import { recordRejection } from './keep-record.ts'
import { post } from './post.ts'

/**
 * Rejects submitted work at `at`: nobody is paid, the requester gets reward and fee back, the slot stays used
 * [hits 6.4, 7.2]. The HIT is locked and answered as it is afterwards.
 */
export async function reject(
  tx: Write,
  hit: HIT,
  assignment: Assignment,
  feedback: string,
  at: number,
): Promise<HIT> {
  const transfers = release(hit, holdPerAssignment(hit))
  await assignments.move(tx, assignment.state, {
    ...assignment,
    state: stateAfter(assignment.state, 'reject'),
    rejectedAt: at,
    feedback: feedback === '' ? undefined : feedback,
    dueAt: undefined,
  })
  const changed = settled(withEscrow({ ...hit, reviewed: hit.reviewed + 1 }, transfers), at)
  await hits.save(tx, changed)
  // Rows are locked in the order worker, requester.
  await workerAccounts.count(tx, assignment.workerId, { rejected: 1 })
  await recordRejection(tx, assignment)
  await post(tx, transfers, at)
  await events.write(tx, changed, at, { kind: 'AssignmentRejected', assignment })
  return changed
}
