import { isFault } from '../../domain/fault.ts'
import { canChangeType } from '../../domain/hit.ts'
import { changeType } from '../acts/change-type.ts'
import { findOwnHITType, lockOwnHIT } from '../guards.ts'
import { requesterWrite } from '../operation.ts'

/** Gives an untouched HIT the properties of another type; the same type again changes nothing [hits 12.11]. */
export const UpdateHITTypeOfHIT = requesterWrite(
  'UpdateHITTypeOfHIT',
  async (tx, caller, { HITId, HITTypeId }) => {
    const type = await findOwnHITType(tx, caller, HITTypeId)
    if (isFault(type)) return type
    const hit = await lockOwnHIT(tx, caller, HITId)
    if (isFault(hit)) return hit
    const refusal = canChangeType(hit)
    if (refusal) return refusal
    if (hit.hitTypeId === type.id) return {}
    const changed = await changeType(tx, hit, type)
    return isFault(changed) ? changed : {}
  },
)
