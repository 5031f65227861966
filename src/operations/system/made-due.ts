// A policy that extends a HIT makes it due again, perhaps before other items of the same list. A batch ends there: what
// is left is listed anew, so that everything happens in order of due time [design 4].
import type { HIT } from '../../domain/hit.ts'

/** From when on a batch has left its items, because something that it did is due before them. */
export interface MadeDue {
  dueAt?: number
}

/** When the HIT is due again because it was given more time; never when it was not. */
export function whenExtended(before: HIT, after: HIT): number {
  return after.expiresAt > before.expiresAt ? (after.dueAt ?? Infinity) : Infinity
}
