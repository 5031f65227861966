import type { DueItem } from '../../store/due.ts'
import * as hits from '../../store/hits.ts'
import { expire } from '../acts/expire.ts'
import { write, type SystemCaller } from '../operation.ts'
import { subjects } from './subjects.ts'

/** Gives back the money of free slots of HITs that have expired [hits 5.5]. */
export const ExpireHITs = write<SystemCaller, readonly DueItem[], object>(
  'ExpireHITs',
  subjects,
  async (tx, _, items) => {
    for (const item of items) {
      const hit = await hits.lock(tx, item.hitId)
      if (hit === undefined || !hit.slotsHeld || hit.expiresAt !== item.at) continue
      await expire(tx, hit, item.at)
    }
    return {}
  },
)
