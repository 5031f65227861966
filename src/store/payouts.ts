// What workers asked to be paid, and what became of it. A payout changes its state once, by compare-and-set, so that
// nothing is paid twice, whoever tries.
import type { Payout, PayoutState } from '../domain/payout.ts'
import { cents } from '../domain/money.ts'
import { insert, read, write } from './prepared.ts'
import type { PayoutTable } from './schema-payments.ts'
import type { Read, Write } from './tx.ts'

const insertRow = insert('payout', [
  'id',
  'worker_id',
  'amount',
  'state',
  'method',
  'details',
  'automatic',
  'token',
  'requested_at',
  'settled_at',
  'note',
])

/** Keeps a new payout. `token` is that of the form that asked for it, if one did. */
export async function add(tx: Write, payout: Payout, token: string | undefined): Promise<void> {
  await tx.change(insertRow, {
    id: payout.id,
    worker_id: payout.workerId,
    amount: Number(payout.amount),
    state: payout.state,
    method: payout.method,
    details: payout.details ?? null,
    automatic: payout.automatic ? 1 : 0,
    token: token ?? null,
    requested_at: payout.requestedAt,
    settled_at: payout.settledAt ?? null,
    note: payout.note ?? null,
  })
}

function fromRow(row: PayoutTable): Payout {
  return {
    id: row.id,
    workerId: row.worker_id,
    amount: cents(row.amount),
    state: row.state as PayoutState,
    method: row.method,
    details: row.details ?? undefined,
    automatic: row.automatic === 1,
    requestedAt: row.requested_at,
    settledAt: row.settled_at ?? undefined,
    note: row.note ?? undefined,
  }
}

const findRow = read<{ payoutId: string }, PayoutTable>(({ db }, p) =>
  db.selectFrom('payout').selectAll().where('id', '=', p.payoutId),
)

/** A payout by its id. */
export async function find(tx: Read, payoutId: string): Promise<Payout | undefined> {
  const row = await tx.first(findRow, { payoutId })
  return row && fromRow(row)
}

const findByTokenRow = read<{ workerId: string; token: string }, PayoutTable>(({ db }, p) =>
  db.selectFrom('payout').selectAll().where('worker_id', '=', p.workerId).where('token', '=', p.token),
)

/** The payout that a form of the worker asked for. */
export async function findByToken(tx: Read, workerId: string, token: string): Promise<Payout | undefined> {
  const row = await tx.first(findByTokenRow, { workerId, token })
  return row && fromRow(row)
}

interface Settling {
  payoutId: string
  payoutState: string
  settledAt: number
  note: string | null
}

const settleRow = write<Settling, unknown>(({ db }, p) =>
  db
    .updateTable('payout')
    .set({ state: p.payoutState, settled_at: p.settledAt, note: p.note })
    .where('id', '=', p.payoutId)
    .where('state', '=', 'requested'),
)

/** Settles a payout that is still requested; answers whether it was. */
export async function settle(
  tx: Write,
  payoutId: string,
  payoutState: Exclude<PayoutState, 'requested'>,
  note: string | undefined,
): Promise<boolean> {
  const settling = { payoutId, payoutState, settledAt: tx.now, note: note ?? null }
  return (await tx.change(settleRow, settling)) === 1
}

interface PageParameters {
  before: string
  limit: number
  payoutState: string
}

const newest = (ofState: boolean) =>
  read<PageParameters, PayoutTable>(({ db }, p) => {
    const page = db
      .selectFrom('payout')
      .selectAll()
      .where('id', '<', p.before)
      .orderBy('id', 'desc')
      .limit(p.limit)
    return ofState ? page.where('state', '=', p.payoutState) : page
  })

const newestRows = newest(false)
const newestRowsOfState = newest(true)

/** A page of all payouts, newest first, of one state or all; `before` is the last one's id of the page before. */
export async function listNewest(
  tx: Read,
  page: { state?: PayoutState | undefined; before?: string | undefined; limit: number },
): Promise<Payout[]> {
  const statement = page.state === undefined ? newestRows : newestRowsOfState
  // Behind every id: they begin with the digit 3.
  const parameters = { payoutState: page.state ?? '', before: page.before ?? '4', limit: page.limit }
  return (await tx.all(statement, parameters)).map(fromRow)
}

const newestRowsOfWorker = read<{ workerId: string; limit: number }, PayoutTable>(({ db }, p) =>
  db
    .selectFrom('payout')
    .selectAll()
    .where('worker_id', '=', p.workerId)
    .orderBy('id', 'desc')
    .limit(p.limit),
)

/** A worker's payouts, newest first. */
export async function listOfWorker(tx: Read, workerId: string, limit: number): Promise<Payout[]> {
  return (await tx.all(newestRowsOfWorker, { workerId, limit })).map(fromRow)
}

const requestedSum = read<{ workerId: string }, { amount: number | null }>(({ db }, p) =>
  db
    .selectFrom('payout')
    .select(({ fn }) => [fn.sum<number>('amount').as('amount')])
    .where('worker_id', '=', p.workerId)
    .where('state', '=', 'requested'),
)

/** What a worker asked for and has neither got nor lost. */
export async function sumUnderWay(tx: Read, workerId: string): Promise<ReturnType<typeof cents>> {
  return cents((await tx.first(requestedSum, { workerId }))?.amount ?? 0)
}

const eraseDetailsRow = write<{ payoutId: string }, unknown>(({ db }, p) =>
  db.updateTable('payout').set({ details: null }).where('id', '=', p.payoutId),
)

/** Erases where one payout went. */
export async function eraseDetails(tx: Write, payoutId: string): Promise<void> {
  await tx.change(eraseDetailsRow, { payoutId })
}

const eraseSettledRows = write<{ workerId: string }, unknown>(({ db }, p) =>
  db
    .updateTable('payout')
    .set({ details: null })
    .where('worker_id', '=', p.workerId)
    .where('state', '<>', 'requested'),
)

/** Erases where a worker's settled payouts went. */
export async function eraseSettledDetails(tx: Write, workerId: string): Promise<void> {
  await tx.change(eraseSettledRows, { workerId })
}
