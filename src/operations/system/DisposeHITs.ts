import type { DueItem } from '../../store/due.ts'
import * as hits from '../../store/hits.ts'
import { dispose } from '../acts/dispose.ts'
import { write, type SystemCaller } from '../operation.ts'
import { subjects } from './subjects.ts'

/** Disposes of HITs that have been reviewable for 120 days [hits 5.8]. */
export const DisposeHITs = write<SystemCaller, readonly DueItem[], object>(
  'DisposeHITs',
  subjects,
  async (tx, _, items) => {
    for (const item of items) {
      const hit = await hits.lock(tx, item.hitId)
      if (hit?.reviewableAt === undefined || hit.dueAt !== item.at) continue
      // Auto-approval comes within 30 days of a submission, so work is reviewed long before.
      if (hit.reviewed < hit.submitted)
        throw new Error(`HIT ${hit.id} is due for disposal with unreviewed work`)
      await dispose(tx, hit, item.at)
    }
    return {}
  },
)
