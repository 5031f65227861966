import { isFault } from '../../domain/fault.ts'
import { findOwnHIT } from '../guards.ts'
import { requesterRead } from '../operation.ts'
import { showHIT } from '../views.ts'

/** A HIT in whatever state, disposed ones too [hits 12.5, client-contract W13]. */
export const GetHIT = requesterRead('GetHIT', async (tx, caller, { HITId }) => {
  const hit = await findOwnHIT(tx, caller, HITId)
  if (isFault(hit)) return hit
  return { HIT: await showHIT(tx, hit) }
})
