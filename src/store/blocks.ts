// Which workers a requester has blocked [hits 13].
import { beforeOldest, type Cursor } from './cursor.ts'
import { allListed, type ListedIds } from './id-list.ts'
import { read, write } from './prepared.ts'
import type { WorkerBlockTable } from './schema.ts'
import type { Read, Write } from './tx.ts'

export interface WorkerBlock {
  requesterId: string
  workerId: string
  reason: string
  blockedAt: number
}

const insertRow = write<WorkerBlockTable, unknown>(({ db }, p) =>
  db
    .insertInto('worker_block')
    .values({
      requester_id: p.requester_id,
      worker_id: p.worker_id,
      reason: p.reason,
      blocked_at: p.blocked_at,
    })
    .onConflict((conflict) => conflict.columns(['requester_id', 'worker_id']).doNothing()),
)

const updateReason = write<WorkerBlockTable, unknown>(({ db }, p) =>
  db
    .updateTable('worker_block')
    .set({ reason: p.reason })
    .where('requester_id', '=', p.requester_id)
    .where('worker_id', '=', p.worker_id),
)

const removeRow = write<{ requesterId: string; workerId: string }, unknown>(({ db }, p) =>
  db.deleteFrom('worker_block').where('requester_id', '=', p.requesterId).where('worker_id', '=', p.workerId),
)

const findRow = read<{ requesterId: string; workerId: string }, { worker_id: string }>(({ db }, p) =>
  db
    .selectFrom('worker_block')
    .select('worker_id')
    .where('requester_id', '=', p.requesterId)
    .where('worker_id', '=', p.workerId),
)

const blockerRows = read<ListedIds & { workerId: string }, { requester_id: string }>(({ db, among }, p) =>
  db
    .selectFrom('worker_block')
    .select('requester_id')
    .where(({ ref }) => among(ref('requester_id'), p.ids))
    .where('worker_id', '=', p.workerId),
)

const countRows = read<{ requesterId: string }, { count: number }>(({ db }, p) =>
  db
    .selectFrom('worker_block')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('requester_id', '=', p.requesterId),
)

const pageRows = read<{ requesterId: string; time: number; id: string; limit: number }, WorkerBlockTable>(
  ({ db }, p) =>
    db
      .selectFrom('worker_block')
      .selectAll()
      .where('requester_id', '=', p.requesterId)
      .where('blocked_at', '>=', p.time)
      .where((eb) =>
        eb.or([
          eb('blocked_at', '>', p.time),
          eb.and([eb('blocked_at', '=', p.time), eb('worker_id', '>', p.id)]),
        ]),
      )
      .orderBy('blocked_at')
      .orderBy('worker_id')
      .limit(p.limit),
)

/** Blocks a worker; a second time the reason is replaced and the time of the block stays. Answers whether it is new. */
export async function put(tx: Write, block: WorkerBlock): Promise<boolean> {
  const row: WorkerBlockTable = {
    requester_id: block.requesterId,
    worker_id: block.workerId,
    reason: block.reason,
    blocked_at: block.blockedAt,
  }
  if ((await tx.change(insertRow, row)) > 0) return true
  await tx.change(updateReason, row)
  return false
}

/** Unblocks; answers whether there was a block. */
export async function remove(tx: Write, requesterId: string, workerId: string): Promise<boolean> {
  return (await tx.change(removeRow, { requesterId, workerId })) > 0
}

/** Whether the requester has blocked the worker. */
export async function isBlocked(tx: Read, requesterId: string, workerId: string): Promise<boolean> {
  return (await tx.first(findRow, { requesterId, workerId })) !== undefined
}

/** Those of the requesters who have blocked the worker. */
export async function listBlockers(
  tx: Read,
  workerId: string,
  requesterIds: Iterable<string>,
): Promise<Set<string>> {
  const rows = await allListed(tx, blockerRows, requesterIds, { workerId })
  return new Set(rows.map((row) => row.requester_id))
}

/** How many workers the requester has blocked. */
export async function count(tx: Read, requesterId: string): Promise<number> {
  return (await tx.first(countRows, { requesterId }))?.count ?? 0
}

/** The requester's blocks, oldest first [hits 8]. */
export async function list(
  tx: Read,
  requesterId: string,
  after: Cursor | undefined,
  limit: number,
): Promise<WorkerBlock[]> {
  const rows = await tx.all(pageRows, { requesterId, limit, ...(after ?? beforeOldest) })
  return rows.map((row) => ({
    requesterId: row.requester_id,
    workerId: row.worker_id,
    reason: row.reason,
    blockedAt: row.blocked_at,
  }))
}
