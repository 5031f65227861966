// The audit's question about payouts: whether each was held once, and then either left or came back once, as its state
// says. A sound market answers no row, and then what is held is what is under way [design 6].
import { sql } from 'kysely'
import { server } from '../limits.ts'
import { read } from './prepared.ts'
import type { Read } from './tx.ts'

/** A payout whose transfers are not those of its state, in cents, and how many there are. */
export interface WrongPayout {
  payoutId: string
  amount: number
  held: number
  paid: number
  returned: number
  transfers: number
}

const wrongPayoutRows = read<object, WrongPayout>(({ db }) => {
  const sumOf = (kind: string) => sql<number>`sum(case when kind = ${sql.lit(kind)} then amount else 0 end)`
  return db
    .with('moved', (inner) =>
      inner
        .selectFrom('transfer')
        .select([
          'reference',
          sumOf('payout request').as('held_moved'),
          sumOf('payout').as('paid_moved'),
          sumOf('payout return').as('returned_moved'),
          sql<number>`count(*)`.as('moves'),
        ])
        .where('kind', 'in', [sql.lit('payout request'), sql.lit('payout'), sql.lit('payout return')])
        .groupBy('reference'),
    )
    .selectFrom('moved')
    .fullJoin('payout', 'payout.id', 'moved.reference')
    .select([
      sql<string>`coalesce(id, reference)`.as('payoutId'),
      sql<number>`coalesce(amount, 0)`.as('amount'),
      sql<number>`coalesce(held_moved, 0)`.as('held'),
      sql<number>`coalesce(paid_moved, 0)`.as('paid'),
      sql<number>`coalesce(returned_moved, 0)`.as('returned'),
      sql<number>`coalesce(moves, 0)`.as('transfers'),
    ])
    .where(
      sql<boolean>`coalesce(held_moved, 0) <> coalesce(amount, 0)
        or coalesce(paid_moved, 0) <> case state when 'paid' then amount else 0 end
        or coalesce(returned_moved, 0) <> case when state in ('failed', 'cancelled') then amount else 0 end
        or moves <> case state when 'requested' then 1 else 2 end
        or id is null`,
    )
    .orderBy('payoutId')
    .limit(sql.lit(server.auditRows))
})

/** Payouts whose money did not go the way of their state, exactly once. */
export async function listWrongPayouts(tx: Read): Promise<WrongPayout[]> {
  return tx.all(wrongPayoutRows, {})
}
