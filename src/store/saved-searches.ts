// Searches that workers keep under a name.
import { cents } from '../domain/money.ts'
import type { SavedSearch } from '../domain/saved-search.ts'
import { insert, read, write } from './prepared.ts'
import type { SavedSearchTable } from './schema-searches.ts'
import type { Read, Write } from './tx.ts'

const insertRow = insert('saved_search', [
  'id',
  'worker_id',
  'name',
  'search',
  'min_reward',
  'qualified',
  'masters',
  'favourites',
  'requester_id',
  'sort',
  'alerts_since',
  'created_at',
])

/** Keeps a search. Fails with a unique violation when the worker has one of this name. */
export async function add(tx: Write, search: SavedSearch): Promise<void> {
  await tx.change(insertRow, {
    id: search.id,
    worker_id: search.workerId,
    name: search.name,
    search: search.search,
    min_reward: Number(search.minReward),
    qualified: search.qualified ? 1 : 0,
    masters: search.masters ? 1 : 0,
    favourites: search.favourites ? 1 : 0,
    requester_id: search.requesterId ?? null,
    sort: search.sort,
    alerts_since: search.alertsSince ?? null,
    created_at: search.createdAt,
  })
}

function fromRow(row: SavedSearchTable): SavedSearch {
  return {
    id: row.id,
    workerId: row.worker_id,
    name: row.name,
    search: row.search,
    minReward: cents(row.min_reward),
    qualified: row.qualified === 1,
    masters: row.masters === 1,
    favourites: row.favourites === 1,
    requesterId: row.requester_id ?? undefined,
    sort: row.sort,
    alertsSince: row.alerts_since ?? undefined,
    createdAt: row.created_at,
  }
}

const rowsOfWorker = read<{ workerId: string }, SavedSearchTable>(({ db }, p) =>
  db.selectFrom('saved_search').selectAll().where('worker_id', '=', p.workerId).orderBy('name'),
)

/** All searches of a worker, by name: the operation that keeps them bounds how many. */
export async function list(tx: Read, workerId: string): Promise<SavedSearch[]> {
  return (await tx.all(rowsOfWorker, { workerId })).map(fromRow)
}

const renameRow = write<{ workerId: string; id: string; name: string }, unknown>(({ db }, p) =>
  db
    .updateTable('saved_search')
    .set({ name: p.name })
    .where('id', '=', p.id)
    .where('worker_id', '=', p.workerId),
)

/** Names a search of the worker anew; answers whether he has it. */
export async function rename(tx: Write, workerId: string, id: string, name: string): Promise<boolean> {
  return (await tx.change(renameRow, { workerId, id, name })) === 1
}

const alertRow = write<{ workerId: string; id: string; since: number | null }, unknown>(({ db }, p) =>
  db
    .updateTable('saved_search')
    .set({ alerts_since: p.since })
    .where('id', '=', p.id)
    .where('worker_id', '=', p.workerId),
)

/** Switches the alerts of a search of the worker on or off; answers whether he has it. */
export async function setAlerts(
  tx: Write,
  workerId: string,
  id: string,
  since: number | undefined,
): Promise<boolean> {
  return (await tx.change(alertRow, { workerId, id, since: since ?? null })) === 1
}

const silenceRows = write<{ workerId: string }, unknown>(({ db }, p) =>
  db.updateTable('saved_search').set({ alerts_since: null }).where('worker_id', '=', p.workerId),
)

/** Switches the alerts of all searches of the worker off. */
export async function silence(tx: Write, workerId: string): Promise<void> {
  await tx.change(silenceRows, { workerId })
}

const deleteRow = write<{ workerId: string; id: string }, unknown>(({ db }, p) =>
  db.deleteFrom('saved_search').where('id', '=', p.id).where('worker_id', '=', p.workerId),
)

/** Deletes a search of the worker; answers whether he had it. */
export async function remove(tx: Write, workerId: string, id: string): Promise<boolean> {
  return (await tx.change(deleteRow, { workerId, id })) === 1
}

const deleteRows = write<{ workerId: string }, unknown>(({ db }, p) =>
  db.deleteFrom('saved_search').where('worker_id', '=', p.workerId),
)

/** Deletes all searches of the worker. */
export async function removeAll(tx: Write, workerId: string): Promise<void> {
  await tx.change(deleteRows, { workerId })
}
