// What is not the market's own may be history that its requester brought in: it can be read, and nothing else
// (docs/decisions/0013). These looks come second, where the market's own tables have nothing.
import type { Fault } from '../domain/fault.ts'
import * as claims from '../store/claims.ts'
import * as imports from '../store/imported-lists.ts'
import * as qualifications from '../store/qualifications.ts'
import type { Read } from '../store/tx.ts'
import * as workers from '../store/workers.ts'
import type { RequesterCaller } from './operation.ts'

/** Why a HIT that the market does not have is refused: ImportedWork, PermissionDenied, HITDoesNotExist. */
export async function refuseMissingHIT(tx: Read, caller: RequesterCaller, hitId: string): Promise<Fault> {
  const hit = await imports.findHIT(tx, hitId)
  if (hit === undefined) return { fault: 'HITDoesNotExist', hitId }
  if (hit.requesterId !== caller.requesterId) return { fault: 'PermissionDenied' }
  return { fault: 'ImportedWork', of: 'HIT' }
}

/** The same of an assignment: ImportedWork, PermissionDenied, AssignmentDoesNotExist. */
export async function refuseMissingAssignment(
  tx: Read,
  caller: RequesterCaller,
  assignmentId: string,
): Promise<Fault> {
  const assignment = await imports.findAssignment(tx, assignmentId)
  if (assignment === undefined) return { fault: 'AssignmentDoesNotExist', assignmentId }
  if (assignment.requesterId !== caller.requesterId) return { fault: 'PermissionDenied' }
  return { fault: 'ImportedWork', of: 'assignment' }
}

/** The refusal of a HIT type that the caller does not have here; of an imported one it says what to do. */
export async function refuseMissingType(
  tx: Read,
  caller: RequesterCaller,
  hitTypeId: string,
): Promise<Fault> {
  const refused = { fault: 'InvalidParameterValue', parameter: 'HITTypeId', value: hitTypeId } as const
  if ((await imports.ownerOfType(tx, hitTypeId)) !== caller.requesterId) return refused
  const explanation =
    'It is the type of HITs that were brought in from the real service; make one with CreateHITType'
  return { ...refused, explanation }
}

/** Whether the refusal stands in the way of changes only. */
export const isImported = ({ fault }: Fault) => fault === 'ImportedWork'

/**
 * A worker to whom the requester may give and take scores and blocks: one of this market, or one whom only his imports
 * know. `reader` is who is told of it: nobody as long as no worker has claimed the id.
 */
export async function findKnownWorker(
  tx: Read,
  { requesterId }: RequesterCaller,
  workerId: string,
): Promise<{ reader: string | undefined } | undefined> {
  if (await workers.exists(tx, workerId)) return { reader: workerId }
  const imported = await imports.findWorker(tx, requesterId, workerId)
  return imported && { reader: imported.claimedBy }
}

/** The id of the real service that the worker has claimed with the requester. */
export async function findClaimedId(
  tx: Read,
  { requesterId }: RequesterCaller,
  workerId: string,
): Promise<string | undefined> {
  const own = await claims.listOfWorker(tx, workerId)
  return own.find((claim) => claim.requesterId === requesterId)?.workerId
}

/**
 * What the worker has, or had, of the requester's type: what he was told himself comes before what stands at an id that
 * he has claimed. `workerId` of the answer is the id at which it stands.
 */
export async function findStanding(
  tx: Read,
  caller: RequesterCaller,
  typeId: string,
  workerId: string,
): Promise<qualifications.Qualification | undefined> {
  const own = await qualifications.find(tx, typeId, workerId)
  if (own !== undefined) return own
  const earlierId = await findClaimedId(tx, caller, workerId)
  return earlierId === undefined ? undefined : qualifications.find(tx, typeId, earlierId)
}
