import { isFault } from '../../domain/fault.ts'
import { canDelete } from '../../domain/hit.ts'
import { dispose } from '../acts/dispose.ts'
import { lockOwnHIT } from '../guards.ts'
import { requesterWrite } from '../operation.ts'

/** Disposes of a HIT that nobody can accept or holds and whose work is all reviewed [hits 12.12]. */
export const DeleteHIT = requesterWrite('DeleteHIT', async (tx, caller, { HITId }) => {
  const hit = await lockOwnHIT(tx, caller, HITId)
  if (isFault(hit)) return hit
  const refusal = canDelete(hit)
  if (refusal) return refusal
  await dispose(tx, hit, tx.now)
  return {}
})
