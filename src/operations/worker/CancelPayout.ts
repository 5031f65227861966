import type { Payout } from '../../domain/payout.ts'
import * as payouts from '../../store/payouts.ts'
import { settlePayout } from '../acts/settle-payout.ts'
import { write, type WorkerCaller } from '../operation.ts'

/**
 * Takes a request to be paid back; the money is in the balance again. PayoutDoesNotExist for another worker's,
 * PayoutSettled.
 */
export const CancelPayout = write<WorkerCaller, { payoutId: string }, Payout>(
  'CancelPayout',
  (_, { payoutId }) => payoutId,
  async (tx, { workerId }, { payoutId }) => {
    const payout = await payouts.find(tx, payoutId)
    if (payout?.workerId !== workerId) return { fault: 'PayoutDoesNotExist', payoutId }
    return settlePayout(tx, payout, 'cancelled')
  },
)
