// Questions of the ledger's audit, each one statement over whole tables that answers only what is wrong, so that a
// million assignments are checked in seconds and a sound market answers no row [design 6].
import { sql, type RawBuilder } from 'kysely'
import { server } from '../limits.ts'
import { read } from './prepared.ts'
import type { Read } from './tx.ts'

const text = (value: string): RawBuilder<string> => sql<string>`cast(${sql.lit(value)} as text)`

/** Accounts of which no row keeps a balance: the ledger alone tells it. */
const withoutRow = ['fees', 'payouts', 'outside'].map((name) => sql.lit(name))

/** The sum over all accounts, each from the place where its balance is kept; the others from the transfers. */
const grandTotal = read<object, { total: number }>(({ db }) =>
  db
    .selectFrom(
      db
        .selectFrom('requester_account')
        .select(sql<number>`available`.as('amount'))
        .unionAll(db.selectFrom('worker_account').select(sql<number>`balance`.as('amount')))
        .unionAll(db.selectFrom('hit').select(sql<number>`escrow`.as('amount')))
        .unionAll(
          db
            .selectFrom('transfer')
            .select(sql<number>`amount`.as('amount'))
            .where('credit', 'in', withoutRow),
        )
        .unionAll(
          db
            .selectFrom('transfer')
            .select(sql<number>`-amount`.as('amount'))
            .where('debit', 'in', withoutRow),
        )
        .as('part'),
    )
    .select(sql<number>`coalesce(sum(amount), 0)`.as('total')),
)

/** What the balances of all accounts add up to, in cents: 0 in a sound market. */
export async function sumOfAccounts(tx: Read): Promise<number> {
  return (await tx.first(grandTotal, {}))?.total ?? 0
}

/** An account whose kept balance is negative, or is not what its transfers come to. Amounts in cents. */
export interface WrongBalance {
  account: string
  kept: number
  moved: number
}

// One pass over the ledger: every transfer counts for both its accounts, beside the balances that are kept.
const wrongBalanceRows = read<object, WrongBalance>(({ db }) =>
  db
    .selectFrom(
      db
        .selectFrom('transfer')
        .select(['credit as account', sql<number>`amount`.as('moved'), sql<number>`0`.as('kept')])
        .unionAll(
          db
            .selectFrom('transfer')
            .select(['debit as account', sql<number>`-amount`.as('moved'), sql<number>`0`.as('kept')]),
        )
        .unionAll(
          db
            .selectFrom('requester_account')
            .select([
              sql<string>`${text('requester:')} || requester_id`.as('account'),
              sql<number>`0`.as('moved'),
              sql<number>`available`.as('kept'),
            ]),
        )
        .unionAll(
          db
            .selectFrom('worker_account')
            .select([
              sql<string>`${text('worker:')} || worker_id`.as('account'),
              sql<number>`0`.as('moved'),
              sql<number>`balance`.as('kept'),
            ]),
        )
        .unionAll(
          db
            .selectFrom('hit')
            .select([
              sql<string>`${text('escrow:')} || id`.as('account'),
              sql<number>`0`.as('moved'),
              sql<number>`escrow`.as('kept'),
            ]),
        )
        .as('part'),
    )
    .select(['account', sql<number>`sum(kept)`.as('kept'), sql<number>`sum(moved)`.as('moved')])
    .where('account', 'not in', withoutRow)
    .groupBy('account')
    .having(sql<boolean>`sum(kept) <> sum(moved) or sum(kept) < 0`)
    .orderBy('account')
    .limit(sql.lit(server.auditRows)),
)

/** Accounts whose balance is negative or differs from their transfers. */
export async function listWrongBalances(tx: Read): Promise<WrongBalance[]> {
  return tx.all(wrongBalanceRows, {})
}

/** An assignment whose payments are not those of its state. Counts, and sums in cents. */
export interface WrongPayment {
  assignmentId: string
  approved: number
  rewards: number
  fees: number
  rewardCents: number
  feeCents: number
  dueRewardCents: number
  dueFeeCents: number
}

