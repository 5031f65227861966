import * as favourites from '../../store/favourites.ts'
import * as searchAlerts from '../../store/search-alerts.ts'
import { read, type WorkerCaller } from '../operation.ts'

/** What a worker marked, latest first. */
export interface Favourites {
  requesters: { requesterId: string; name: string }[]
  /** HITTypeIds. */
  groups: string[]
  /** Whether he is mailed about new groups of these requesters. */
  hasAlerts: boolean
}

/** All that a worker marked. */
export const ListFavourites = read<WorkerCaller, object, Favourites>(
  'ListFavourites',
  async (tx, { workerId }) => {
    const requesters = await favourites.list(tx, workerId, 'requester')
    const names = await favourites.requesterNames(tx, requesters)
    const alert = await searchAlerts.find(tx, workerId)
    return {
      requesters: requesters.map((requesterId) => ({
        requesterId,
        name: names.get(requesterId) ?? requesterId,
      })),
      groups: await favourites.list(tx, workerId, 'group'),
      hasAlerts: alert?.favouritesSince !== undefined,
    }
  },
)
