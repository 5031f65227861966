import * as savedSearches from '../../store/saved-searches.ts'
import * as workerAccounts from '../../store/worker-accounts.ts'
import { setAlerts } from '../acts/set-alerts.ts'
import { write, type WorkerCaller } from '../operation.ts'
import { noSuchSearch } from './SaveSearch.ts'

/** Deletes a saved search, and with it its alerts. InvalidInput of `search` when he has no such one. */
export const DeleteSearch = write<WorkerCaller, { searchId: string }, object>(
  'DeleteSearch',
  (_, { searchId }) => searchId,
  async (tx, { workerId }, { searchId }) => {
    await workerAccounts.lock(tx, workerId)
    if (!(await savedSearches.remove(tx, workerId, searchId))) return noSuchSearch
    await setAlerts(tx, workerId)
    return {}
  },
)
