// Carries out what has fallen due, in order of due time: by the timers for the whole market, or for one HIT when an
// operation met it before the timers did. Each batch is one system operation in one transaction.
import { isFault } from '../../domain/fault.ts'
import { market, server } from '../../limits.ts'
import { listDue, listDueOfHIT, type DueItem } from '../../store/due.ts'
import { read, type SystemCaller, type WriteOperation } from '../operation.ts'
import type { Runner } from '../run.ts'
import { AbandonAssignments } from './AbandonAssignments.ts'
import { AutoApproveAssignments } from './AutoApproveAssignments.ts'
import { DisposeHITs } from './DisposeHITs.ts'
import { ExpireHITs } from './ExpireHITs.ts'

const caller: SystemCaller = { kind: 'system' }

const operations: Record<DueItem['kind'], WriteOperation<SystemCaller, readonly DueItem[], object>> = {
  abandon: AbandonAssignments,
  autoApprove: AutoApproveAssignments,
  expire: ExpireHITs,
  dispose: DisposeHITs,
}

const ListDue = read<SystemCaller, { until: number }, DueItem[]>('ListDue', (tx, _, { until }) =>
  listDue(tx, until, server.systemBatch),
)

const ListDueOfHIT = read<SystemCaller, { hitId: string }, DueItem[]>('ListDueOfHIT', (tx, _, { hitId }) =>
  listDueOfHIT(tx, hitId, tx.now, server.systemBatch),
)

/** The leading items of one kind and one requester: what one transaction carries out. */
function leadingRun(items: readonly DueItem[]): DueItem[] {
  const first = items[0]
  const end = items.findIndex((item) => item.kind !== first?.kind || item.requesterId !== first.requesterId)
  return items.slice(0, end === -1 ? items.length : end)
}

async function carryOut(runner: Runner, items: readonly DueItem[]): Promise<void> {
  for (let rest = items; rest.length > 0;) {
    const batch = leadingRun(rest)
    const operation = operations[batch[0]!.kind]
    await runner.run(operation, caller, batch, { at: batch.at(-1)!.at })
    rest = rest.slice(batch.length)
  }
}

/**
 * Carries out one list of due items of the market; answers how many there were. What they make due in turn (a
 * submission's auto-approval, a HIT's disposal) is found by the next call.
 */
export async function carryOutDue(runner: Runner, until: number): Promise<number> {
  const items = await runner.run(ListDue, caller, { until })
  if (isFault(items)) return 0
  // A batch can make a HIT due for disposal, no sooner than after its age: what lies beyond waits for the next look.
  const horizon = (items[0]?.at ?? 0) + market.disposalAge
  const ripe = items.filter((item) => item.at < horizon)
  await carryOut(runner, ripe)
  return ripe.length
}

/** Carries out everything that is due for one HIT now. */
export async function carryOutDueOfHIT(runner: Runner, hitId: string): Promise<void> {
  for (;;) {
    const items = await runner.run(ListDueOfHIT, caller, { hitId })
    if (isFault(items) || items.length === 0) return
    await carryOut(runner, items)
  }
}
