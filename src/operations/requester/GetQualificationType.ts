import { isFault } from '../../domain/fault.ts'
import { findSystemType } from '../../domain/system-qualification-types.ts'
import { requesterRead } from '../operation.ts'
import { findQualificationType } from '../qualification-type-parameters.ts'
import { qualificationTypeView, systemTypeView } from '../qualification-type-view.ts'

/** A type of anybody or of the system, unless it is deleted and gone [qualifications 3.3]. */
export const GetQualificationType = requesterRead(
  'GetQualificationType',
  async (tx, caller, { QualificationTypeId }) => {
    const ofSystem = findSystemType(QualificationTypeId)
    if (ofSystem) return { QualificationType: systemTypeView(ofSystem) }
    const type = await findQualificationType(tx, QualificationTypeId)
    if (isFault(type)) return type
    return { QualificationType: qualificationTypeView(type, caller.requesterId) }
  },
)
