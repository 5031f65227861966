// Guards that the operations about grants and requests share: existence, then ownership [hits 11.6].
import type { Fault } from '../domain/fault.ts'
import type { QualificationRequest } from '../domain/qualification-request.ts'
import { isGone, type QualificationType } from '../domain/qualification-type.ts'
import { isSystemType } from '../domain/qualification.ts'
import * as requests from '../store/qualification-requests.ts'
import * as types from '../store/qualification-types.ts'
import type { Read, Write } from '../store/tx.ts'
import type { RequesterCaller } from './operation.ts'

/**
 * The caller's own type, Disposing ones too. QualificationTypeDoesNotExist; PermissionDenied for those of others and of
 * the system [qualifications 3, 5].
 */
export async function findOwnQualificationType(
  tx: Read,
  caller: RequesterCaller,
  qualificationTypeId: string,
): Promise<QualificationType | Fault> {
  if (isSystemType(qualificationTypeId)) return { fault: 'PermissionDenied' }
  const type = await types.find(tx, qualificationTypeId)
  if (type === undefined || isGone(type)) return { fault: 'QualificationTypeDoesNotExist' }
  return type.requesterId === caller.requesterId ? type : { fault: 'PermissionDenied' }
}

/** A request for one of the caller's types, locked. QualificationRequestDoesNotExist, PermissionDenied. */
export async function lockOwnRequest(
  tx: Write,
  caller: RequesterCaller,
  qualificationRequestId: string,
): Promise<QualificationRequest | Fault> {
  const request = await requests.lock(tx, qualificationRequestId)
  if (request === undefined) return { fault: 'QualificationRequestDoesNotExist' }
  return request.requesterId === caller.requesterId ? request : { fault: 'PermissionDenied' }
}

/** The type of a request. Throws when it is missing: types are never taken out. */
export async function typeOfRequest(tx: Read, request: QualificationRequest): Promise<QualificationType> {
  const type = await types.find(tx, request.qualificationTypeId)
  if (type === undefined) throw new Error(`request ${request.id} has no type`)
  return type
}
