import type { Cents } from '../../domain/money.ts'
import type { Payout, PayoutMethod } from '../../domain/payout.ts'
import { server } from '../../limits.ts'
import * as payoutMethods from '../../store/payout-methods.ts'
import * as payouts from '../../store/payouts.ts'
import { read, type WorkerCaller } from '../operation.ts'

export interface PayoutsOfWorker {
  method: PayoutMethod | undefined
  /** What was asked for and is not settled. */
  underWay: Cents
  payouts: Payout[]
}

/** A worker's method, and his latest payouts, newest first. */
export const ListPayouts = read<WorkerCaller, object, PayoutsOfWorker>(
  'ListPayouts',
  async (tx, { workerId }) => ({
    method: await payoutMethods.find(tx, workerId),
    underWay: await payouts.sumUnderWay(tx, workerId),
    payouts: await payouts.listOfWorker(tx, workerId, server.payoutsShown),
  }),
)
