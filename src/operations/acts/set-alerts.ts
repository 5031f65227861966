import { server } from '../../limits.ts'
import * as savedSearches from '../../store/saved-searches.ts'
import * as searchAlerts from '../../store/search-alerts.ts'
import type { Write } from '../../store/tx.ts'

/**
 * Puts a worker's alerts right after a change of his searches. `favouritesSince` is what holds from now on for his
 * favourite requesters; left out, it stays. His account is locked before.
 */
export async function setAlerts(
  tx: Write,
  workerId: string,
  change: { favouritesSince?: number | undefined } = {},
): Promise<void> {
  const before = await searchAlerts.lock(tx, workerId)
  const favouritesSince = 'favouritesSince' in change ? change.favouritesSince : before?.favouritesSince
  const searches = await savedSearches.list(tx, workerId)
  const isActive =
    favouritesSince !== undefined || searches.some(({ alertsSince }) => alertsSince !== undefined)
  if (before === undefined && !isActive) return
  const nextAt = tx.now + server.searches.lookInterval
  await searchAlerts.set(tx, { workerId, favouritesSince, isActive, nextAt })
}
