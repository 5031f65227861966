// Payouts that workers want at regular times, carried out in order of due time between the other due work.
import { isFault } from '../../domain/fault.ts'
import { nextPayoutAt, type PayoutMethod } from '../../domain/payout.ts'
import { server } from '../../limits.ts'
import * as payoutMethods from '../../store/payout-methods.ts'
import { requestPayout } from '../acts/request-payout.ts'
import { read, system, write, type SystemCaller } from '../operation.ts'
import type { Runner } from '../run.ts'

/** A schedule whose time has come. */
export interface DueSchedule {
  workerId: string
  at: number
}

const ListDueSchedules = read<SystemCaller, { until: number; limit: number }, PayoutMethod[]>(
  'ListDueSchedules',
  (tx, _, { until, limit }) => payoutMethods.listDue(tx, until, limit),
)

/**
 * Asks for all of a worker's balance when that is enough; else the money waits for the next time. `tx.now` is the due
 * time, and the schedule moves on from it once, whoever comes first [websites 1.10].
 */
export const PayOnSchedule = write<SystemCaller, DueSchedule, { payoutId?: string }>(
  'PayOnSchedule',
  (_, { workerId }, { payoutId }) => payoutId ?? workerId,
  async (tx, _, { workerId, at }) => {
    const method = await payoutMethods.lock(tx, workerId)
    if (method === undefined) return {}
    if (!(await payoutMethods.takeTurn(tx, workerId, at, nextPayoutAt(at, method.days)))) return {}
    const payout = await requestPayout(tx, { method, amount: undefined, automatic: true })
    return isFault(payout) ? {} : { payoutId: payout.id }
  },
)

/** The schedule that was due first, at `until` or before; those of workers in `failures` stand aside. */
export async function nextDueSchedule(
  runner: Runner,
  until: number,
  failures: ReadonlyMap<string, unknown>,
): Promise<DueSchedule | undefined> {
  for (let limit = 1; ; limit = Math.max(limit * 2, server.systemBatch)) {
    const methods = await runner.run(ListDueSchedules, system, { until, limit })
    if (isFault(methods)) return undefined
    const first = methods.find(({ workerId }) => !failures.has(workerId))
    if (first?.nextAt !== undefined) return { workerId: first.workerId, at: first.nextAt }
    if (methods.length < limit) return undefined
  }
}

/** Pays on a schedule at its due time; a failure is noted, and the schedule stands aside until the next look. */
export async function payOnSchedule(
  runner: Runner,
  schedule: DueSchedule,
  failures: Map<string, unknown>,
): Promise<void> {
  try {
    await runner.run(PayOnSchedule, system, schedule, { at: schedule.at })
  } catch (error) {
    failures.set(schedule.workerId, error)
  }
}
