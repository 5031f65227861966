// The audit of the ledger that must hold after every test that moves money.
import { expect } from 'vitest'
import type { HIT } from '../../src/domain/hit.ts'
import { account, dueEscrow } from '../../src/domain/ledger.ts'
import { listWrongPayouts } from '../../src/store/audit-payouts.ts'
import { listAll } from '../../src/store/hits.ts'
import { read } from '../../src/store/prepared.ts'
import { balances, listPayments } from '../../src/store/transfers.ts'
import type { Read } from '../../src/store/tx.ts'
import type { TestMarket } from './market.ts'

const movements = read<object, { debit: string; credit: string; amount: number }>(({ db }) =>
  db.selectFrom('transfer').select(['debit', 'credit', 'amount']),
)

const requested = read<object, { amount: number }>(({ db }) =>
  db.selectFrom('payout').select('amount').where('state', '=', 'requested'),
)

/**
 * Audits the ledger: all accounts add up to zero, every kept balance is what the transfers make it, no assignment
 * was paid twice, payouts are held until they are settled, and every escrow is what its HIT may still cost [design 6].
 */
export async function checkLedger({ market, clock }: TestMarket): Promise<void> {
  await market.store.read(clock.now(), async (tx) => {
    const kept = await balances(tx)
    const moved = new Map<string, bigint>()
    for (const { debit, credit, amount } of await tx.all(movements, {})) {
      moved.set(debit, (moved.get(debit) ?? 0n) - BigInt(amount))
      moved.set(credit, (moved.get(credit) ?? 0n) + BigInt(amount))
    }
    const people = [
      ...kept.requesters.map(({ available }) => available),
      ...kept.workers.map((w) => w.balance),
    ]
    const sum = people.reduce(
      (total: bigint, amount) => total + amount,
      kept.escrow.amount + kept.fees + kept.payouts,
    )
    expect(sum, 'sum of all accounts').toBe(kept.outside)
    for (const { id, available } of kept.requesters) {
      expect(available, `money of requester ${id}`).toBe(moved.get(account.requester(id)) ?? 0n)
      for (const hit of await everyHIT(tx, id)) {
        expect(hit.escrow, `escrow of HIT ${hit.id}`).toBe(dueEscrow(hit))
        expect(hit.escrow, `transfers of HIT ${hit.id}`).toBe(moved.get(account.escrow(hit.id)) ?? 0n)
      }
    }
    for (const { id, balance } of kept.workers) {
      expect(balance, `money of worker ${id}`).toBe(moved.get(account.worker(id)) ?? 0n)
    }
    expect(kept.payouts, 'payouts under way').toBe(
      (await tx.all(requested, {})).reduce((total, { amount }) => total + BigInt(amount), 0n),
    )
    expect(await listWrongPayouts(tx), 'payouts').toEqual([])
    for (const payment of await listPayments(tx))
      expect(payment.count, `payments of ${payment.assignmentId}`).toBe(1)
  })
}

async function everyHIT(tx: Read, requesterId: string): Promise<HIT[]> {
  const hits: HIT[] = []
  for (;;) {
    const page = await listAll(tx, requesterId, hits.at(-1)?.id ?? '', 500)
    hits.push(...page)
    if (page.length < 500) return hits
  }
}
