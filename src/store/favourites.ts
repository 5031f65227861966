// The requesters and groups that workers marked.
import { allListed, type ListedIds } from './id-list.ts'
import { read, write } from './prepared.ts'
import type { Read, Write } from './tx.ts'

export type FavouriteKind = 'requester' | 'group'

/** What a worker marked: a requester by his id, or a group by the id of its type. */
export interface Favourite {
  workerId: string
  kind: FavouriteKind
  subjectId: string
}

const addRow = write<Favourite & { at: number }, unknown>(({ db }, p) =>
  db
    .insertInto('favourite')
    .values({ worker_id: p.workerId, kind: p.kind, subject_id: p.subjectId, created_at: p.at })
    .onConflict((conflict) => conflict.columns(['worker_id', 'kind', 'subject_id']).doNothing()),
)

/** Marks; what is marked stays as it is. */
export async function add(tx: Write, favourite: Favourite): Promise<void> {
  await tx.change(addRow, { ...favourite, at: tx.now })
}

const removeRow = write<Favourite, unknown>(({ db }, p) =>
  db
    .deleteFrom('favourite')
    .where('worker_id', '=', p.workerId)
    .where('kind', '=', p.kind)
    .where('subject_id', '=', p.subjectId),
)

/** Takes a mark away. */
export async function remove(tx: Write, favourite: Favourite): Promise<void> {
  await tx.change(removeRow, favourite)
}

const removeAllRows = write<{ workerId: string }, unknown>(({ db }, p) =>
  db.deleteFrom('favourite').where('worker_id', '=', p.workerId),
)

/** Takes all marks of a worker away. */
export async function removeAll(tx: Write, workerId: string): Promise<void> {
  await tx.change(removeAllRows, { workerId })
}

const latestRows = read<{ workerId: string; kind: string }, { subject_id: string }>(({ db }, p) =>
  db
    .selectFrom('favourite')
    .select('subject_id')
    .where('worker_id', '=', p.workerId)
    .where('kind', '=', p.kind)
    .orderBy('created_at', 'desc')
    .orderBy('subject_id'),
)

/** All that a worker marked of a kind, latest first: the operation that marks bounds how many. */
export async function list(tx: Read, workerId: string, kind: FavouriteKind): Promise<string[]> {
  return (await tx.all(latestRows, { workerId, kind })).map(({ subject_id }) => subject_id)
}

const nameRows = read<ListedIds, { id: string; name: string }>(({ db, among }, p) =>
  db
    .selectFrom('requester')
    .select(['id', 'name'])
    .where(({ ref }) => among(ref('id'), p.ids)),
)

/** The names of requesters, by id. */
export async function requesterNames(tx: Read, ids: Iterable<string>): Promise<Map<string, string>> {
  const rows = await allListed(tx, nameRows, ids, {})
  return new Map(rows.map(({ id, name }) => [id, name]))
}
