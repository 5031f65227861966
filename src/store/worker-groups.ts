// How many HITs of a type a worker holds or has submitted: when he has had them all, accept need not search.
import { sql } from 'kysely'
import { read, write } from './prepared.ts'
import type { Read, Write } from './tx.ts'

interface Change {
  workerId: string
  hitTypeId: string
  change: number
}

const addRow = write<Change, unknown>(({ db }, p) =>
  db
    .insertInto('worker_group')
    .values({ worker_id: p.workerId, hit_type_id: p.hitTypeId, done: p.change })
    .onConflict((conflict) =>
      conflict
        .columns(['worker_id', 'hit_type_id'])
        .doUpdateSet({ done: sql<number>`${sql.ref('worker_group.done')} + excluded.done` }),
    ),
)

const findRow = read<{ workerId: string; hitTypeId: string }, { done: number }>(({ db }, p) =>
  db
    .selectFrom('worker_group')
    .select('done')
    .where('worker_id', '=', p.workerId)
    .where('hit_type_id', '=', p.hitTypeId),
)

const latestRows = read<{ workerId: string; limit: number }, { hit_type_id: string; done: number }>(
  ({ db }, p) =>
    db
      .selectFrom('worker_group')
      .select(['hit_type_id', 'done'])
      .where('worker_id', '=', p.workerId)
      .orderBy('hit_type_id', 'desc')
      .limit(p.limit),
)

/** Counts a HIT that the worker took (`change` 1) or gave back (-1). */
export async function addToDone(
  tx: Write,
  workerId: string,
  hitTypeId: string,
  change: 1 | -1,
): Promise<void> {
  await tx.change(addRow, { workerId, hitTypeId, change })
}

/** How many HITs of the type the worker holds or has submitted. */
export async function done(tx: Read, workerId: string, hitTypeId: string): Promise<number> {
  return (await tx.first(findRow, { workerId, hitTypeId }))?.done ?? 0
}

/** The same of each of the types, newest first, that he ever took a HIT of; of so many at most. */
export async function listDone(tx: Read, workerId: string, limit: number): Promise<Map<string, number>> {
  const rows = await tx.all(latestRows, { workerId, limit })
  return new Map(rows.map((row) => [row.hit_type_id, row.done]))
}
