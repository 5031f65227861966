// What a worker may do: judged by his identity, which all markets share, and by his counters and what requesters
// granted him in this one.
import type { Fault } from '../domain/fault.ts'
import type { HITType } from '../domain/hit-type.ts'
import {
  isSystemType,
  mayDo,
  systemValue,
  type Action,
  type QualificationValue,
  type WorkerRecord,
} from '../domain/qualification.ts'
import * as blocks from '../store/blocks.ts'
import * as qualifications from '../store/qualifications.ts'
import { market } from '../limits.ts'
import type { Read } from '../store/tx.ts'
import * as workerAccounts from '../store/worker-accounts.ts'
import * as workers from '../store/workers.ts'
import { customTypes } from './required-types.ts'

/** What is known of a worker when requirements are judged. */
export interface KnownWorker extends WorkerRecord {
  id: string
  suspended: boolean
  /** His values of the types of requesters that were asked about. */
  granted: ReadonlyMap<string, number>
}

/** The worker's record, fit to judge the requirements of `types`. WorkerDoesNotExist. */
export async function findWorkerRecord(
  tx: Read,
  workerId: string,
  types: readonly HITType[],
): Promise<KnownWorker | Fault> {
  const requirements = types.flatMap((type) => type.requirements)
  return findKnown(tx, workerId, () => findGranted(tx, workerId, customTypes(requirements)))
}

/** The worker's record, fit to judge the requirements of any type. WorkerDoesNotExist. */
export function findWholeRecord(tx: Read, workerId: string): Promise<KnownWorker | Fault> {
  return findKnown(tx, workerId, () => qualifications.valuesOf(tx, workerId))
}

async function findKnown(
  tx: Read,
  workerId: string,
  granted: () => Promise<KnownWorker['granted']>,
): Promise<KnownWorker | Fault> {
  const worker = await workers.find(tx, workerId)
  if (worker === undefined) return { fault: 'WorkerDoesNotExist', workerId }
  const account = await workerAccounts.find(tx, workerId)
  return {
    id: workerId,
    granted: await granted(),
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

/** Most HIT types require none of them, and few more than one or two: only a long list is worth reading all he has. */
async function findGranted(
  tx: Read,
  workerId: string,
  typeIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (typeIds.length > market.requirements) return qualifications.valuesOf(tx, workerId)
  const granted = new Map<string, number>()
  for (const typeId of typeIds) {
    const qualification = await qualifications.find(tx, typeId, workerId)
    if (qualification?.status === 'Granted') granted.set(typeId, qualification.value)
  }
  return granted
}

/** The worker's value of any type. */
export function valueOf(worker: KnownWorker, typeId: string): QualificationValue {
  return isSystemType(typeId) ? systemValue(worker, typeId) : worker.granted.get(typeId)
}

/** Whether the worker meets every requirement of the type that guards the action [qualifications 4.4]. */
export function meets(worker: KnownWorker, action: Action, type: HITType): boolean {
  return mayDo(action, type.requirements, (typeId) => valueOf(worker, typeId))
}

/** Why the worker may accept no HIT of the type at all. WorkerSuspended, WorkerBlocked, QualificationsNotMet. */
export async function refuseWorker(tx: Read, worker: KnownWorker, type: HITType): Promise<Fault | undefined> {
  if (worker.suspended) return { fault: 'WorkerSuspended' }
  if (await blocks.isBlocked(tx, type.requesterId, worker.id)) return { fault: 'WorkerBlocked' }
  return meets(worker, 'accept', type) ? undefined : { fault: 'QualificationsNotMet' }
}
