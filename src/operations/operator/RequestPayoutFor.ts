import { cents, type Cents } from '../../domain/money.ts'
import type { Payout } from '../../domain/payout.ts'
import * as workerAccounts from '../../store/worker-accounts.ts'
import * as workers from '../../store/workers.ts'
import { requestPayout } from '../acts/request-payout.ts'
import { write, type OperatorCaller } from '../operation.ts'

export interface PayoutOfClosed {
  workerId: string
  /** All of the balance when it is undefined. */
  amount: Cents | undefined
  /** How the operator pays it. */
  method: string
}

/**
 * Asks for what is left on a closed account: its worker cannot ask any more, and work that is reviewed later is paid all
 * the same. No minimum counts. WorkerDoesNotExist, PayoutTooSmall, PayoutTooLarge; InvalidInput for an account that is
 * open, whose worker asks himself.
 */
export const RequestPayoutFor = write<OperatorCaller, PayoutOfClosed, Payout>(
  'RequestPayoutFor',
  (_, __, { id }) => id,
  async (tx, _, { workerId, amount, method }) => {
    const worker = await workers.find(tx, workerId)
    if (worker === undefined) return { fault: 'WorkerDoesNotExist', workerId }
    if (worker.closedAt === undefined)
      return {
        fault: 'InvalidInput',
        member: 'workerId',
        explanation: 'The account is open: its worker asks for his money himself.',
      }
    await workerAccounts.lock(tx, workerId)
    const wanted = { method: { workerId, kind: method, details: undefined }, amount, automatic: false }
    return requestPayout(tx, { ...wanted, minimum: cents(0) })
  },
)
