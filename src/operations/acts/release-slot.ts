import { stateAfter, type Assignment, type AssignmentEvent } from '../../domain/assignment.ts'
import { holdPerAssignment, settled, type HIT } from '../../domain/hit.ts'
import { release, withEscrow } from '../../domain/ledger.ts'
import * as assignments from '../../store/assignments.ts'
import * as hits from '../../store/hits.ts'
import type { Write } from '../../store/tx.ts'
import * as workerAccounts from '../../store/worker-accounts.ts'
import * as workerGroups from '../../store/worker-groups.ts'
import * as events from '../events.ts'
import { becomeReviewable, prepareReview } from './become-reviewable.ts'
import { post } from './post.ts'

/**
 * Ends open work without an answer at `at`: the worker gave it back, or its deadline passed. The slot is free again;
 * after the HIT's expiry it is not offered any more, and its money goes back [hits 5.5, 9.2]. The HIT is locked.
 */
export async function releaseSlot(
  tx: Write,
  hit: HIT,
  assignment: Assignment,
  event: Extract<AssignmentEvent, 'return' | 'abandon'>,
  at: number,
): Promise<HIT> {
  const transfers = hit.slotsHeld ? [] : release(hit, holdPerAssignment(hit))
  const state = stateAfter(assignment.state, event)
  await assignments.move(tx, assignment.state, { ...assignment, state, dueAt: undefined }, at)
  const changed = settled(withEscrow({ ...hit, pending: hit.pending - 1 }, transfers), at)
  await hits.saveRenewed(tx, changed, hit, at)
  // Rows are locked in the order worker, requester.
  await workerAccounts.count(tx, assignment.workerId, {
    [event === 'return' ? 'returned' : 'abandoned']: 1,
    held: -1,
  })
  await workerGroups.addToDone(tx, assignment.workerId, assignment.hitTypeId, -1)
  const policy = await prepareReview(tx, hit, changed)
  await post(tx, transfers, at)
  const kind = event === 'return' ? 'AssignmentReturned' : 'AssignmentAbandoned'
  await events.write(tx, changed, at, { kind, assignment })
  return becomeReviewable(tx, hit, changed, policy, at)
}
