// The workers that requesters brought, each known to whoever brought him.
import { allListed, type ListedIds } from './id-list.ts'
import { addAll, adding } from './many-rows.ts'
import { read, write } from './prepared.ts'
import type { ImportedWorkerTable } from './schema-imports.ts'
import type { Read, Write } from './tx.ts'

/** What files told of a worker; who has claimed him is told by others. */
export type WorkerRow = Omit<ImportedWorkerTable, 'claimed_by' | 'claimed_at'>

const findRowsOf = read<ListedIds & { requesterId: string }, WorkerRow>(({ db, among }, p) =>
  db
    .selectFrom('imported_worker')
    .select(['requester_id', 'worker_id', 'figures', 'block', 'reason'])
    .where('requester_id', '=', p.requesterId)
    .where(({ ref }) => among(ref('worker_id'), p.ids)),
)

const adds = adding('imported_worker', ['requester_id', 'worker_id', 'figures', 'block', 'reason'])

const changeRow = write<WorkerRow, unknown>(({ db }, p) =>
  db
    .updateTable('imported_worker')
    .set({ figures: p.figures, block: p.block, reason: p.reason })
    .where('requester_id', '=', p.requester_id)
    .where('worker_id', '=', p.worker_id),
)

/** Those of the requester's imported workers that there are, by their ids. */
export async function findMany(
  tx: Read,
  requesterId: string,
  workerIds: Iterable<string>,
): Promise<Map<string, WorkerRow>> {
  const rows = await allListed(tx, findRowsOf, workerIds, { requesterId })
  return new Map(rows.map((row) => [row.worker_id, row]))
}

/** Adds workers whom the requester has not brought yet. */
export async function addMany(tx: Write, rows: readonly WorkerRow[]): Promise<void> {
  await addAll(tx, adds, rows)
}

/** Keeps what another file told of him. */
export async function change(tx: Write, row: WorkerRow): Promise<void> {
  await tx.change(changeRow, row)
}
