import { isFault, type Fault } from '../../domain/fault.ts'
import { findOwnHITType } from '../guards.ts'
import { checkHIT, firstFault, ignoredNames, type CheckedHIT } from '../hit-parameters.ts'
import { requesterWriteChecked } from '../operation.ts'
import { lockRequired } from '../required-types.ts'
import { createOnce } from './CreateHIT.ts'

/** Makes a HIT of a registered type [hits 12.3]. */
export const CreateHITWithHITType = {
  ignored: ignoredNames,
  ...requesterWriteChecked(
    'CreateHITWithHITType',
    async (input, settings): Promise<{ hitTypeId: string; hit: CheckedHIT } | Fault> => {
      const { faults, hit } = await checkHIT(input, settings)
      return firstFault('CreateHITWithHITType', faults) ?? { hitTypeId: input.HITTypeId, hit }
    },
    async (tx, caller, { hitTypeId, hit }) => {
      const type = await findOwnHITType(tx, caller, hitTypeId)
      if (isFault(type)) return type
      return createOnce(tx, caller, hit, async () => (await lockRequired(tx, type.requirements)) ?? type)
    },
  ),
}
