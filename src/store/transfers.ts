// The ledger's rows, and its sums.
import { sql } from 'kysely'
import { account, type Transfer } from '../domain/ledger.ts'
import { cents, type Cents } from '../domain/money.ts'
import { insert, read } from './prepared.ts'
import type { Read, Write } from './tx.ts'

const insertRow = insert('transfer', ['id', 'debit', 'credit', 'amount', 'kind', 'reference', 'at'])

/** Writes a transfer. `at` is when the money moved. */
export async function add(tx: Write, transfer: Transfer, at: number): Promise<void> {
  await tx.change(insertRow, {
    id: tx.ids.entity(at),
    debit: transfer.debit,
    credit: transfer.credit,
    amount: Number(transfer.amount),
    kind: transfer.kind,
    reference: transfer.reference,
    at,
  })
}

/** Sums of the ledger by family of account, each from the place where its balance is kept. */
export interface Balances {
  requesters: { id: string; available: Cents }[]
  workers: { id: string; balance: Cents }[]
  escrow: { hits: number; amount: Cents }
  /** Computed from the transfers: no row holds them, so that no row is hot. */
  fees: Cents
  /** What workers asked for and is under way; computed like the fees. */
  payouts: Cents
  /** What came in from outside less what went out; its account stands at minus this. */
  outside: Cents
}

const requesterBalances = read<object, { id: string; available: number }>(({ db }) =>
  db.selectFrom('requester_account').select(['requester_id as id', 'available']).orderBy('requester_id'),
)

const workerBalances = read<object, { id: string; balance: number }>(({ db }) =>
  db.selectFrom('worker_account').select(['worker_id as id', 'balance']).orderBy('worker_id'),
)

const escrowSum = read<object, { hits: number; amount: number | null }>(({ db }) =>
  db
    .selectFrom('hit')
    .select(({ fn }) => [fn.countAll<number>().as('hits'), fn.sum<number>('escrow').as('amount')])
    .where('escrow', '>', 0),
)

const flow = read<{ account: string }, { came: number | null; went: number | null }>(({ db }, p) =>
  db
    .selectFrom('transfer')
    .select([
      sql<number>`sum(case when credit = ${p.account} then amount else 0 end)`.as('came'),
      sql<number>`sum(case when debit = ${p.account} then amount else 0 end)`.as('went'),
    ])
    .where((eb) => eb.or([eb('credit', '=', p.account), eb('debit', '=', p.account)])),
)

/** All balances of the market. Reads every account: for the control API, audits and tests. */
export async function balances(tx: Read): Promise<Balances> {
  const requesters = await tx.all(requesterBalances, {})
  const workers = await tx.all(workerBalances, {})
  const escrow = await tx.first(escrowSum, {})
  const fees = await tx.first(flow, { account: account.fees })
  const payouts = await tx.first(flow, { account: account.payouts })
  const outside = await tx.first(flow, { account: account.outside })
  return {
    requesters: requesters.map((row) => ({ id: row.id, available: cents(row.available) })),
    workers: workers.map((row) => ({ id: row.id, balance: cents(row.balance) })),
    escrow: { hits: escrow?.hits ?? 0, amount: cents(escrow?.amount ?? 0) },
    fees: cents((fees?.came ?? 0) - (fees?.went ?? 0)),
    payouts: cents((payouts?.came ?? 0) - (payouts?.went ?? 0)),
    outside: cents((outside?.went ?? 0) - (outside?.came ?? 0)),
  }
}

const paidRows = read<object, { reference: string; kind: string; count: number; amount: number }>(({ db }) =>
  db
    .selectFrom('transfer')
    .select(({ fn }) => [
      'reference',
      'kind',
      fn.countAll<number>().as('count'),
      fn.sum<number>('amount').as('amount'),
    ])
    .where('kind', 'in', ['reward', 'fee'])
    .groupBy(['reference', 'kind']),
)

/** How often and how much each assignment was paid, by kind of payment: for audits. */
export async function listPayments(
  tx: Read,
): Promise<{ assignmentId: string; kind: string; count: number; amount: Cents }[]> {
  const rows = await tx.all(paidRows, {})
  return rows.map((row) => ({
    assignmentId: row.reference,
    kind: row.kind,
    count: row.count,
    amount: cents(row.amount),
  }))
}
