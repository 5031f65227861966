// Guards that many operations share: existence, then ownership, then overdue work [hits 11.6].
import { canRead, type Assignment } from '../domain/assignment.ts'
import { isFault, type Fault } from '../domain/fault.ts'
import type { HIT } from '../domain/hit.ts'
import type { HITType } from '../domain/hit-type.ts'
import * as assignments from '../store/assignments.ts'
import * as hitTypes from '../store/hit-types.ts'
import * as hits from '../store/hits.ts'
import type { Read, Write } from '../store/tx.ts'
import { refuseMissingAssignment, refuseMissingHIT, refuseMissingType } from './imported-guards.ts'
import type { RequesterCaller, WorkerCaller } from './operation.ts'
import { isDue, overdue, refuseOverdue } from './overdue.ts'

async function own(
  tx: Read,
  caller: RequesterCaller,
  hit: HIT | undefined,
  hitId: string,
): Promise<HIT | Fault> {
  if (hit === undefined) return refuseMissingHIT(tx, caller, hitId)
  if (hit.requesterId !== caller.requesterId) return { fault: 'PermissionDenied' }
  return (await refuseOverdue(tx, [hit])) ?? hit
}

/** The caller's HIT, true as of now. HITDoesNotExist, PermissionDenied, ImportedWork. */
export async function findOwnHIT(tx: Read, caller: RequesterCaller, hitId: string): Promise<HIT | Fault> {
  return own(tx, caller, await hits.find(tx, hitId), hitId)
}

/** The caller's HIT, locked and true as of now. HITDoesNotExist, PermissionDenied, ImportedWork. */
export async function lockOwnHIT(tx: Write, caller: RequesterCaller, hitId: string): Promise<HIT | Fault> {
  return own(tx, caller, await hits.lock(tx, hitId), hitId)
}

/**
 * Submitted work of the caller with its HIT, until the HIT is disposed of [hits 7.3]. AssignmentDoesNotExist,
 * PermissionDenied, HITDoesNotExist, InvalidAssignmentState, ImportedWork.
 */
export async function findReadableAssignment(
  tx: Read,
  caller: RequesterCaller,
  assignmentId: string,
): Promise<{ hit: HIT; assignment: Assignment } | Fault> {
  const assignment = await assignments.find(tx, assignmentId)
  if (assignment === undefined) return refuseMissingAssignment(tx, caller, assignmentId)
  const hit = await findOwnHIT(tx, caller, assignment.hitId)
  if (isFault(hit)) return hit
  if (hit.status === 'Disposed') return { fault: 'HITDoesNotExist', hitId: hit.id }
  return canRead(assignment) ?? { hit, assignment }
}

/** An assignment of the caller and its HIT, both locked. AssignmentDoesNotExist, PermissionDenied, ImportedWork. */
export async function lockOwnAssignment(
  tx: Write,
  caller: RequesterCaller,
  assignmentId: string,
): Promise<{ hit: HIT; assignment: Assignment } | Fault> {
  const found = await lockWithHIT(tx, assignmentId)
  if (isFault(found)) return refuseMissingAssignment(tx, caller, assignmentId)
  const { hit, assignment } = found
  if (assignment.requesterId !== caller.requesterId) return { fault: 'PermissionDenied' }
  // Work of others at this HIT may be overdue too; it does not bear on this assignment, nor on the HIT's state now.
  if (isDue(assignment, tx.now) || isDue(hit, tx.now)) return overdue([hit.id])
  return { hit, assignment }
}

/**
 * An assignment of the worker and its HIT, both locked, whatever has fallen due. AssignmentDoesNotExist,
 * AssignmentOfAnotherWorker.
 */
export async function lockHeldAssignment(
  tx: Write,
  caller: WorkerCaller,
  assignmentId: string,
): Promise<{ hit: HIT; assignment: Assignment } | Fault> {
  const found = await lockWithHIT(tx, assignmentId)
  if (isFault(found)) return found
  return found.assignment.workerId === caller.workerId ? found : { fault: 'AssignmentOfAnotherWorker' }
}

async function lockWithHIT(
  tx: Write,
  assignmentId: string,
): Promise<{ hit: HIT; assignment: Assignment } | Fault> {
  const hit = await hits.lockOfAssignment(tx, assignmentId)
  const assignment = hit && (await assignments.lock(tx, assignmentId))
  if (hit === undefined || assignment === undefined) return { fault: 'AssignmentDoesNotExist', assignmentId }
  return { hit, assignment }
}

/** The caller's HIT type; an unknown, foreign or deleted one is a wrong value of the parameter [hits 11.6, 12.3]. */
export async function findOwnHITType(
  tx: Read,
  caller: RequesterCaller,
  hitTypeId: string,
): Promise<HITType | Fault> {
  return ownHITType(tx, caller, hitTypeId, await hitTypes.findRegistered(tx, hitTypeId))
}

async function ownHITType(
  tx: Read,
  caller: RequesterCaller,
  hitTypeId: string,
  type: HITType | undefined,
): Promise<HITType | Fault> {
  if (type !== undefined && type.requesterId === caller.requesterId) return type
  return refuseMissingType(tx, caller, hitTypeId)
}

/** As findOwnHITType, but also a type that is deleted with a qualification type that it required: it may have HITs. */
export async function findOwnHITTypeOfHITs(
  tx: Read,
  caller: RequesterCaller,
  hitTypeId: string,
): Promise<HITType | Fault> {
  return ownHITType(tx, caller, hitTypeId, await hitTypes.find(tx, hitTypeId))
}

/** The type of a HIT. Throws when it is gone: every HIT has one. */
export async function typeOf(tx: Read, hit: HIT): Promise<HITType> {
  const type = await hitTypes.find(tx, hit.hitTypeId)
  if (type === undefined) throw new Error(`HIT ${hit.id} has no type`)
  return type
}
