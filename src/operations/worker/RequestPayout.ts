import type { Cents } from '../../domain/money.ts'
import type { Payout } from '../../domain/payout.ts'
import * as payoutMethods from '../../store/payout-methods.ts'
import * as payouts from '../../store/payouts.ts'
import * as workerAccounts from '../../store/worker-accounts.ts'
import { requestPayout } from '../acts/request-payout.ts'
import { write, type WorkerCaller } from '../operation.ts'

export interface PayoutRequest {
  /** All of the balance when it is undefined. */
  amount: Cents | undefined
  /** That of the form: sent again with this amount it asks for nothing more, and the first payout is answered. */
  token?: string | undefined
}

/** Asks to be paid by the worker's method [websites 1.10]. PayoutMethodMissing, PayoutTooSmall, PayoutTooLarge. */
export const RequestPayout = write<WorkerCaller, PayoutRequest, Payout>(
  'RequestPayout',
  (_, __, { id }) => id,
  async (tx, { workerId }, { amount, token: form }) => {
    // Who goes back to the form and asks for another amount must not be told that he got it when he did not.
    const token = form === undefined ? undefined : `${form} ${amount ?? 'all'}`
    await workerAccounts.lock(tx, workerId)
    const before = token === undefined ? undefined : await payouts.findByToken(tx, workerId, token)
    if (before !== undefined) return before
    const method = await payoutMethods.find(tx, workerId)
    if (method === undefined) return { fault: 'PayoutMethodMissing' }
    return requestPayout(tx, { method, amount, automatic: false, token })
  },
)
