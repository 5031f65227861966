// Takes away what a requester brought in, some rows at a time: HITs with their work first, and what has no HIT after them.
import type { ListedIds } from './id-list.ts'
import { read, write } from './prepared.ts'
import type { Read, Write } from './tx.ts'

interface Some {
  requesterId: string
  limit: number
}

const hitRows = read<Some, { id: string }>(({ db }, p) =>
  db
    .selectFrom('imported_hit')
    .select('id')
    .where('requester_id', '=', p.requesterId)
    .orderBy('created_at')
    .orderBy('id')
    .limit(p.limit),
)

const removeWork = write<ListedIds & { limit: number }, unknown>(({ db, among }, p) =>
  db.deleteFrom('imported_assignment').where('id', 'in', ({ selectFrom }) =>
    selectFrom('imported_assignment')
      .select('id')
      .where(({ ref }) => among(ref('hit_id'), p.ids))
      .limit(p.limit),
  ),
)

const removeHITs = write<ListedIds, unknown>(({ db, among }, p) =>
  db.deleteFrom('imported_hit').where(({ ref }) => among(ref('id'), p.ids)),
)

/** Removes some rows of a table whose rows have an id, and an index by requester. */
const removal = (table: 'imported_bonus' | 'imported_transaction') =>
  write<Some, unknown>(({ db }, p) => {
    // Both have these columns; Kysely cannot follow a name that is one of two.
    const name = table as 'imported_bonus'
    return db
      .deleteFrom(name)
      .where('id', 'in', ({ selectFrom }) =>
        selectFrom(name).select('id').where('requester_id', '=', p.requesterId).limit(p.limit),
      )
  })

const removeBonuses = removal('imported_bonus')
const removeTransactions = removal('imported_transaction')

const removeWorkers = write<Some, unknown>(({ db }, p) =>
  db
    .deleteFrom('imported_worker')
    .where('requester_id', '=', p.requesterId)
    .where('worker_id', 'in', ({ selectFrom }) =>
      selectFrom('imported_worker')
        .select('worker_id')
        .where('requester_id', '=', p.requesterId)
        .limit(p.limit),
    ),
)

// Few: at the end, all of them.
const removeTypes = write<{ requesterId: string }, unknown>(({ db }, p) =>
  db.deleteFrom('imported_type').where('requester_id', '=', p.requesterId),
)

const removeRuns = write<{ requesterId: string }, unknown>(({ db }, p) =>
  db.deleteFrom('import_run').where('requester_id', '=', p.requesterId),
)

/** Removes some of it; answers how many rows, 0 when nothing is left. */
export async function removeSome(tx: Write, requesterId: string, limit: number): Promise<number> {
  const ids = await listHITs(tx, requesterId, limit)
  if (ids.length > 0) {
    const removed = await tx.change(removeWork, { ids, limit })
    // A HIT goes when nothing of it is left.
    return removed > 0 ? removed : tx.change(removeHITs, { ids })
  }
  for (const statement of [removeBonuses, removeTransactions, removeWorkers]) {
    const removed = await tx.change(statement, { requesterId, limit })
    if (removed > 0) return removed
  }
  return (await tx.change(removeTypes, { requesterId })) + (await tx.change(removeRuns, { requesterId }))
}

async function listHITs(tx: Read, requesterId: string, limit: number): Promise<string[]> {
  return (await tx.all(hitRows, { requesterId, limit })).map(({ id }) => id)
}
