// Payouts in order have nothing to tell; each disorder, made straight in the tables, is told [design 6].
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { payoutPaid, payoutRequest, payoutReturned } from '../domain/ledger.ts'
import { cents } from '../domain/money.ts'
import type { Payout, PayoutState } from '../domain/payout.ts'
import { post } from '../operations/acts/post.ts'
import { ids, onBothStores } from '../../test/support/stores.ts'
import { listWrongPayouts } from './audit-payouts.ts'
import * as payouts from './payouts.ts'
import { write } from './prepared.ts'
import type { Write } from './tx.ts'

/** One payout of each state, with its transfers; answers their ids. */
async function buildSound(tx: Write): Promise<Record<PayoutState, string>> {
  const made: Partial<Record<PayoutState, string>> = {}
  for (const state of ['requested', 'paid', 'failed', 'cancelled'] as const) {
    const payout: Payout = {
      id: ids.entity(tx.now),
      workerId: 'AW',
      amount: cents(250),
      state,
      method: 'Other',
      details: undefined,
      automatic: false,
      requestedAt: tx.now,
      settledAt: undefined,
      note: undefined,
    }
    await post(tx, payoutRequest(payout), tx.now)
    if (state === 'paid') await post(tx, payoutPaid(payout), tx.now)
    if (state === 'failed' || state === 'cancelled') await post(tx, payoutReturned(payout), tx.now)
    await payouts.add(tx, payout, undefined)
    made[state] = payout.id
  }
  return made as Record<PayoutState, string>
}

const without = (kind: string) =>
  write<{ id: string }, unknown>(({ db }, p) =>
    db.deleteFrom('transfer').where('reference', '=', p.id).where('kind', '=', sql.lit(kind)),
  )
const more = (kind: string) =>
  write<{ id: string }, unknown>(({ db }, p) =>
    db
      .updateTable('transfer')
      .set({ amount: sql<number>`amount + 1` })
      .where('reference', '=', p.id)
      .where('kind', '=', sql.lit(kind)),
  )
const into = (state: PayoutState) =>
  write<{ id: string }, unknown>(({ db }, p) =>
    db
      .updateTable('payout')
      .set({ state: sql.lit(state) })
      .where('id', '=', p.id),
  )
const gone = write<{ id: string }, unknown>(({ db }, p) => db.deleteFrom('payout').where('id', '=', p.id))

onBothStores('the audit of payouts', (stores) => {
  test('has nothing to tell of payouts in order', async () => {
    const found = await stores().production.discard(async (tx) => {
      await buildSound(tx)
      return listWrongPayouts(tx)
    })
    expect(found).toEqual([])
  })

  test.for([
    ['the money was never held', 'requested', without('payout request')],
    ['a cent more was held', 'requested', more('payout request')],
    ['the money never left', 'paid', without('payout')],
    ['a cent more left', 'paid', more('payout')],
    ['the money never came back', 'failed', without('payout return')],
    ['a cent more came back', 'cancelled', more('payout return')],
    ['a paid one is taken for requested', 'paid', into('requested')],
    ['a requested one is taken for paid', 'requested', into('paid')],
    ['a failed one is taken for paid', 'failed', into('paid')],
    ['a paid one is gone', 'paid', gone],
    ['a requested one is gone', 'requested', gone],
  ] as const)('tells that %s', async ([, state, change]) => {
    const { found, id } = await stores().production.discard(async (tx) => {
      const made = await buildSound(tx)
      expect(await tx.change(change, { id: made[state] })).toBe(1)
      return { found: await listWrongPayouts(tx), id: made[state] }
    })
    expect(found.map(({ payoutId }) => payoutId)).toEqual([id])
  })

  test('tells that one was paid twice', async () => {
    const { found, id } = await stores().production.discard(async (tx) => {
      const { paid } = await buildSound(tx)
      await post(tx, payoutPaid({ id: paid, amount: cents(250) }), tx.now)
      return { found: await listWrongPayouts(tx), id: paid }
    })
    expect(found).toEqual([{ payoutId: id, amount: 250, held: 250, paid: 500, returned: 0, transfers: 3 }])
  })
})
