// What a worker may do: judged by his identity, which all markets share, and his counters in this one.
import type { Fault } from '../domain/fault.ts'
import type { HITType } from '../domain/hit-type.ts'
import { mayDo, systemValue, type Action, type WorkerRecord } from '../domain/qualification.ts'
import * as blocks from '../store/blocks.ts'
import type { Read } from '../store/tx.ts'
import * as workerAccounts from '../store/worker-accounts.ts'
import * as workers from '../store/workers.ts'

/** What is known of a worker when requirements are judged. */
export interface KnownWorker extends WorkerRecord {
  id: string
  suspended: boolean
}

/** The worker's record. WorkerDoesNotExist. */
export async function findWorkerRecord(tx: Read, workerId: string): Promise<KnownWorker | Fault> {
  const worker = await workers.find(tx, workerId)
  if (worker === undefined) return { fault: 'WorkerDoesNotExist', workerId }
  const account = await workerAccounts.find(tx, workerId)
  return {
    id: workerId,
    accepted: account.accepted,
    returned: account.returned,
    abandoned: account.abandoned,
    submitted: account.submitted,
    approved: account.approved,
    rejected: account.rejected,
    masters: account.masters,
    adult: account.adult,
    locale: worker.locale,
    suspended: worker.suspended,
  }
}

/** Whether the worker meets every requirement of the type that guards the action [qualifications 4.4]. */
export function meets(worker: KnownWorker, action: Action, type: HITType): boolean {
  return mayDo(action, type.requirements, (qualificationTypeId) => systemValue(worker, qualificationTypeId))
}

/** Why the worker may accept no HIT of the type at all. WorkerSuspended, WorkerBlocked, QualificationsNotMet. */
export async function refuseWorker(tx: Read, worker: KnownWorker, type: HITType): Promise<Fault | undefined> {
  if (worker.suspended) return { fault: 'WorkerSuspended' }
  if (await blocks.isBlocked(tx, type.requesterId, worker.id)) return { fault: 'WorkerBlocked' }
  return meets(worker, 'accept', type) ? undefined : { fault: 'QualificationsNotMet' }
}
