// The control API's look at the money: every account, or a requester's HITs with their escrow [design 7].
import type { Context, Hono } from 'hono'
import { isFault } from '../../domain/fault.ts'
import { formatDollars, type Cents } from '../../domain/money.ts'
import { server } from '../../limits.ts'
import type { Market } from '../../market.ts'
import { operator } from '../../operations/operation.ts'
import { GetLedger, ListEscrow } from '../../operations/operator/GetLedger.ts'
import type { Answer, Control } from './call.ts'
import type { Body } from './input.ts'

/** Adds the call about the ledger. */
export function addLedger(app: Hono, control: Control): void {
  app.get('/_control/ledger', control.handle(showLedger))
}

async function showLedger(market: Market, _: Body, c: Context): Promise<Answer> {
  const requesterId = c.req.query('requesterId')
  if (requesterId !== undefined) return showEscrow(market, requesterId, c)
  const balances = await market.runner.run(GetLedger, operator, {})
  if (isFault(balances)) return balances
  const { requesters, workers, escrow, fees, payouts, outside } = balances
  const sum =
    [
      ...requesters.map((row) => row.available),
      ...workers.map((row) => row.balance),
      escrow.amount,
      fees,
      payouts,
    ].reduce<bigint>((total, amount) => total + amount, 0n) - outside
  return {
    accounts: [
      ...requesters.map((row) => ({ account: `requester:${row.id}`, balance: formatDollars(row.available) })),
      ...workers.map((row) => ({ account: `worker:${row.id}`, balance: formatDollars(row.balance) })),
      { account: 'escrow', count: escrow.hits, balance: formatDollars(escrow.amount) },
      { account: 'fees', balance: formatDollars(fees) },
      { account: 'payouts', balance: formatDollars(payouts) },
      { account: 'outside', balance: signed(0n - outside) },
    ],
    sum: signed(sum),
  }
}

async function showEscrow(market: Market, requesterId: string, c: Context): Promise<Answer> {
  const page = { requesterId, after: c.req.query('after') ?? '', limit: server.controlPage }
  const hits = await market.runner.run(ListEscrow, operator, page)
  if (isFault(hits)) return hits
  const last = hits.at(-1)
  return {
    hits: hits.map(({ id, status, escrow }) => ({ hitId: id, status, escrow: formatDollars(escrow) })),
    ...(hits.length === page.limit && last && { next: last.id }),
  }
}

function signed(amount: bigint): string {
  return amount < 0n ? `-${formatDollars(-amount as Cents)}` : formatDollars(amount as Cents)
}
