import type { Fault } from '../../domain/fault.ts'
import { deposit, ownerOf, type Transfer } from '../../domain/ledger.ts'
import { server } from '../../limits.ts'
import * as requesterAccounts from '../../store/requester-accounts.ts'
import * as transfers from '../../store/transfers.ts'
import type { Write } from '../../store/tx.ts'

/**
 * Moves money at `at`: writes transfers and changes the balances of the requesters in them. The act that posts saves
 * a HIT's escrow and a worker's balance, together with their counters. InsufficientFunds when a requester has less
 * than he would lose; the transaction is then given up.
 */
export async function post(tx: Write, posted: readonly Transfer[], at: number): Promise<Fault | undefined> {
  for (const transfer of posted) {
    const refusal = await debit(tx, transfer, at)
    if (refusal) return refusal
    const payee = ownerOf(transfer.credit, 'requester')
    if (payee !== undefined) await requesterAccounts.credit(tx, payee, transfer.amount)
    await transfers.add(tx, transfer, at)
  }
  return undefined
}

async function debit(tx: Write, transfer: Transfer, at: number): Promise<Fault | undefined> {
  const payer = ownerOf(transfer.debit, 'requester')
  if (payer === undefined) return undefined
  if (await requesterAccounts.debit(tx, payer, transfer.amount)) return undefined
  if (tx.settings.unlimitedFunds && transfer.amount <= server.greatestPayment) {
    // The sandbox never runs out [hits 9.4]: what is missing comes from outside, so the ledger still adds up.
    await post(tx, deposit(payer, transfer.amount, 'sandbox'), at)
    if (await requesterAccounts.debit(tx, payer, transfer.amount)) return undefined
  }
  return { fault: 'InsufficientFunds' }
}
