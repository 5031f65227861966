import { isFault } from '../../domain/fault.ts'
import { canExtend } from '../../domain/hit.ts'
import { checkCharacters, checkRange } from '../../domain/parameters.ts'
import { market } from '../../limits.ts'
import { addAssignments } from '../acts/extend.ts'
import { lockOwnHIT } from '../guards.ts'
import { once } from '../once.ts'
import { requesterWriteChecked } from '../operation.ts'

/** Adds assignments to a HIT; one made with fewer than 10 never reaches 10 [hits 12.4, 5.7]. */
export const CreateAdditionalAssignmentsForHIT = requesterWriteChecked(
  'CreateAdditionalAssignmentsForHIT',
  (input) =>
    // The backend's own name for the member is the one that shows in the text.
    checkRange('MaxAssignmentsIncrement', input.NumberOfAdditionalAssignments, market.assignments) ??
    checkCharacters('UniqueRequestToken', input.UniqueRequestToken ?? '') ??
    input,
  async (tx, caller, { HITId, NumberOfAdditionalAssignments: count, UniqueRequestToken: token }) => {
    const hit = await lockOwnHIT(tx, caller, HITId)
    if (isFault(hit)) return hit
    const extended = await once(
      tx,
      caller.requesterId,
      'extend',
      token,
      async () => canExtend(hit, count) ?? addAssignments(tx, hit, count, tx.now),
    )
    return isFault(extended) ? extended : {}
  },
)
