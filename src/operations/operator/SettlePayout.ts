import type { Payout } from '../../domain/payout.ts'
import * as payouts from '../../store/payouts.ts'
import { settlePayout } from '../acts/settle-payout.ts'
import { write, type OperatorCaller } from '../operation.ts'

export interface Settlement {
  payoutId: string
  result: 'paid' | 'failed'
  /** For the worker. */
  note?: string | undefined
}

/** Notes that a payout was paid or could not be. PayoutDoesNotExist, PayoutSettled. */
export const SettlePayout = write<OperatorCaller, Settlement, Payout>(
  'SettlePayout',
  (_, { payoutId }) => payoutId,
  async (tx, _, { payoutId, result, note }) => {
    const payout = await payouts.find(tx, payoutId)
    if (payout === undefined) return { fault: 'PayoutDoesNotExist', payoutId }
    return settlePayout(tx, payout, result, note)
  },
)
