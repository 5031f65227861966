import type { QualificationType } from '../../domain/qualification-type.ts'
import * as hitTypes from '../../store/hit-types.ts'
import * as qualificationTypes from '../../store/qualification-types.ts'
import type { Write } from '../../store/tx.ts'

/**
 * Deletes a type: no HIT or HIT type can require it any more, its pending requests are rejected, and with the last HIT
 * that requires it, it is gone and its name free [qualifications 3.5]. What workers have of it stays. It is locked.
 */
export async function deleteQualificationType(tx: Write, type: QualificationType): Promise<void> {
  await hitTypes.deleteRequiring(tx, type.id)
  await qualificationTypes.rejectRequests(tx, type.id)
  // Only now, when the HIT types are locked and no HIT can be added to them, does it count whether there is one.
  const status = (await hitTypes.isRequired(tx, type.id)) ? 'Disposing' : 'Disposed'
  await qualificationTypes.save(tx, { ...type, status })
}

/** After the last HIT of a deleted HIT type: the deleted types that it required are gone unless others need them. */
export async function finishQualificationTypes(tx: Write, hitTypeId: string): Promise<void> {
  const hitType = await hitTypes.find(tx, hitTypeId)
  const ids = new Set(hitType?.requirements.map(({ qualificationTypeId }) => qualificationTypeId))
  for (const id of [...ids].sort()) {
    // Locked before the look: of two last HITs that go at the same moment, the second sees that the first is gone.
    const type = await qualificationTypes.lock(tx, id)
    if (type?.status !== 'Disposing' || (await hitTypes.isRequired(tx, id))) continue
    await qualificationTypes.save(tx, { ...type, status: 'Disposed' })
  }
}
