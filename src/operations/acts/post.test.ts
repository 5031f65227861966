import { expect, test } from 'vitest'
import { ids, onBothStores, sampleHIT, usualNow, type TestStore } from '../../../test/support/stores.ts'
import { listTransfers } from '../../../test/support/transfer-rows.ts'
import { account, bonusPayment, deposit, hold, payment, release, withEscrow } from '../../domain/ledger.ts'
import { cents, type Cents } from '../../domain/money.ts'
import { server } from '../../limits.ts'
import { listWrongBalances, sumOfAccounts } from '../../store/audit-queries.ts'
import * as hits from '../../store/hits.ts'
import * as requesterAccounts from '../../store/requester-accounts.ts'
import * as transfers from '../../store/transfers.ts'
import * as workerAccounts from '../../store/worker-accounts.ts'
import { post } from './post.ts'

/** Gives a requester of this test's own some cents. */
async function withMoney(store: TestStore, amount: number): Promise<string> {
  const requesterId = ids.person()
  await store.write((tx) => post(tx, deposit(requesterId, cents(amount), 'gift'), usualNow))
  return requesterId
}

const available = (store: TestStore, requesterId: string) =>
  store.read((tx) => requesterAccounts.available(tx, requesterId))

onBothStores('a posting', (stores) => {
  test('moves money through escrow to worker and fees, and all accounts add up to nothing [hits 9.2, design 6]', async () => {
    const { production } = stores()
    const requesterId = await withMoney(production, 100)
    const bare = sampleHIT({ requesterId, escrow: cents(0) })
    const before = await production.read((tx) => transfers.balances(tx))
    await production.write(async (tx) => {
      const held = hold(bare, cents(24))
      const paid = payment(bare, 'ASSIGNMENT', 'PAID')
      const freed = release(bare, cents(12))
      const bonus = { id: 'B', requesterId, workerId: 'PAID', amount: cents(30), fee: cents(6) }
      const all = [...held, ...paid, ...freed, ...bonusPayment(bonus)]
      expect(await post(tx, all, tx.now)).toBeUndefined()
      await hits.add(tx, withEscrow(bare, all))
      await workerAccounts.count(tx, 'PAID', { rewards: 10, bonuses: 30 })
    })
    const after = await production.read((tx) => transfers.balances(tx))
    expect(await available(production, requesterId)).toBe(cents(100 - 24 + 12 - 36))
    expect(after.fees - before.fees).toBe(8n)
    expect(after.outside).toBe(before.outside)
    expect(after.escrow).toEqual(before.escrow)
    expect(after.workers).toContainEqual({ id: 'PAID', balance: 40n })
    expect(await production.read((tx) => sumOfAccounts(tx))).toBe(0)
    expect(await production.read((tx) => listWrongBalances(tx))).toEqual([])
  })

  test('is refused when the requester has less, and leaves nothing of the whole group [hits 9.3]', async () => {
    const { production } = stores()
    const requesterId = await withMoney(production, 20)
    const fitting = hold({ id: 'H1', requesterId }, cents(15))
    const tooMuch = hold({ id: 'H2', requesterId }, cents(6))
    // A refusal is the transaction's end: the runner keeps nothing of it.
    const refusal = await production.discard((tx) => post(tx, [...fitting, ...tooMuch], tx.now))
    expect(refusal).toEqual({ fault: 'InsufficientFunds' })
    expect(await available(production, requesterId)).toBe(20n)
    expect(await listTransfers(production, account.escrow('H1'))).toEqual([])
  })

  test('takes the last cent', async () => {
    const { production } = stores()
    const requesterId = await withMoney(production, 20)
    await production.write((tx) => post(tx, hold({ id: 'LAST', requesterId }, cents(20)), tx.now))
    expect(await available(production, requesterId)).toBe(0n)
  })

  test('in the sandbox never lacks money: what is missing comes from outside [hits 9.4]', async () => {
    const { sandbox } = stores()
    const requesterId = ids.person()
    const bare = sampleHIT({ requesterId, escrow: cents(0) })
    await sandbox.write(async (tx) => {
      const held = hold(bare, cents(12))
      expect(await post(tx, held, tx.now)).toBeUndefined()
      await hits.add(tx, withEscrow(bare, held))
    })
    expect(await available(sandbox, requesterId)).toBe(0n)
    const kinds = (await listTransfers(sandbox, account.requester(requesterId))).map(({ kind }) => kind)
    expect(kinds).toEqual(['deposit', 'hold'])
    expect(await sandbox.read((tx) => sumOfAccounts(tx))).toBe(0)
  })

  test('in the sandbox is bounded: made-up money must not fill an account to the brim [design 6]', async () => {
    const { sandbox } = stores()
    const hit = { id: 'VAST', requesterId: ids.person() }
    const [most, more] = [server.greatestPayment, server.greatestPayment + 1n].map((amount) => cents(amount))
    const postHold = (amount: Cents) => sandbox.discard((tx) => post(tx, hold(hit, amount), tx.now))
    expect(await postHold(most!)).toBeUndefined()
    expect(await postHold(more!)).toEqual({ fault: 'InsufficientFunds' })
  })

  test('gives the payee what the payer lost, in one row', async () => {
    const { production } = stores()
    const requesterId = await withMoney(production, 500)
    expect(await available(production, requesterId)).toBe(500n)
    expect(await listTransfers(production, account.requester(requesterId))).toMatchObject([
      { debit: 'outside', amount: 500, kind: 'deposit', reference: 'gift', at: usualNow },
    ])
  })
})
