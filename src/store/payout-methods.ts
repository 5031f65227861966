// Where workers want their money, and how often they are paid without asking.
import type { PayoutMethod } from '../domain/payout.ts'
import * as payouts from './payouts.ts'
import { read, write } from './prepared.ts'
import type { PayoutMethodTable } from './schema-payments.ts'
import type { Read, Write } from './tx.ts'

const setRow = write<{ workerId: string; method: string; details: string }, unknown>(({ db }, p) =>
  db
    .insertInto('payout_method')
    .values({ worker_id: p.workerId, kind: p.method, details: p.details, days: 0, next_at: null })
    .onConflict((conflict) =>
      conflict.column('worker_id').doUpdateSet({ kind: p.method, details: p.details }),
    ),
)

/** Sets or replaces a worker's method; its schedule stays. `details` are encrypted. */
export async function set(
  tx: Write,
  { workerId, kind, details }: Pick<PayoutMethod, 'workerId' | 'kind' | 'details'>,
): Promise<void> {
  await tx.change(setRow, { workerId, method: kind, details })
}

function fromRow(row: PayoutMethodTable): PayoutMethod {
  return {
    workerId: row.worker_id,
    kind: row.kind,
    details: row.details,
    days: row.days,
    nextAt: row.next_at ?? undefined,
  }
}

const findRow = read<{ workerId: string }, PayoutMethodTable>(({ db }, p) =>
  db.selectFrom('payout_method').selectAll().where('worker_id', '=', p.workerId),
)

/** A worker's method. */
export async function find(tx: Read, workerId: string): Promise<PayoutMethod | undefined> {
  const row = await tx.first(findRow, { workerId })
  return row && fromRow(row)
}

const lockRow = write<{ workerId: string }, PayoutMethodTable>(({ db, forUpdate }, p) =>
  forUpdate(db.selectFrom('payout_method').selectAll().where('worker_id', '=', p.workerId)),
)

/** A worker's method, locked until the transaction ends. */
export async function lock(tx: Write, workerId: string): Promise<PayoutMethod | undefined> {
  const row = await tx.first(lockRow, { workerId })
  return row && fromRow(row)
}

const scheduleRow = write<{ workerId: string; days: number; nextAt: number | null }, unknown>(({ db }, p) =>
  db
    .updateTable('payout_method')
    .set({ days: p.days, next_at: p.nextAt })
    .where('worker_id', '=', p.workerId),
)

/** Sets a schedule; answers whether the worker has a method for it. */
export async function schedule(
  tx: Write,
  workerId: string,
  days: number,
  nextAt: number | undefined,
): Promise<boolean> {
  return (await tx.change(scheduleRow, { workerId, days, nextAt: nextAt ?? null })) === 1
}

const takeTurnRow = write<{ workerId: string; dueAt: number; nextAt: number | null }, unknown>(({ db }, p) =>
  db
    .updateTable('payout_method')
    .set({ next_at: p.nextAt })
    .where('worker_id', '=', p.workerId)
    .where('next_at', '=', p.dueAt),
)

/** Moves a schedule on from its payout at `dueAt`; answers whether nobody else did before. */
export async function takeTurn(
  tx: Write,
  workerId: string,
  dueAt: number,
  nextAt: number | undefined,
): Promise<boolean> {
  return (await tx.change(takeTurnRow, { workerId, dueAt, nextAt: nextAt ?? null })) === 1
}

const dueRow = read<{ until: number; rows: number }, PayoutMethodTable>(({ db }, p) =>
  db
    .selectFrom('payout_method')
    .selectAll()
    .where('next_at', '<=', p.until)
    .orderBy('next_at')
    .orderBy('worker_id')
    .limit(p.rows),
)

/** The schedules that were due first, at `until` or before. */
export async function listDue(tx: Read, until: number, limit: number): Promise<PayoutMethod[]> {
  return (await tx.all(dueRow, { until, rows: limit })).map(fromRow)
}

const deleteRow = write<{ workerId: string }, unknown>(({ db }, p) =>
  db.deleteFrom('payout_method').where('worker_id', '=', p.workerId),
)

/**
 * Erases where a worker's money went or is to go, for an account that is closed. A payout that is under way keeps its
 * details until it is settled, or he would lose the money.
 */
export async function erasePayoutDetails(tx: Write, workerId: string): Promise<void> {
  await tx.change(deleteRow, { workerId })
  await payouts.eraseSettledDetails(tx, workerId)
}
