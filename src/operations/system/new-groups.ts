// What is new for a worker: the groups that match what he asked to be told of, and of which he was not told yet.
import type { SavedSearch } from '../../domain/saved-search.ts'
import { isFault } from '../../domain/fault.ts'
import { server } from '../../limits.ts'
import * as favourites from '../../store/favourites.ts'
import * as savedSearches from '../../store/saved-searches.ts'
import * as searchAlerts from '../../store/search-alerts.ts'
import type { Read } from '../../store/tx.ts'
import * as workerGroups from '../../store/worker-groups.ts'
import { describeGroups } from '../worker/groups/describe-groups.ts'
import type { GroupForWorker, GroupQuery } from '../worker/groups/group-view.ts'
import { selectGroups, type OpenGroup } from '../worker/groups/open-groups.ts'
import { findWholeRecord, listBlockers, meets, type KnownWorker } from '../worker-record.ts'

export interface News {
  /** The newest, as he sees them, newest first. */
  listed: GroupForWorker[]
  /** HITTypeIds of all, newest first. */
  typeIds: string[]
}

export const noNews: News = { listed: [], typeIds: [] }

const searchOnly = { sort: 'updated_desc', offset: 0, limit: 0 } as const

/** The filters of a saved search, without its order and pages. */
function queryOf({ search, minReward, qualified, masters, requesterId }: SavedSearch): GroupQuery {
  return {
    search,
    minReward,
    qualified,
    masters,
    ...(requesterId !== undefined && { requesterId }),
    ...searchOnly,
  }
}

/** From when on a group is new, for something that is told since `since`. */
export function newSince(since: number, { lookedAt }: Pick<searchAlerts.SearchAlert, 'lookedAt'>): number {
  return Math.max(since, lookedAt - server.searches.overlap)
}

/**
 * What of `groups` is new for the worker: it matches, he may accept it, he has taken none of it yet, and nobody told him
 * of it. Nothing for who is suspended or gone.
 */
export async function findNews(
  tx: Read,
  alert: searchAlerts.SearchAlert,
  groups: readonly OpenGroup[],
): Promise<News> {
  const { workerId } = alert
  const worker = await findWholeRecord(tx, workerId)
  if (isFault(worker) || worker.suspended) return noNews
  const matching = await findMatching(tx, alert, worker, groups)
  const open = await withoutKnown(tx, worker, matching)
  const inOrder = open.toSorted((one, other) => other.figures.createdAt - one.figures.createdAt)
  const first = inOrder.slice(0, server.searches.listed)
  return {
    listed: await describeGroups(tx, worker, first, new Map()),
    typeIds: inOrder.map(({ type }) => type.id),
  }
}

async function findMatching(
  tx: Read,
  alert: searchAlerts.SearchAlert,
  worker: KnownWorker,
  groups: readonly OpenGroup[],
): Promise<OpenGroup[]> {
  const marked = {
    requesters: new Set(await favourites.list(tx, worker.id, 'requester')),
    groups: new Set(await favourites.list(tx, worker.id, 'group')),
  }
  const newer = (since: number) => {
    const from = newSince(since, alert)
    return groups.filter(({ figures }) => figures.createdAt > from)
  }
  const found = new Set<OpenGroup>()
  for (const search of await savedSearches.list(tx, worker.id)) {
    if (search.alertsSince === undefined) continue
    const asked = newer(search.alertsSince).filter(
      ({ type }) =>
        !search.favourites || marked.requesters.has(type.requesterId) || marked.groups.has(type.id),
    )
    for (const group of selectGroups(asked, queryOf(search), worker, tx.now)) found.add(group)
  }
  if (alert.favouritesSince !== undefined) {
    const theirs = newer(alert.favouritesSince).filter(({ type }) => marked.requesters.has(type.requesterId))
    for (const group of selectGroups(theirs, searchOnly, worker, tx.now)) found.add(group)
  }
  return [...found]
}

/** Leaves out what he may not accept, what he worked on, and of what he was told. */
async function withoutKnown(
  tx: Read,
  worker: KnownWorker,
  groups: readonly OpenGroup[],
): Promise<OpenGroup[]> {
  if (groups.length === 0) return []
  const blockedBy = await listBlockers(tx, worker, new Set(groups.map(({ type }) => type.requesterId)))
  const done = await workerGroups.listDone(tx, worker.id, server.groups.doneGroups)
  const told = await searchAlerts.listTold(
    tx,
    worker.id,
    groups.map(({ type }) => type.id),
  )
  return groups.filter(
    ({ type }) =>
      meets(worker, 'accept', type) &&
      !blockedBy.has(type.requesterId) &&
      (done.get(type.id) ?? 0) === 0 &&
      !told.has(type.id),
  )
}
