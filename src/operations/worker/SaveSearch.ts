import type { Fault } from '../../domain/fault.ts'
import { tidyName, type SavedFilters } from '../../domain/saved-search.ts'
import { server } from '../../limits.ts'
import * as requesters from '../../store/requesters.ts'
import * as savedSearches from '../../store/saved-searches.ts'
import type { Write } from '../../store/tx.ts'
import * as workerAccounts from '../../store/worker-accounts.ts'
import * as workers from '../../store/workers.ts'
import { setAlerts } from '../acts/set-alerts.ts'
import type { WorkerCaller, WriteOperation } from '../operation.ts'

export interface NewSearch {
  name: string
  filters: SavedFilters
  /** Whether new groups that match it are told by mail. */
  hasAlerts: boolean
}

/**
 * Keeps filters of the list under a name. ParameterTooShort and ParameterTooLong of `name`; WorkerDoesNotExist;
 * RequesterDoesNotExist; AlreadyExists when he has one of this name; InvalidInput of `searches` when he has as many as
 * one may, and of `alerts` when there is no address to send them to.
 */
export const SaveSearch: WriteOperation<WorkerCaller, NewSearch, { searchId: string }> = {
  mode: 'write',
  name: 'SaveSearch',
  subject: (_, __, { searchId }) => searchId,
  check: (input) => checkName(input.name) ?? { ...input, name: tidyName(input.name) },
  async perform(tx, { workerId }, { name, filters, hasAlerts }) {
    const refusal = (await refuseAlerts(tx, workerId, hasAlerts)) ?? (await refuseRequester(tx, filters))
    if (refusal) return refusal
    // Locked, so that searches saved at once are counted one after the other.
    await workerAccounts.lock(tx, workerId)
    const kept = await savedSearches.list(tx, workerId)
    if (kept.length >= server.searches.saved)
      return { fault: 'InvalidInput', member: 'searches', explanation: 'There is room for no more.' }
    if (kept.some((search) => search.name === name)) return { fault: 'AlreadyExists', what: 'a saved search' }
    const id = tx.ids.entity(tx.now)
    const alertsSince = hasAlerts ? tx.now : undefined
    await savedSearches.add(tx, { ...filters, id, workerId, name, alertsSince, createdAt: tx.now })
    if (hasAlerts) await setAlerts(tx, workerId)
    return { searchId: id }
  },
}

interface NewName {
  searchId: string
  name: string
}

/** Gives a saved search another name. Refuses as SaveSearch; InvalidInput of `search` when he has no such one. */
export const RenameSearch: WriteOperation<WorkerCaller, NewName, object> = {
  mode: 'write',
  name: 'RenameSearch',
  subject: (_, { searchId }) => searchId,
  check: (input) => checkName(input.name) ?? { ...input, name: tidyName(input.name) },
  async perform(tx, { workerId }, { searchId, name }) {
    await workerAccounts.lock(tx, workerId)
    const kept = await savedSearches.list(tx, workerId)
    if (kept.some((search) => search.name === name && search.id !== searchId))
      return { fault: 'AlreadyExists', what: 'a saved search' }
    return (await savedSearches.rename(tx, workerId, searchId, name)) ? {} : noSuchSearch
  },
}

/** That the worker has no such search. */
export const noSuchSearch: Fault = {
  fault: 'InvalidInput',
  member: 'search',
  explanation: 'There is no such saved search.',
}

function checkName(name: string): Fault | undefined {
  const tidied = tidyName(name)
  const { nameLength } = server.searches
  if (tidied === '') return { fault: 'ParameterTooShort', parameter: 'name' }
  if (Array.from(tidied).length > nameLength)
    return { fault: 'ParameterTooLong', parameter: 'name', maximum: nameLength }
  return undefined
}

/** Why alerts cannot be switched on for this worker: WorkerDoesNotExist, InvalidInput of `alerts`. */
export async function refuseAlerts(tx: Write, workerId: string, wanted: boolean): Promise<Fault | undefined> {
  const worker = await workers.find(tx, workerId)
  if (worker === undefined) return { fault: 'WorkerDoesNotExist', workerId }
  if (!wanted || worker.email !== undefined) return undefined
  return { fault: 'InvalidInput', member: 'alerts', explanation: 'There is no address to send mail to.' }
}

async function refuseRequester(tx: Write, { requesterId }: SavedFilters): Promise<Fault | undefined> {
  if (requesterId === undefined || (await requesters.find(tx, requesterId)) !== undefined) return undefined
  return { fault: 'RequesterDoesNotExist', requesterId }
}
