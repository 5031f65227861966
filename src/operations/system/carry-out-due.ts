// Carries out what has fallen due, in order of due time: by the timers for the whole market, or for one HIT when an
// operation met it before the timers did. Each batch is one system operation in one transaction.
import { isFault } from '../../domain/fault.ts'
import { market, server } from '../../limits.ts'
import { listDue, listDueOfHIT, type DueItem } from '../../store/due.ts'
import { read, system, type SystemCaller, type WriteOperation } from '../operation.ts'
import type { Runner } from '../run.ts'
import { AbandonAssignments } from './AbandonAssignments.ts'
import { AutoApproveAssignments } from './AutoApproveAssignments.ts'
import { DisposeHITs } from './DisposeHITs.ts'
import { ExpireHITs } from './ExpireHITs.ts'
import type { MadeDue } from './made-due.ts'

const operations: Record<DueItem['kind'], WriteOperation<SystemCaller, readonly DueItem[], MadeDue>> = {
  abandon: AbandonAssignments,
  autoApprove: AutoApproveAssignments,
  expire: ExpireHITs,
  dispose: DisposeHITs,
}

const ListDue = read<SystemCaller, { until: number; limit: number }, DueItem[]>(
  'ListDue',
  (tx, _, { until, limit }) => listDue(tx, until, limit),
)

const ListDueOfHIT = read<SystemCaller, { hitId: string }, DueItem[]>('ListDueOfHIT', (tx, _, { hitId }) =>
  listDueOfHIT(tx, hitId, tx.now, server.systemBatch),
)

/** The leading items of one kind and one requester: what one transaction carries out. */
function leadingRun(items: readonly DueItem[], limit: number): DueItem[] {
  const first = items[0]
  const end = items.findIndex((item) => item.kind !== first?.kind || item.requesterId !== first.requesterId)
  return items.slice(0, Math.min(end === -1 ? items.length : end, limit))
}

/** Carries a batch out; answers until when the rest of the list is still in order. */
async function carryOutBatch(runner: Runner, batch: readonly DueItem[]): Promise<number> {
  const operation = operations[batch[0]!.kind]
  const output = await runner.run(operation, system, batch, { at: batch.at(-1)!.at })
  return (isFault(output) ? undefined : output.dueAt) ?? Infinity
}

const until = (items: readonly DueItem[], dueAt: number) => items.filter(({ at }) => at < dueAt)

async function carryOut(runner: Runner, items: readonly DueItem[]): Promise<void> {
  for (let rest = items; rest.length > 0;) {
    const batch = leadingRun(rest, runner.dueAtOnce)
    const dueAt = await carryOutBatch(runner, batch)
    rest = until(rest.slice(batch.length), dueAt)
  }
}

/** HITs whose due work has failed, with what was thrown: they stand aside until the next look. */
export type Failures = Map<string, unknown>

/** As carryOut, but a batch that fails stops nothing: its items are tried one by one, and those that fail are noted. */
async function carryOutAside(runner: Runner, items: readonly DueItem[], failures: Failures): Promise<void> {
  for (let rest = items; rest.length > 0;) {
    const batch = leadingRun(rest, runner.dueAtOnce)
    let dueAt = Infinity
    try {
      dueAt = await carryOutBatch(runner, batch)
    } catch (error) {
      // Without a database nothing can be carried out: then this throws, and the next look begins anew.
      await runner.run(ListDueOfHIT, system, { hitId: batch[0]!.hitId })
      if (batch.length === 1) failures.set(batch[0]!.hitId, error)
      else for (const item of batch) await carryOutAside(runner, aside([item], failures), failures)
    }
    rest = aside(until(rest.slice(batch.length), dueAt), failures)
  }
}

// What falls due later for the same HIT may build on what failed.
const aside = (items: readonly DueItem[], failures: Failures) =>
  items.filter(({ hitId }) => !failures.has(hitId))

/**
 * Carries out one list of due items of the market; answers how many there were. What they make due in turn (a
 * submission's auto-approval, a HIT's disposal) is found by the next call. HITs in `failures` are passed over, and
 * those that fail now are added to them.
 */
export async function carryOutDue(runner: Runner, until: number, failures: Failures): Promise<number> {
  const items = await listRipe(runner, until, failures)
  // A batch can make a HIT due for disposal, no sooner than after its age: what lies beyond waits for the next look.
  const horizon = (items[0]?.at ?? 0) + market.disposalAge
  const ripe = items.filter((item) => item.at < horizon)
  await carryOutAside(runner, ripe, failures)
  if (ripe[0] !== undefined) await noteUnchanged(runner, ripe[0], failures)
  return ripe.length
}

/** What is still due after it was carried out would be so for ever: a bug, which must not stop everything behind it. */
async function noteUnchanged(runner: Runner, done: DueItem, failures: Failures): Promise<void> {
  const left = await listRipe(runner, done.at, failures)
  if (left.some((item) => isSame(item, done))) failures.set(done.hitId, unchanged(done))
}

const isSame = (one: DueItem, other: DueItem) =>
  one.kind === other.kind &&
  one.hitId === other.hitId &&
  one.assignmentId === other.assignmentId &&
  one.at === other.at

const unchanged = ({ kind, hitId, assignmentId }: DueItem) =>
  new Error(`carried out and still due: ${kind} of HIT ${hitId}, assignment ${assignmentId ?? 'none'}`)

/** The earliest due items that do not stand aside, however many do. */
async function listRipe(runner: Runner, until: number, failures: Failures): Promise<DueItem[]> {
  for (let limit = server.systemBatch; ; limit *= 2) {
    const items = await runner.run(ListDue, system, { until, limit })
    if (isFault(items)) return []
    const ripe = aside(items, failures)
    if (ripe.length > 0 || items.length < limit) return ripe
  }
}

/** Carries out everything that is due for one HIT now. */
export async function carryOutDueOfHIT(runner: Runner, hitId: string): Promise<void> {
  for (let done: DueItem | undefined; ;) {
    const items = await runner.run(ListDueOfHIT, system, { hitId })
    if (isFault(items) || items[0] === undefined) return
    if (done !== undefined && isSame(items[0], done)) throw unchanged(done)
    done = items[0]
    await carryOut(runner, items)
  }
}
