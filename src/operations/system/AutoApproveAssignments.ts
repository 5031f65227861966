import * as assignments from '../../store/assignments.ts'
import type { DueItem } from '../../store/due.ts'
import * as hits from '../../store/hits.ts'
import { approve } from '../acts/approve.ts'
import { write, type SystemCaller } from '../operation.ts'
import { subjects } from './subjects.ts'

/** Approves submitted work whose auto-approval time has come [hits 6.3]. Items that were reviewed meanwhile are passed over. */
export const AutoApproveAssignments = write<SystemCaller, readonly DueItem[], object>(
  'AutoApproveAssignments',
  subjects,
  async (tx, _, items) => {
    for (const item of items) {
      const hit = await hits.lock(tx, item.hitId)
      const assignment = await assignments.lock(tx, item.assignmentId ?? '')
      if (hit === undefined || assignment?.state !== 'Submitted' || assignment.dueAt !== item.at) continue
      await approve(tx, hit, assignment, 'autoApprove', item.at)
    }
    return {}
  },
)
