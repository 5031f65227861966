// State is a function of data and time. What fell due a moment ago may not have been carried out by the timers yet;
// an operation that meets such a HIT answers with this refusal, upon which the runner carries the due work out and
// runs the operation again. So guards and lists only ever judge rows that are true now.
import type { Fault } from '../domain/fault.ts'
import type { HIT } from '../domain/hit.ts'
import { server } from '../limits.ts'
import { hasOverdueAssignment, listOverdueOfRequester } from '../store/due.ts'
import type { Read } from '../store/tx.ts'

/** A request to carry out first what is due for these HITs. */
export function overdue(hitIds: readonly string[]): Fault {
  return { fault: 'Busy', overdue: hitIds }
}

/** Whether the moment at which a HIT or an assignment itself needs the timers has come. */
export function isDue({ dueAt }: { dueAt: number | undefined }, now: number): boolean {
  return dueAt !== undefined && dueAt <= now
}

/** Whether something about the HIT has fallen due and is not carried out. */
export async function isOverdue(tx: Read, hit: HIT): Promise<boolean> {
  return isDue(hit, tx.now) || (await hasOverdueAssignment(tx, hit.id))
}

async function lateAmong(tx: Read, hits: readonly HIT[]): Promise<string[]> {
  const late: string[] = []
  for (const hit of hits) if (await isOverdue(tx, hit)) late.push(hit.id)
  return late
}

/** The refusal when any of the HITs is overdue. */
export async function refuseOverdue(tx: Read, hits: readonly HIT[]): Promise<Fault | undefined> {
  const late = await lateAmong(tx, hits)
  return late.length > 0 ? overdue(late) : undefined
}

/**
 * The refusal when any HIT of a page is overdue. The page's own come first, so that however much is late the page is
 * true in the end; others of the requester follow, because HITs old enough to be disposed of make room for them.
 */
export async function refuseOverduePage(
  tx: Read,
  requesterId: string,
  page: readonly HIT[],
): Promise<Fault | undefined> {
  const late = await lateAmong(tx, page)
  if (late.length === 0) return undefined
  const others = await listOverdueOfRequester(tx, requesterId, server.systemBatch)
  return overdue([...new Set([...late, ...others])].slice(0, server.systemBatch))
}
