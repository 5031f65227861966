import { isFault } from '../../domain/fault.ts'
import { canMark } from '../../domain/hit.ts'
import * as hits from '../../store/hits.ts'
import { lockOwnHIT } from '../guards.ts'
import { requesterWrite } from '../operation.ts'

/** Marks a Reviewable HIT as Reviewing, or with Revert the other way; each value works one way only [hits 12.10]. */
export const UpdateHITReviewStatus = requesterWrite(
  'UpdateHITReviewStatus',
  async (tx, caller, { HITId, Revert }) => {
    const hit = await lockOwnHIT(tx, caller, HITId)
    if (isFault(hit)) return hit
    const revert = Revert === true
    const refusal = canMark(hit, revert)
    if (refusal) return refusal
    await hits.save(tx, { ...hit, status: revert ? 'Reviewable' : 'Reviewing' })
    return {}
  },
)
