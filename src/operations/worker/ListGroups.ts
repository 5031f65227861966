import { isFault } from '../../domain/fault.ts'
import { server } from '../../limits.ts'
import * as favourites from '../../store/favourites.ts'
import { listWithOffer } from '../../store/group-offers.ts'
import type { Read } from '../../store/tx.ts'
import * as workerGroups from '../../store/worker-groups.ts'
import { read, type WorkerCaller } from '../operation.ts'
import { findWholeRecord } from '../worker-record.ts'
import { describeGroups } from './groups/describe-groups.ts'
import type { GroupPage, GroupQuery } from './groups/group-view.ts'
import { selectGroups, type OpenGroup } from './groups/open-groups.ts'

/** The open groups in the order that the query asks for, and the query. */
export interface GroupsAsked {
  groups: readonly OpenGroup[]
  query: GroupQuery
}

/**
 * A page of the open groups as the worker sees them, without those whose every offered HIT he holds or has done
 * [websites 1.3]. WorkerDoesNotExist.
 */
export const ListGroups = read<WorkerCaller, GroupsAsked, GroupPage>(
  'ListGroups',
  async (tx, { workerId }, { groups, query }) => {
    const worker = await findWholeRecord(tx, workerId)
    if (isFault(worker)) return worker
    const wanted = query.favourites === true ? await markedOf(tx, workerId, groups) : groups
    const asked = selectGroups(wanted, query, worker, tx.now)
    const done = await workerGroups.listDone(tx, workerId, server.groups.doneGroups)
    const left = await withoutFinished(tx, workerId, asked, done)
    const page = left.slice(query.offset, query.offset + query.limit)
    return { groups: await describeGroups(tx, worker, page, done), total: left.length }
  },
)

/** Those of the groups that he marked, or whose requester he marked. */
async function markedOf(tx: Read, workerId: string, groups: readonly OpenGroup[]): Promise<OpenGroup[]> {
  const requesters = new Set(await favourites.list(tx, workerId, 'requester'))
  const marked = new Set(await favourites.list(tx, workerId, 'group'))
  return groups.filter(({ type }) => requesters.has(type.requesterId) || marked.has(type.id))
}

/**
 * Leaves out the groups of which nothing is left for the worker. Who has done fewer HITs of a group than it offers has
 * not done all of those; only where he has done as many is it looked at.
 */
async function withoutFinished(
  tx: Read,
  workerId: string,
  groups: readonly OpenGroup[],
  done: ReadonlyMap<string, number>,
): Promise<OpenGroup[]> {
  if (done.size === 0) return [...groups]
  const doubtful: string[] = []
  let hits = 0
  for (const { type, figures } of groups) {
    if ((done.get(type.id) ?? 0) < figures.assignable) continue
    hits += figures.assignable
    // Of more than can be looked at, accept decides.
    if (hits > server.groups.lookedAt) break
    doubtful.push(type.id)
  }
  if (doubtful.length === 0) return [...groups]
  const open = await listWithOffer(tx, workerId, doubtful)
  const finished = new Set(doubtful.filter((id) => !open.has(id)))
  return groups.filter(({ type }) => !finished.has(type.id))
}
