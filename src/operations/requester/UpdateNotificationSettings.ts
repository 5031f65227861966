import { isFault } from '../../domain/fault.ts'
import { checkSpecification } from '../../domain/notification.ts'
import * as settings from '../../store/notification-settings.ts'
import { findOwnHITTypeOfHITs } from '../guards.ts'
import { requesterWriteChecked } from '../operation.ts'
import { readSpecification } from '../notification-parameters.ts'

/** Sets where the events of a HIT type go, switches them on or off, or both [notifications 2]. */
export const UpdateNotificationSettings = requesterWriteChecked(
  'UpdateNotificationSettings',
  ({ HITTypeId: hitTypeId, Notification, Active: active }, { privateDestinations: allowPrivate }) => {
    if (Notification === undefined) {
      if (active === undefined) return { fault: 'MissingParameters', parameter: 'Notification' }
      return { hitTypeId, active, specification: undefined }
    }
    const specification = readSpecification(Notification)
    const refusal = checkSpecification(specification, { allowPrivate, isTest: false })
    return refusal ?? { hitTypeId, active, specification }
  },
  async (tx, caller, { hitTypeId, active, specification }) => {
    const type = await findOwnHITTypeOfHITs(tx, caller, hitTypeId)
    if (isFault(type)) return type
    const existing = await settings.lock(tx, type.id)
    const wanted = specification ?? existing
    if (wanted === undefined) return { fault: 'MissingParameters', parameter: 'Notification' }
    await settings.put(tx, { ...wanted, hitTypeId, active: active ?? existing?.active ?? false })
    return {}
  },
)
