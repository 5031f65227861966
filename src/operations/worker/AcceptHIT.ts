import { pacificDayStart } from '../../clock.ts'
import type { Assignment } from '../../domain/assignment.ts'
import { isFault, type Fault } from '../../domain/fault.ts'
import type { HIT } from '../../domain/hit.ts'
import type { HITType } from '../../domain/hit-type.ts'
import { market } from '../../limits.ts'
import * as assignments from '../../store/assignments.ts'
import { listAbandonedOfType } from '../../store/due.ts'
import * as hitTypes from '../../store/hit-types.ts'
import * as hits from '../../store/hits.ts'
import type { Write } from '../../store/tx.ts'
import * as workerAccounts from '../../store/worker-accounts.ts'
import * as workerGroups from '../../store/worker-groups.ts'
import { accept } from '../acts/accept.ts'
import { write, type WorkerCaller } from '../operation.ts'
import { overdue, refuseOverdue } from '../overdue.ts'
import { findWorkerRecord, refuseWorker } from '../worker-record.ts'

/** What to accept: any HIT of a group (HITGroupId or HITTypeId, as worker addresses carry them), or one HIT. */
export type AcceptInput = { groupId: string } | { hitId: string }

/**
 * Gives the worker a slot: of the named HIT, or of one of the group that he has not done [websites 1.5].
 * GroupDoesNotExist, WorkerSuspended, WorkerBlocked, QualificationsNotMet, QueueFull, DailyLimitReached, NoMoreHITs,
 * HITNotAvailable.
 */
export const AcceptHIT = write<WorkerCaller, AcceptInput, Assignment>(
  'AcceptHIT',
  (_, __, assignment) => assignment.id,
  async (tx, caller, input) => {
    const type = await findType(tx, input)
    if (isFault(type)) return type
    const worker = await findWorkerRecord(tx, caller.workerId, [type])
    if (isFault(worker)) return worker
    const refusal = await refuseWorker(tx, worker, type)
    if (refusal) return refusal
    const hit =
      'hitId' in input
        ? await lockNamed(tx, caller.workerId, type, input.hitId)
        : await lockAny(tx, caller.workerId, type)
    if (isFault(hit)) return hit
    const full = await refuseMore(tx, caller.workerId)
    if (full) return full
    return accept(tx, hit, type, caller.workerId, tx.now)
  },
)

async function findType(tx: Write, input: AcceptInput): Promise<HITType | Fault> {
  if ('groupId' in input) {
    return (await hitTypes.findByGroup(tx, input.groupId)) ?? { fault: 'GroupDoesNotExist' }
  }
  const hit = await hits.find(tx, input.hitId)
  const type = hit && (await hitTypes.find(tx, hit.hitTypeId))
  return type ?? { fault: 'HITDoesNotExist', hitId: input.hitId }
}

async function lockNamed(tx: Write, workerId: string, type: HITType, hitId: string): Promise<HIT | Fault> {
  const hit = await hits.lock(tx, hitId)
  if (hit === undefined) return { fault: 'HITDoesNotExist', hitId }
  // The HIT got another type before it was locked: its requirements and its time to work must be looked at again.
  if (hit.hitTypeId !== type.id) return overdue([hitId])
  const late = await refuseOverdue(tx, [hit])
  if (late) return late
  if (hit.status !== 'Assignable') return { fault: 'HITNotAvailable' }
  const held = await assignments.findLive(tx, hitId, workerId)
  return held === undefined ? hit : { fault: 'HITNotAvailable' }
}

async function lockAny(tx: Write, workerId: string, type: HITType): Promise<HIT | Fault> {
  // A worker who has had every HIT of the group need not be searched for: polling costs two rows.
  const all = await hitTypes.count(tx, type.id)
  if (all > 0 && (await workerGroups.done(tx, workerId, type.id)) < all) {
    const offer = await hits.lockOffer(tx, type.id, workerId)
    if (offer) return offer
  }
  // A slot that a missed deadline has freed counts, although the timers have not come to it yet.
  const abandoned = await listAbandonedOfType(tx, type.id)
  return abandoned.length > 0 ? overdue(abandoned) : { fault: 'NoMoreHITs' }
}

/** Why the worker may hold or begin no more: 25 at once, 3,800 a Pacific day [websites 1.13]. */
async function refuseMore(tx: Write, workerId: string): Promise<Fault | undefined> {
  const account = await workerAccounts.lock(tx, workerId)
  if (account.held >= market.queue) {
    // The counter still holds work past its deadline until the timers come by.
    const held = (await assignments.listOpen(tx, workerId)).length
    if (held >= market.queue) return { fault: 'QueueFull', held }
  }
  const dayStart = pacificDayStart(tx.now)
  const today = account.dayStart === dayStart ? account.acceptedToday : 0
  if (today >= market.acceptsPerDay) return { fault: 'DailyLimitReached' }
  await workerAccounts.setAcceptedToday(tx, workerId, dayStart, today + 1)
  return undefined
}
