import type { Payout, PayoutState } from '../../domain/payout.ts'
import * as payouts from '../../store/payouts.ts'
import { read, type OperatorCaller } from '../operation.ts'

export interface PayoutPage {
  /** Only payouts of this state. */
  state: PayoutState | undefined
  /** Only payouts older than that of this id. */
  before: string | undefined
  limit: number
}

/** What workers asked to be paid, newest first. */
export const ListAllPayouts = read<OperatorCaller, PayoutPage, Payout[]>('ListAllPayouts', (tx, _, page) =>
  payouts.listNewest(tx, page),
)
