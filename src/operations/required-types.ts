// What the requirements of new HITs and HIT types name [qualifications 4.5]: types of the system always, types of any
// requester while they are active.
import { isFault, type Fault } from '../domain/fault.ts'
import { isSystemType, type QualificationRequirement } from '../domain/qualification.ts'
import { canRequire } from '../domain/qualification-type.ts'
import * as qualificationTypes from '../store/qualification-types.ts'
import type { Read, Write } from '../store/tx.ts'
import { findQualificationType } from './qualification-type-parameters.ts'

type Requirements = readonly QualificationRequirement[]

/** The types of requesters that the requirements name, each once. */
export function customTypes(requirements: Requirements): string[] {
  const ids = new Set(requirements.map(({ qualificationTypeId }) => qualificationTypeId))
  return [...ids].filter((id) => !isSystemType(id))
}

/** QualificationTypeDoesNotExist when a requirement names a type that is not there. */
export async function checkTypesExist(tx: Read, requirements: Requirements): Promise<Fault | undefined> {
  for (const id of customTypes(requirements)) {
    const type = await findQualificationType(tx, id)
    if (isFault(type)) return type
  }
  return undefined
}

/**
 * InvalidQualificationTypeState when a type is not active. The types stay locked, so that no deletion overtakes the HIT
 * type that is made of them.
 */
export async function lockRequired(tx: Write, requirements: Requirements): Promise<Fault | undefined> {
  for (const id of customTypes(requirements).sort()) {
    const type = await qualificationTypes.lock(tx, id)
    if (type === undefined) return { fault: 'QualificationTypeDoesNotExist' }
    const refusal = canRequire(type)
    if (refusal) return refusal
  }
  return undefined
}
