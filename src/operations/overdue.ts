// State is a function of data and time. What fell due a moment ago may not have been carried out by the timers yet;
// an operation that meets such a HIT answers with this refusal, upon which the runner carries the due work out and
// runs the operation again. So guards and lists only ever judge rows that are true now.
import type { Fault } from '../domain/fault.ts'
import type { HIT } from '../domain/hit.ts'
import { hasOverdueAssignment } from '../store/due.ts'
import type { Read } from '../store/tx.ts'

/** A request to carry out first what is due for these HITs. */
export function overdue(hitIds: readonly string[]): Fault {
  return { fault: 'Busy', overdue: hitIds }
}

/** Whether something about the HIT has fallen due and is not carried out. */
export async function isOverdue(tx: Read, hit: HIT): Promise<boolean> {
  return (hit.dueAt !== undefined && hit.dueAt <= tx.now) || (await hasOverdueAssignment(tx, hit.id))
}

/** The refusal when any of the HITs is overdue. */
export async function refuseOverdue(tx: Read, hits: readonly HIT[]): Promise<Fault | undefined> {
  const late: string[] = []
  for (const hit of hits) if (await isOverdue(tx, hit)) late.push(hit.id)
  return late.length > 0 ? overdue(late) : undefined
}