const wrongPaymentRows = read<object, WrongPayment>(({ db }) => {
  const when = (kind: string, value: string) =>
    sql<number>`case when kind = ${sql.lit(kind)} then ${sql.raw(value)} else 0 end`
  return db
    .selectFrom(
      db
        .selectFrom('transfer')
        .select([
          'reference as assignment_id',
          sql<number>`0`.as('approved'),
          when('reward', '1').as('rewards'),
          when('fee', '1').as('fees'),
          when('reward', 'amount').as('reward_paid'),
          when('fee', 'amount').as('fee_paid'),
          sql<number>`0`.as('reward_due'),
          sql<number>`0`.as('fee_due'),
        ])
        .where('kind', 'in', [sql.lit('reward'), sql.lit('fee')])
        .unionAll(
          db
            .selectFrom('assignment')
            .innerJoin('hit', 'hit.id', 'assignment.hit_id')
            .select([
              'assignment.id as assignment_id',
              sql<number>`1`.as('approved'),
              sql<number>`0`.as('rewards'),
              sql<number>`0`.as('fees'),
              sql<number>`0`.as('reward_paid'),
              sql<number>`0`.as('fee_paid'),
              // Work fixes the HIT's type, so what the HIT pays now is what it paid then [hits 12.11].
              sql<number>`reward`.as('reward_due'),
              sql<number>`fee`.as('fee_due'),
            ])
            .where('assignment.state', '=', sql.lit('Approved')),
        )
        .as('part'),
    )
    .select([
      'assignment_id as assignmentId',
      sql<number>`sum(approved)`.as('approved'),
      sql<number>`sum(rewards)`.as('rewards'),
      sql<number>`sum(fees)`.as('fees'),
      sql<number>`sum(reward_paid)`.as('rewardCents'),
      sql<number>`sum(fee_paid)`.as('feeCents'),
      sql<number>`sum(reward_due)`.as('dueRewardCents'),
      sql<number>`sum(fee_due)`.as('dueFeeCents'),
    ])
    .groupBy('assignment_id')
    .having(
      // A reward or fee of nothing is no transfer.
      sql<boolean>`sum(reward_paid) <> sum(reward_due) or sum(fee_paid) <> sum(fee_due)
        or sum(rewards) > 1 or sum(fees) > 1`,
    )
    .orderBy('assignment_id')
    .limit(sql.lit(server.auditRows))
})

/** Approved assignments that were not paid once and rightly, and payments for what is not approved. */
export async function listWrongPayments(tx: Read): Promise<WrongPayment[]> {
  return tx.all(wrongPaymentRows, {})
}

/** A bonus whose transfers are not one payment and one fee of its amounts. */
export interface WrongBonus {
  bonusId: string
  paidCents: number
  feeCents: number
  dueCents: number
  dueFeeCents: number
}

const wrongBonusRows = read<object, WrongBonus>(({ db }) =>
  db
    .selectFrom(
      db
        .selectFrom('transfer')
        .select([
          'reference as bonus_id',
          sql<number>`case kind when 'bonus' then amount else 0 end`.as('paid'),
          sql<number>`case kind when 'bonus' then 0 else amount end`.as('fee_paid'),
          sql<number>`0`.as('due'),
          sql<number>`0`.as('fee_due'),
        ])
        .where('kind', 'in', [sql.lit('bonus'), sql.lit('bonus fee')])
        .unionAll(
          db
            .selectFrom('bonus')
            .select([
              'id as bonus_id',
              sql<number>`0`.as('paid'),
              sql<number>`0`.as('fee_paid'),
              sql<number>`amount`.as('due'),
              sql<number>`fee`.as('fee_due'),
            ]),
        )
        .as('part'),
    )
    .select([
      'bonus_id as bonusId',
      sql<number>`sum(paid)`.as('paidCents'),
      sql<number>`sum(fee_paid)`.as('feeCents'),
      sql<number>`sum(due)`.as('dueCents'),
      sql<number>`sum(fee_due)`.as('dueFeeCents'),
    ])
    .groupBy('bonus_id')
    .having(sql<boolean>`sum(paid) <> sum(due) or sum(fee_paid) <> sum(fee_due)`)
    .orderBy('bonus_id')
    .limit(sql.lit(server.auditRows)),
)

/** Bonuses that were not paid once and rightly. */
export async function listWrongBonuses(tx: Read): Promise<WrongBonus[]> {
  return tx.all(wrongBonusRows, {})
}
