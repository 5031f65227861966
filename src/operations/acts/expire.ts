import { available, holdPerAssignment, settled, type HIT } from '../../domain/hit.ts'
import { release, withEscrow } from '../../domain/ledger.ts'
import { times } from '../../domain/money.ts'
import * as hits from '../../store/hits.ts'
import type { Write } from '../../store/tx.ts'
import * as events from '../events.ts'
import { becomeReviewable, prepareReview } from './become-reviewable.ts'
import { post } from './post.ts'

/**
 * What follows when a HIT's expiration has passed, at `at`: the money of its free slots goes back to the requester,
 * open work goes on [hits 5.5, 9.2]. The HIT is locked.
 */
export async function expire(tx: Write, hit: HIT, at: number): Promise<HIT> {
  const amount = times(holdPerAssignment(hit), available(hit))
  if (amount === undefined) throw new Error(`the free slots of HIT ${hit.id} cost more than money can count`)
  const transfers = hit.slotsHeld ? release(hit, amount) : []
  const changed = settled({ ...withEscrow(hit, transfers), slotsHeld: false }, at)
  const policy = await prepareReview(tx, hit, changed)
  await post(tx, transfers, at)
  await hits.save(tx, changed)
  // Work that was all submitted before leaves nothing to expire; a second expiration finds no slots held.
  const isCutOff = hit.slotsHeld && hit.submitted < hit.maxAssignments
  if (isCutOff) await events.write(tx, changed, at, { kind: 'HITExpired' })
  return becomeReviewable(tx, hit, changed, policy, at)
}
