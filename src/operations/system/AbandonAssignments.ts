import * as assignments from '../../store/assignments.ts'
import type { DueItem } from '../../store/due.ts'
import * as hits from '../../store/hits.ts'
import { releaseSlot } from '../acts/release-slot.ts'
import { write, type SystemCaller } from '../operation.ts'
import { whenExtended, type MadeDue } from './made-due.ts'
import { subjects } from './subjects.ts'

/** Ends open work whose deadline has passed [hits 6.2]. Items that were settled meanwhile are passed over. */
export const AbandonAssignments = write<SystemCaller, readonly DueItem[], MadeDue>(
  'AbandonAssignments',
  subjects,
  async (tx, _, items) => {
    let dueAt = Infinity
    for (const item of items) {
      if (item.at >= dueAt) break
      const hit = await hits.lock(tx, item.hitId)
      const assignment = await assignments.lock(tx, item.assignmentId ?? '')
      if (hit === undefined || assignment?.state !== 'open' || assignment.dueAt !== item.at) continue
      const released = await releaseSlot(tx, hit, assignment, 'abandon', item.at)
      dueAt = Math.min(dueAt, whenExtended(hit, released))
    }
    return { dueAt }
  },
)
