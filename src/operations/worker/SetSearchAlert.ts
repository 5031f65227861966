import * as savedSearches from '../../store/saved-searches.ts'
import * as workerAccounts from '../../store/worker-accounts.ts'
import { setAlerts } from '../acts/set-alerts.ts'
import { write, type WorkerCaller } from '../operation.ts'
import { noSuchSearch, refuseAlerts } from './SaveSearch.ts'

interface AlertChange {
  /** A saved search, or undefined for the favourite requesters. */
  searchId: string | undefined
  hasAlerts: boolean
}

/**
 * Switches mail about new groups on or off, for a saved search or for the favourite requesters. WorkerDoesNotExist;
 * InvalidInput of `alerts` when there is no address to send them to, of `search` when he has no such one.
 */
export const SetSearchAlert = write<WorkerCaller, AlertChange, object>(
  'SetSearchAlert',
  ({ workerId }, { searchId }) => searchId ?? workerId,
  async (tx, { workerId }, { searchId, hasAlerts }) => {
    const refusal = await refuseAlerts(tx, workerId, hasAlerts)
    if (refusal) return refusal
    await workerAccounts.lock(tx, workerId)
    const since = hasAlerts ? tx.now : undefined
    if (searchId === undefined) {
      await setAlerts(tx, workerId, { favouritesSince: since })
      return {}
    }
    if (!(await savedSearches.setAlerts(tx, workerId, searchId, since))) return noSuchSearch
    await setAlerts(tx, workerId)
    return {}
  },
)

/** Switches all mail about new groups off. */
export const StopAlerts = write<WorkerCaller, object, object>(
  'StopAlerts',
  ({ workerId }) => workerId,
  async (tx, { workerId }) => {
    await workerAccounts.lock(tx, workerId)
    await savedSearches.silence(tx, workerId)
    await setAlerts(tx, workerId, { favouritesSince: undefined })
    return {}
  },
)
