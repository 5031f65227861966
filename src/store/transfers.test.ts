import { expect, test } from 'vitest'
import { account, bonusPayment, deposit, hold, payment, release, withEscrow } from '../domain/ledger.ts'
import { cents, type Cents } from '../domain/money.ts'
import { server } from '../limits.ts'
import { ids, onBothStores, sampleHIT, usualNow, type TestStore } from '../../test/support/stores.ts'
import * as accounts from './accounts.ts'
import { listWrongBalances, sumOfAccounts } from './audit-queries.ts'
import * as hits from './hits.ts'
import { read } from './prepared.ts'
import type { TransferTable } from './schema.ts'
import * as transfers from './transfers.ts'

const rows = read<{ of: string }, TransferTable>(({ db }, p) =>
  db
    .selectFrom('transfer')
    .selectAll()
    .where((eb) => eb.or([eb('debit', '=', p.of), eb('credit', '=', p.of)]))
    .orderBy('id'),
)

const rowsOf = (store: TestStore, of: string) => store.read((tx) => tx.all(rows, { of }))

/** Gives a requester of this test's own some cents. */
async function withMoney(store: TestStore, amount: number): Promise<string> {
  const requesterId = ids.person()
  await store.write((tx) => transfers.post(tx, deposit(requesterId, cents(amount), 'gift'), usualNow))
  return requesterId
}

const available = (store: TestStore, requesterId: string) =>
  store.read((tx) => accounts.available(tx, requesterId))

onBothStores('transfers', (stores) => {
  test('are rows with all that the ledger must tell [design 6]', async () => {
    const { production } = stores()
    const requesterId = await withMoney(production, 500)
    const [row, ...others] = await rowsOf(production, account.requester(requesterId))
    expect(others).toEqual([])
    expect(row).toEqual({
      id: row!.id,
      debit: 'outside',
      credit: `requester:${requesterId}`,
      amount: 500,
      kind: 'deposit',
      reference: 'gift',
      at: usualNow,
    })
  })

  test('move money through escrow to worker and fees, and add up to nothing [hits 9.2, design 6]', async () => {
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
      expect(await transfers.post(tx, all, tx.now)).toBeUndefined()
      await hits.add(tx, withEscrow(bare, all))
      await accounts.countForWorker(tx, 'PAID', { rewards: 10, bonuses: 30 })
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

  test('are refused when the requester has less, and the group of them leaves nothing [hits 9.3]', async () => {
    const { production } = stores()
    const requesterId = await withMoney(production, 20)
    const fitting = hold({ id: 'H1', requesterId }, cents(15))
    const tooMuch = hold({ id: 'H2', requesterId }, cents(6))
    // A refusal is the transaction's end: the runner keeps nothing of it.
    const refusal = await production.discard((tx) => transfers.post(tx, [...fitting, ...tooMuch], tx.now))
    expect(refusal).toEqual({ fault: 'InsufficientFunds' })
    expect(await available(production, requesterId)).toBe(20n)
    expect(await rowsOf(production, account.escrow('H1'))).toEqual([])
  })

  test('take the last cent', async () => {
    const { production } = stores()
    const requesterId = await withMoney(production, 20)
    await production.write((tx) => transfers.post(tx, hold({ id: 'LAST', requesterId }, cents(20)), tx.now))
    expect(await available(production, requesterId)).toBe(0n)
  })

  test('carry 2⁵³−1 cents, exactly [design 6]', async () => {
    const { production } = stores()
    const greatest = Number.MAX_SAFE_INTEGER
    const requesterId = ids.person()
    const found = await production.discard(async (tx) => {
      await transfers.post(tx, deposit(requesterId, cents(greatest), 'all there is'), tx.now)
      await transfers.post(tx, hold({ id: 'GREAT', requesterId }, cents(greatest)), tx.now)
      return tx.all(rows, { of: account.escrow('GREAT') })
    })
    expect(found.map(({ amount }) => amount)).toEqual([greatest])
  })

  test('of nothing are refused by the table itself [design 6]', async () => {
    const { production } = stores()
    const nothing = { ...deposit('R', cents(1), '')[0]!, amount: cents(0) }
    await expect(production.write((tx) => transfers.post(tx, [nothing], tx.now))).rejects.toThrow(/check/i)
  })

  test('of the sandbox never lack money: what is missing comes from outside [hits 9.4]', async () => {
    const { sandbox } = stores()
    const requesterId = ids.person()
    const bare = sampleHIT({ requesterId, escrow: cents(0) })
    await sandbox.write(async (tx) => {
      const held = hold(bare, cents(12))
      expect(await transfers.post(tx, held, tx.now)).toBeUndefined()
      await hits.add(tx, withEscrow(bare, held))
    })
    expect(await available(sandbox, requesterId)).toBe(0n)
    const kinds = (await rowsOf(sandbox, account.requester(requesterId))).map(({ kind }) => kind)
    expect(kinds).toEqual(['deposit', 'hold'])
    expect(await sandbox.read((tx) => sumOfAccounts(tx))).toBe(0)
  })

  test('of the sandbox are bounded: made-up money must not fill an account to the brim [design 6]', async () => {
    const { sandbox } = stores()
    const hit = { id: 'VAST', requesterId: ids.person() }
    const [most, more] = [server.greatestPayment, server.greatestPayment + 1n].map((amount) => cents(amount))
    const post = (amount: Cents) => sandbox.discard((tx) => transfers.post(tx, hold(hit, amount), tx.now))
    expect(await post(most!)).toBeUndefined()
    expect(await post(more!)).toEqual({ fault: 'InsufficientFunds' })
  })

  test('of one market are not seen in the other', async () => {
    const { production, sandbox } = stores()
    const requesterId = await withMoney(production, 5)
    expect(await rowsOf(sandbox, account.requester(requesterId))).toEqual([])
    const { requesters } = await sandbox.read((tx) => transfers.balances(tx))
    expect(requesters.map(({ id }) => id)).not.toContain(requesterId)
  })
})

onBothStores('payments', (stores) => {
  test('are counted for each assignment by their kind, and nothing else is', async () => {
    const { production } = stores()
    const requesterId = await withMoney(production, 100)
    const hit = sampleHIT({ requesterId })
    const found = await production.discard(async (tx) => {
      const twice = [...payment(hit, 'ONE', 'W'), ...payment(hit, 'ONE', 'W')]
      const bonus = { id: 'ONE', requesterId, workerId: 'W', amount: cents(5), fee: cents(1) }
      const all = [...twice, ...payment(hit, 'TWO', 'W'), ...bonusPayment(bonus)]
      await transfers.post(tx, all, tx.now)
      return transfers.listPayments(tx)
    })
    const row = (assignmentId: string, kind: string, count: number, amount: number) => ({
      assignmentId,
      kind,
      count,
      amount: cents(amount),
    })
    const wanted = [row('ONE', 'fee', 2, 4), row('ONE', 'reward', 2, 20)]
    wanted.push(row('TWO', 'fee', 1, 2), row('TWO', 'reward', 1, 10))
    expect(found.toSorted((a, b) => (a.assignmentId + a.kind < b.assignmentId + b.kind ? -1 : 1))).toEqual(
      wanted,
    )
  })
})

onBothStores('the balances of an empty market', (stores) => {
  test('are all nothing', async () => {
    expect(await stores().production.read((tx) => transfers.balances(tx))).toEqual({
      requesters: [],
      workers: [],
      escrow: { hits: 0, amount: 0n },
      fees: 0n,
      outside: 0n,
    })
    expect(await stores().production.read((tx) => sumOfAccounts(tx))).toBe(0)
  })
})
