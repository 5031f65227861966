// Alerts: whose turn it is to be told of new groups, and of which groups he was told.
import { sql } from 'kysely'
import { allListed, type ListedIds } from './id-list.ts'
import { read, write } from './prepared.ts'
import type { SearchAlertTable } from './schema-searches.ts'
import type { Read, Write } from './tx.ts'

/** A worker's alerts. Times are epoch milliseconds of the market's clock. */
export interface SearchAlert {
  workerId: string
  /** Groups of favourite requesters that are newer are told; undefined when none are. */
  favouritesSince: number | undefined
  /** Whether any alert is on. */
  isActive: boolean
  lookedAt: number
  nextAt: number
}

function fromRow(row: SearchAlertTable): SearchAlert {
  return {
    workerId: row.worker_id,
    favouritesSince: row.favourites_since ?? undefined,
    isActive: row.active === 1,
    lookedAt: row.looked_at,
    nextAt: row.next_at,
  }
}

const findRow = read<{ workerId: string }, SearchAlertTable>(({ db }, p) =>
  db.selectFrom('search_alert').selectAll().where('worker_id', '=', p.workerId),
)

/** A worker's alerts, if he ever had any. */
export async function find(tx: Read, workerId: string): Promise<SearchAlert | undefined> {
  const row = await tx.first(findRow, { workerId })
  return row && fromRow(row)
}

const lockRow = write<{ workerId: string }, SearchAlertTable>(({ db, forUpdate }, p) =>
  forUpdate(db.selectFrom('search_alert').selectAll().where('worker_id', '=', p.workerId)),
)

/** The same, locked until the transaction ends. */
export async function lock(tx: Write, workerId: string): Promise<SearchAlert | undefined> {
  const row = await tx.first(lockRow, { workerId })
  return row && fromRow(row)
}

interface Switch {
  workerId: string
  favouritesSince: number | null
  active: number
  at: number
  nextAt: number
}

// The next look stays when there is one: switching off and on brings no mail any sooner.
const switchRow = write<Switch, unknown>(({ db }, p) =>
  db
    .insertInto('search_alert')
    .values({
      worker_id: p.workerId,
      favourites_since: p.favouritesSince,
      active: p.active,
      looked_at: p.at,
      next_at: p.nextAt,
    })
    .onConflict((conflict) =>
      conflict.column('worker_id').doUpdateSet({ favourites_since: p.favouritesSince, active: p.active }),
    ),
)

/** Sets what a worker is told; the first look of all is at `nextAt`. */
export async function set(
  tx: Write,
  { workerId, favouritesSince, isActive, nextAt }: Omit<SearchAlert, 'lookedAt'>,
): Promise<void> {
  await tx.change(switchRow, {
    workerId,
    favouritesSince: favouritesSince ?? null,
    active: isActive ? 1 : 0,
    at: tx.now,
    nextAt,
  })
}

const dueRows = read<{ until: number; after: string; rows: number }, SearchAlertTable>(({ db }, p) =>
  db
    .selectFrom('search_alert')
    .selectAll()
    // Spelled as in the index, which holds no others.
    .where(sql<boolean>`active = 1`)
    .where('next_at', '<=', p.until)
    .where('worker_id', '>', p.after)
    .orderBy('worker_id')
    .limit(p.rows),
)

/** The alerts whose turn had come at `until`, by worker, behind the worker `after`. */
export async function listDue(tx: Read, until: number, after: string, limit: number): Promise<SearchAlert[]> {
  return (await tx.all(dueRows, { until, after, rows: limit })).map(fromRow)
}

const takeTurnRow = write<{ workerId: string; dueAt: number; at: number; nextAt: number }, unknown>(
  ({ db }, p) =>
    db
      .updateTable('search_alert')
      .set({ looked_at: p.at, next_at: p.nextAt })
      .where('worker_id', '=', p.workerId)
      .where('next_at', '=', p.dueAt),
)

/** Moves a worker's alerts on from their turn at `dueAt`; answers whether nobody else did before. */
export async function takeTurn(tx: Write, workerId: string, dueAt: number, nextAt: number): Promise<boolean> {
  return (await tx.change(takeTurnRow, { workerId, dueAt, at: tx.now, nextAt })) === 1
}

const toldRows = read<ListedIds & { workerId: string }, { hit_type_id: string }>(({ db, among }, p) =>
  db
    .selectFrom('alerted_group')
    .select('hit_type_id')
    .where('worker_id', '=', p.workerId)
    .where(({ ref }) => among(ref('hit_type_id'), p.ids)),
)

/** Those of the groups of which the worker was told. */
export async function listTold(tx: Read, workerId: string, typeIds: Iterable<string>): Promise<Set<string>> {
  const rows = await allListed(tx, toldRows, typeIds, { workerId })
  return new Set(rows.map(({ hit_type_id }) => hit_type_id))
}

const toldRow = write<{ workerId: string; hitTypeId: string; at: number }, unknown>(({ db }, p) =>
  db
    .insertInto('alerted_group')
    .values({ worker_id: p.workerId, hit_type_id: p.hitTypeId, told_at: p.at })
    .onConflict((conflict) => conflict.columns(['worker_id', 'hit_type_id']).doUpdateSet({ told_at: p.at })),
)

/** Notes of which groups the worker is told now. */
export async function noteTold(tx: Write, workerId: string, typeIds: Iterable<string>): Promise<void> {
  for (const hitTypeId of typeIds) await tx.change(toldRow, { workerId, hitTypeId, at: tx.now })
}

const forgetRows = write<{ workerId: string; until: number }, unknown>(({ db }, p) =>
  db.deleteFrom('alerted_group').where('worker_id', '=', p.workerId).where('told_at', '<', p.until),
)

/** Forgets of what the worker was told before `until`. */
export async function forgetTold(tx: Write, workerId: string, until: number): Promise<void> {
  await tx.change(forgetRows, { workerId, until })
}

const deleteRow = write<{ workerId: string }, unknown>(({ db }, p) =>
  db.deleteFrom('search_alert').where('worker_id', '=', p.workerId),
)

/** Deletes a worker's alerts, and of what he was told. */
export async function removeAll(tx: Write, workerId: string): Promise<void> {
  await tx.change(deleteRow, { workerId })
  await forgetTold(tx, workerId, Number.MAX_SAFE_INTEGER)
}
