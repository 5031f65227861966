import { isFault, type Fault } from '../../domain/fault.ts'
import type { HITType, HITTypeProperties } from '../../domain/hit-type.ts'
import type { OperationOutput } from '../../model/operations.ts'
import * as tokens from '../../store/tokens.ts'
import type { Write } from '../../store/tx.ts'
import { createHIT } from '../acts/create-hit.ts'
import { registerType } from '../acts/register-type.ts'
import {
  checkHIT,
  checkTypesExist,
  firstFault,
  typeFaults,
  typeProperties,
  type CheckedHIT,
} from '../hit-parameters.ts'
import { requesterWriteChecked, type RequesterCaller } from '../operation.ts'
import { hitView } from '../views.ts'

/** Makes a HIT, and its HIT type unless the requester has an equal one [hits 12.1]. */
export const CreateHIT = requesterWriteChecked(
  'CreateHIT',
  async (input, settings): Promise<{ type: HITTypeProperties; hit: CheckedHIT } | Fault> => {
    const { faults, hit } = await checkHIT(input, settings)
    return (
      firstFault('CreateHIT', { ...typeFaults(input), ...faults }) ?? { type: typeProperties(input), hit }
    )
  },
  async (tx, caller, { type, hit }) => {
    const refusal = checkTypesExist(type.requirements)
    if (refusal) return refusal
    return createOnce(tx, caller, hit, () => registerType(tx, caller.requesterId, type))
  },
)

/**
 * What both creating operations do once their type is known: layout, request token, funds [hits 11.6, 10].
 * HITLayoutDoesNotExist, HitAlreadyExists, InsufficientFunds.
 */
export async function createOnce(
  tx: Write,
  caller: RequesterCaller,
  hit: CheckedHIT,
  findType: () => Promise<HITType>,
): Promise<OperationOutput<'CreateHIT'> | Fault> {
  const { question, token } = hit
  if (question === undefined) return { fault: 'HITLayoutDoesNotExist', hitLayoutId: hit.layoutId ?? '' }
  if (token !== undefined) {
    const hitId = await tokens.findUse(tx, caller.requesterId, 'create', token)
    if (hitId !== undefined) return { fault: 'HitAlreadyExists', hitId }
  }
  const type = await findType()
  const created = await createHIT(tx, type, { ...hit, question })
  if (isFault(created)) return created
  if (token !== undefined) await tokens.claim(tx, caller.requesterId, 'create', token, created.id)
  return { HIT: hitView(created, type, question.text) }
}
