import type { Assignment } from '../../domain/assignment.ts'
import { settled, type HIT } from '../../domain/hit.ts'
import type { HITType } from '../../domain/hit-type.ts'
import * as assignments from '../../store/assignments.ts'
import * as hits from '../../store/hits.ts'
import type { Write } from '../../store/tx.ts'
import * as workerAccounts from '../../store/worker-accounts.ts'
import * as workerGroups from '../../store/worker-groups.ts'
import * as events from '../events.ts'

/**
 * Gives a free slot of the HIT to a worker at `at`; his time begins [hits 6.2]. The HIT is locked, assignable, and
 * not one that he holds or has done.
 */
export async function accept(
  tx: Write,
  hit: HIT,
  type: HITType,
  workerId: string,
  at: number,
): Promise<Assignment> {
  const deadline = at + type.duration * 1000
  const assignment: Assignment = {
    id: tx.ids.entity(at),
    hitId: hit.id,
    hitTypeId: hit.hitTypeId,
    requesterId: hit.requesterId,
    workerId,
    state: 'open',
    acceptedAt: at,
    deadline,
    submittedAt: undefined,
    autoApprovalAt: undefined,
    approvedAt: undefined,
    rejectedAt: undefined,
    feedback: undefined,
    dueAt: deadline,
  }
  await assignments.add(tx, assignment)
  await hits.save(tx, settled({ ...hit, pending: hit.pending + 1 }, at))
  await workerAccounts.count(tx, workerId, { accepted: 1, held: 1 })
  await workerGroups.addToDone(tx, workerId, hit.hitTypeId, 1)
  await events.write(tx, hit, at, { kind: 'AssignmentAccepted', assignment })
  return assignment
}
