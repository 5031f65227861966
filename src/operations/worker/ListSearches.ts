import type { SavedSearch } from '../../domain/saved-search.ts'
import * as favourites from '../../store/favourites.ts'
import * as savedSearches from '../../store/saved-searches.ts'
import * as workers from '../../store/workers.ts'
import { read, type WorkerCaller } from '../operation.ts'

/** A saved search, with the name of its requester where it is about one. */
export type ShownSearch = SavedSearch & { requesterName: string | undefined }

export interface Searches {
  searches: ShownSearch[]
  /** Whether there is an address of his to send mail to, and whether he wants mail. */
  hasAddress: boolean
  wantsMail: boolean
}

/** A worker's saved searches by name, and whether mail can reach him. WorkerDoesNotExist. */
export const ListSearches = read<WorkerCaller, object, Searches>('ListSearches', async (tx, { workerId }) => {
  const worker = await workers.find(tx, workerId)
  if (worker === undefined) return { fault: 'WorkerDoesNotExist', workerId }
  const searches = await savedSearches.list(tx, workerId)
  const names = await favourites.requesterNames(
    tx,
    searches.flatMap(({ requesterId }) => requesterId ?? []),
  )
  return {
    searches: searches.map((search) => ({ ...search, requesterName: names.get(search.requesterId ?? '') })),
    hasAddress: worker.email !== undefined,
    wantsMail: worker.withoutMail !== true,
  }
})
