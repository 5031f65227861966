import type { Fault } from '../../domain/fault.ts'
import { payoutRequest } from '../../domain/ledger.ts'
import type { Cents } from '../../domain/money.ts'
import { refuseAmount, type Payout, type PayoutMethod } from '../../domain/payout.ts'
import * as payouts from '../../store/payouts.ts'
import type { Write } from '../../store/tx.ts'
import * as workerAccounts from '../../store/worker-accounts.ts'
import { post } from './post.ts'

export interface WantedPayout {
  method: Pick<PayoutMethod, 'workerId' | 'kind'> & { details: string | undefined }
  /** All of the balance when it is undefined. */
  amount: Cents | undefined
  automatic: boolean
  /** That of the form that asks for it. */
  token?: string | undefined
  /** Other than the operator's setting. */
  minimum?: Cents
}

/**
 * Takes what a worker wants to be paid from his balance and holds it until the operator has settled the payout.
 * PayoutTooSmall, PayoutTooLarge. The worker's account is locked.
 */
export async function requestPayout(tx: Write, wanted: WantedPayout): Promise<Payout | Fault> {
  const { kind: method, details, workerId } = wanted.method
  const { balance } = await workerAccounts.lock(tx, workerId)
  const amount = wanted.amount ?? balance
  const refusal = refuseAmount(amount, balance, wanted.minimum ?? tx.settings.payouts.minimum)
  if (refusal) return refusal
  const payout: Payout = {
    id: tx.ids.entity(tx.now),
    workerId,
    amount,
    state: 'requested',
    method,
    details,
    automatic: wanted.automatic,
    requestedAt: tx.now,
    settledAt: undefined,
    note: undefined,
  }
  if (!(await workerAccounts.debit(tx, workerId, amount)))
    throw new Error(`the locked account of worker ${workerId} lost money`)
  const refused = await post(tx, payoutRequest(payout), tx.now)
  if (refused) return refused
  await payouts.add(tx, payout, wanted.token)
  return payout
}
