import { isFault, type Fault } from '../../domain/fault.ts'
import { server } from '../../limits.ts'
import * as favourites from '../../store/favourites.ts'
import { listByEither } from '../../store/groups.ts'
import * as requesters from '../../store/requesters.ts'
import type { Write } from '../../store/tx.ts'
import * as workerAccounts from '../../store/worker-accounts.ts'
import * as workers from '../../store/workers.ts'
import { write, type WorkerCaller } from '../operation.ts'

export interface FavouriteChange {
  kind: favourites.FavouriteKind
  /** A requester's id, or a HITGroupId or HITTypeId. */
  id: string
  isFavourite: boolean
}

/**
 * Marks a requester or a group as a favourite, or takes the mark away. WorkerDoesNotExist, RequesterDoesNotExist,
 * GroupDoesNotExist; InvalidInput of `favourites` when he has marked as many as one may.
 */
export const SetFavourite = write<WorkerCaller, FavouriteChange, object>(
  'SetFavourite',
  (_, { id }) => id,
  async (tx, { workerId }, { kind, id, isFavourite }) => {
    if (!(await workers.exists(tx, workerId))) return { fault: 'WorkerDoesNotExist', workerId }
    const subjectId = await findSubject(tx, kind, id)
    if (isFault(subjectId)) return subjectId
    const favourite = { workerId, kind, subjectId }
    if (!isFavourite) {
      await favourites.remove(tx, favourite)
      return {}
    }
    // Locked, so that marks made at once are counted one after the other.
    await workerAccounts.lock(tx, workerId)
    const marked = await favourites.list(tx, workerId, kind)
    if (marked.length >= server.searches.favourites && !marked.includes(subjectId))
      return { fault: 'InvalidInput', member: 'favourites', explanation: 'There is room for no more.' }
    await favourites.add(tx, favourite)
    return {}
  },
)

async function findSubject(tx: Write, kind: favourites.FavouriteKind, id: string): Promise<string | Fault> {
  if (kind === 'requester') {
    const requester = await requesters.find(tx, id)
    return requester?.id ?? { fault: 'RequesterDoesNotExist', requesterId: id }
  }
  const group = (await listByEither(tx, [id])).get(id)
  return group?.type.id ?? { fault: 'GroupDoesNotExist' }
}
