import { isFault, type Fault } from '../../domain/fault.ts'
import type { HITType, HITTypeProperties } from '../../domain/hit-type.ts'
import type { OperationOutput } from '../../model/operations.ts'
import type { Write } from '../../store/tx.ts'
import { createHIT } from '../acts/create-hit.ts'
import { registerType } from '../acts/register-type.ts'
import {
  checkHIT,
  firstFault,
  ignoredNames,
  typeFaults,
  typeProperties,
  type CheckedHIT,
} from '../hit-parameters.ts'
import { requesterWriteChecked, type RequesterCaller } from '../operation.ts'
import { once } from '../once.ts'
import { documentQuestion, layoutQuestion } from '../questions.ts'
import { checkTypesExist, lockRequired } from '../required-types.ts'
import { hitView } from '../views.ts'

/** Makes a HIT, and its HIT type unless the requester has an equal one [hits 12.1]. */
export const CreateHIT = {
  ignored: ignoredNames,
  ...requesterWriteChecked(
    'CreateHIT',
    async (input, settings): Promise<{ type: HITTypeProperties; hit: CheckedHIT } | Fault> => {
      const { faults, hit } = await checkHIT(input, settings)
      return (
        firstFault('CreateHIT', { ...typeFaults(input), ...faults }) ?? { type: typeProperties(input), hit }
      )
    },
    async (tx, caller, { type, hit }) => {
      const refusal = await checkTypesExist(tx, type.requirements)
      if (refusal) return refusal
      return createOnce(tx, caller, hit, async () => {
        const inactive = await lockRequired(tx, type.requirements)
        return inactive ?? registerType(tx, caller.requesterId, type)
      })
    },
  ),
}

/**
 * What both creating operations do once their type is known: layout, request token, state, funds [hits 11.6, 10].
 * Those of layoutQuestion and findType, HitAlreadyExists, InsufficientFunds.
 */
export async function createOnce(
  tx: Write,
  caller: RequesterCaller,
  hit: CheckedHIT,
  findType: () => Promise<HITType | Fault>,
): Promise<OperationOutput<'CreateHIT'> | Fault> {
  const { token } = hit
  const question =
    hit.question === undefined
      ? await layoutQuestion(tx, caller, hit.layoutId ?? '', hit.layoutParameters)
      : documentQuestion(hit.question)
  if (isFault(question)) return question
  const created = await once(tx, caller.requesterId, 'create', token, async () => {
    const type = await findType()
    if (isFault(type)) return type
    const made = await createHIT(tx, type, { ...hit, question: question.kept })
    return isFault(made) ? made : { id: made.id, view: hitView(made, type, question.shown) }
  })
  return isFault(created) ? created : { HIT: created.view }
}
