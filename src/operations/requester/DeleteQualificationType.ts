import { isFault } from '../../domain/fault.ts'
import { canChangeQualificationType } from '../../domain/qualification-type.ts'
import { deleteQualificationType } from '../acts/delete-qualification-type.ts'
import { requesterWrite } from '../operation.ts'
import { lockOwnQualificationType } from '../qualification-type-parameters.ts'

/** Deletes a type and the HIT types that require it; a second time is refused for ever [qualifications 3.5]. */
export const DeleteQualificationType = requesterWrite(
  'DeleteQualificationType',
  async (tx, caller, { QualificationTypeId }) => {
    const type = await lockOwnQualificationType(tx, caller, QualificationTypeId)
    if (isFault(type)) return type
    const refusal = canChangeQualificationType(type)
    if (refusal) return refusal
    await deleteQualificationType(tx, type)
    return {}
  },
)
