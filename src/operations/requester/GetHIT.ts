import { isFault } from '../../domain/fault.ts'
import { findOwnHIT } from '../guards.ts'
import { isImported } from '../imported-guards.ts'
import { showImportedHIT } from '../imported-views.ts'
import { requesterRead } from '../operation.ts'
import { showHIT } from '../views.ts'

/** A HIT in whatever state, disposed ones and those that were brought in too [hits 12.5, client-contract W13]. */
export const GetHIT = requesterRead('GetHIT', async (tx, caller, { HITId }) => {
  const hit = await findOwnHIT(tx, caller, HITId)
  if (!isFault(hit)) return { HIT: await showHIT(tx, hit) }
  return isImported(hit) ? { HIT: await showImportedHIT(tx, HITId) } : hit
})
