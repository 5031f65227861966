import { expect, test } from 'vitest'
import { account, bonusPayment, deposit, hold, payment, type Transfer } from '../domain/ledger.ts'
import { cents } from '../domain/money.ts'
import { ids, onBothStores, sampleHIT, usualNow, type TestStore } from '../../test/support/stores.ts'
import { listTransfers, transfersOf } from '../../test/support/transfer-rows.ts'
import { sumOfAccounts } from './audit-queries.ts'
import * as transfers from './transfers.ts'
import type { Write } from './tx.ts'

/** A requester of this test's own, to whom some cents were transferred. */
async function withTransfer(store: TestStore, amount: number): Promise<string> {
  const requesterId = ids.person()
  await store.write((tx) => addAll(tx, deposit(requesterId, cents(amount), 'gift')))
  return requesterId
}

async function addAll(tx: Write, added: readonly Transfer[]): Promise<void> {
  for (const transfer of added) await transfers.add(tx, transfer, tx.now)
}

onBothStores('transfers', (stores) => {
  test('are rows with all that the ledger must tell [design 6]', async () => {
    const { production } = stores()
    const requesterId = await withTransfer(production, 500)
    const [row, ...others] = await listTransfers(production, account.requester(requesterId))
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

  test('carry 2⁵³−1 cents, exactly [design 6]', async () => {
    const { production } = stores()
    const greatest = Number.MAX_SAFE_INTEGER
    const requesterId = ids.person()
    const found = await production.discard(async (tx) => {
      await addAll(tx, hold({ id: 'GREAT', requesterId }, cents(greatest)))
      return tx.all(transfersOf, { account: account.escrow('GREAT') })
    })
    expect(found.map(({ amount }) => amount)).toEqual([greatest])
  })

  test('of nothing are refused by the table itself [design 6]', async () => {
    const { production } = stores()
    const nothing = { ...deposit('R', cents(1), '')[0]!, amount: cents(0) }
    await expect(production.write((tx) => transfers.add(tx, nothing, tx.now))).rejects.toThrow(/check/i)
  })

  test('of one market are not seen in the other', async () => {
    const { production, sandbox } = stores()
    const requesterId = await withTransfer(production, 5)
    expect(await listTransfers(sandbox, account.requester(requesterId))).toEqual([])
  })
})

onBothStores('payments', (stores) => {
  test('are counted for each assignment by their kind, and nothing else is', async () => {
    const { production } = stores()
    const requesterId = await withTransfer(production, 100)
    const hit = sampleHIT({ requesterId })
    const found = await production.discard(async (tx) => {
      const twice = [...payment(hit, 'ONE', 'W'), ...payment(hit, 'ONE', 'W')]
      const bonus = { id: 'ONE', requesterId, workerId: 'W', amount: cents(5), fee: cents(1) }
      const all = [...twice, ...payment(hit, 'TWO', 'W'), ...bonusPayment(bonus)]
      await addAll(tx, all)
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
      payouts: 0n,
    })
    expect(await stores().production.read((tx) => sumOfAccounts(tx))).toBe(0)
  })
})
