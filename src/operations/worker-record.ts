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
import * as claims from '../store/claims.ts'
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
  /** The ids of the real service that he has claimed. */
  claims: readonly claims.Claim[]
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
  return findKnown(tx, workerId, (own) => findGranted(tx, workerId, own, customTypes(requirements)))
}

/** The worker's record, fit to judge the requirements of any type. WorkerDoesNotExist. */
export function findWholeRecord(tx: Read, workerId: string): Promise<KnownWorker | Fault> {
  return findKnown(tx, workerId, (own) => allGranted(tx, workerId, own))
}

async function findKnown(
  tx: Read,
  workerId: string,
  granted: (own: readonly claims.Claim[]) => Promise<KnownWorker['granted']>,
): Promise<KnownWorker | Fault> {
  const worker = await workers.find(tx, workerId)
  if (worker === undefined) return { fault: 'WorkerDoesNotExist', workerId }
  const account = await workerAccounts.find(tx, workerId)
  // One look by an index, which finds nothing for nearly everybody.
  const own = await claims.listOfWorker(tx, workerId)
  return {
    id: workerId,
    claims: own,
    granted: await granted(own),
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
  own: readonly claims.Claim[],
  typeIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (typeIds.length > market.requirements) return allGranted(tx, workerId, own)
  const granted = new Map<string, number>()
  for (const typeId of typeIds) {
    const qualification = await qualifications.find(tx, typeId, workerId)
    if (qualification?.status === 'Granted') granted.set(typeId, qualification.value)
    if (qualification !== undefined) continue
    for (const claim of own) {
      const claimed = await claims.findValue(tx, claim, workerId, typeId)
      if (claimed !== undefined) granted.set(typeId, claimed.value)
    }
  }
  return granted
}

/** What requesters granted him; what one of them granted to an id that he has claimed, where she told nothing of himself. */
async function allGranted(
  tx: Read,
  workerId: string,
  own: readonly claims.Claim[],
): Promise<ReadonlyMap<string, number>> {
  const granted = await qualifications.valuesOf(tx, workerId)
  for (const claim of own)
    for (const [typeId, value] of await claims.valuesOf(tx, claim, workerId)) granted.set(typeId, value)
  return granted
}

/** Those of the requesters who have blocked the worker, or an id that he has claimed with them. */
export async function listBlockers(
  tx: Read,
  worker: KnownWorker,
  requesterIds: ReadonlySet<string>,
): Promise<Set<string>> {
  const found = await blocks.listBlockers(tx, worker.id, requesterIds)
  for (const { requesterId, workerId } of worker.claims)
    if (requesterIds.has(requesterId) && (await blocks.isBlocked(tx, requesterId, workerId)))
      found.add(requesterId)
  return found
}

async function isBlocked(tx: Read, worker: KnownWorker, requesterId: string): Promise<boolean> {
  if (await blocks.isBlocked(tx, requesterId, worker.id)) return true
  const claim = worker.claims.find((one) => one.requesterId === requesterId)
  return claim !== undefined && blocks.isBlocked(tx, requesterId, claim.workerId)
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
  if (await isBlocked(tx, worker, type.requesterId)) return { fault: 'WorkerBlocked' }
  return meets(worker, 'accept', type) ? undefined : { fault: 'QualificationsNotMet' }
}
