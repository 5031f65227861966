import { registerType } from '../acts/register-type.ts'
import { firstFault, typeFaults, typeProperties } from '../hit-parameters.ts'
import { requesterWriteChecked } from '../operation.ts'
import { checkTypesExist, lockRequired } from '../required-types.ts'

/** Registers a HIT type; an equal one that the requester has is given back [hits 12.2, 5.10]. */
export const CreateHITType = requesterWriteChecked(
  'CreateHITType',
  (input) => firstFault('CreateHITType', typeFaults(input)) ?? typeProperties(input),
  async (tx, caller, properties) => {
    const { requirements } = properties
    const refusal = (await checkTypesExist(tx, requirements)) ?? (await lockRequired(tx, requirements))
    if (refusal) return refusal
    const type = await registerType(tx, caller.requesterId, properties)
    return { HITTypeId: type.id }
  },
)
