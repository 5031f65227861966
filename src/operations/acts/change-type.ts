import { isFault, type Fault } from '../../domain/fault.ts'
import { assignmentFee } from '../../domain/fees.ts'
import { available, holdPerAssignment, settled, type HIT } from '../../domain/hit.ts'
import type { HITType } from '../../domain/hit-type.ts'
import { hold, release, withEscrow } from '../../domain/ledger.ts'
import { times, type Cents } from '../../domain/money.ts'
import { needsMasters } from '../../domain/qualification.ts'
import * as hitTypes from '../../store/hit-types.ts'
import * as hits from '../../store/hits.ts'
import type { Write } from '../../store/tx.ts'
import { finishQualificationTypes } from './delete-qualification-type.ts'
import { post } from './post.ts'

/**
 * Gives an untouched HIT all properties of another type, and holds or releases the difference of reward and fee for
 * its slots [hits 12.11, 9.2]. InvalidParameterValue, InsufficientFunds. The HIT is locked.
 */
export async function changeType(tx: Write, hit: HIT, type: HITType): Promise<HIT | Fault> {
  const fee = assignmentFee(
    tx.settings.fees,
    type.reward,
    hit.firstAssignments,
    needsMasters(type.requirements),
  )
  const retyped: HIT = { ...hit, hitTypeId: type.id, reward: type.reward, fee }
  const before = times(holdPerAssignment(hit), available(hit))
  const after = times(holdPerAssignment(retyped), available(hit))
  if (before === undefined || after === undefined) return { fault: 'InsufficientFunds' }
  const transfers = !hit.slotsHeld
    ? []
    : after > before
      ? hold(hit, (after - before) as Cents)
      : release(hit, (before - after) as Cents)
  const left = await countMove(tx, hit.hitTypeId, type.id)
  if (isFault(left)) return left
  const refusal = await post(tx, transfers, tx.now)
  if (refusal) return refusal
  const changed = settled(withEscrow(retyped, transfers), tx.now)
  await hits.setType(tx, hit.id, type.id)
  await hits.save(tx, changed)
  tx.touches.changed(hit.hitTypeId)
  tx.touches.renewed(type.id, tx.now)
  if (left.wasLast) await finishQualificationTypes(tx, hit.hitTypeId)
  return changed
}

/** Counts the move; the types are locked in the order of their ids. InvalidParameterValue: the new one was deleted. */
async function countMove(tx: Write, fromId: string, toId: string): Promise<{ wasLast: boolean } | Fault> {
  const wasLastFirst = fromId < toId && (await hitTypes.removeHIT(tx, fromId))
  if (!(await hitTypes.addHIT(tx, toId)))
    return { fault: 'InvalidParameterValue', parameter: 'HITTypeId', value: toId }
  return { wasLast: wasLastFirst || (fromId > toId && (await hitTypes.removeHIT(tx, fromId))) }
}
