import type { DueItem } from '../../store/due.ts'
import * as hits from '../../store/hits.ts'
import { expire } from '../acts/expire.ts'
import { write, type SystemCaller } from '../operation.ts'
import { whenExtended, type MadeDue } from './made-due.ts'
import { subjects } from './subjects.ts'

/** Gives back the money of free slots of HITs that have expired [hits 5.5]. */
export const ExpireHITs = write<SystemCaller, readonly DueItem[], MadeDue>(
  'ExpireHITs',
  subjects,
  async (tx, _, items) => {
    let dueAt = Infinity
    for (const item of items) {
      if (item.at >= dueAt) break
      const hit = await hits.lock(tx, item.hitId)
      if (hit === undefined || !hit.slotsHeld || hit.expiresAt !== item.at) continue
      dueAt = Math.min(dueAt, whenExtended(hit, await expire(tx, hit, item.at)))
    }
    return { dueAt }
  },
)
