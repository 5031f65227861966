import type { Fault } from '../../domain/fault.ts'
import { payoutPaid, payoutReturned } from '../../domain/ledger.ts'
import { payoutMessage, type Payout, type PayoutState } from '../../domain/payout.ts'
import * as payoutMethods from '../../store/payout-methods.ts'
import * as payouts from '../../store/payouts.ts'
import type { Write } from '../../store/tx.ts'
import * as workerAccounts from '../../store/worker-accounts.ts'
import { post } from './post.ts'
import { tellWorker } from './tell-worker.ts'

/**
 * Settles a payout once: its money leaves when it was paid and is the worker's again when not, and he is told.
 * PayoutSettled, with the state that it is in, when somebody did before: so nothing is paid twice.
 */
export async function settlePayout(
  tx: Write,
  { id: payoutId }: Payout,
  state: Exclude<PayoutState, 'requested'>,
  note?: string,
): Promise<Payout | Fault> {
  const isFirst = await payouts.settle(tx, payoutId, state, note)
  const payout = await payouts.find(tx, payoutId)
  if (payout === undefined) return { fault: 'PayoutDoesNotExist', payoutId }
  if (!isFirst) return { fault: 'PayoutSettled', payoutId, state: payout.state }
  // An account that was closed meanwhile has kept these details for this payout alone. Who is closing it at this
  // moment waits for the lock and then finds the payout settled.
  if ((await payoutMethods.lock(tx, payout.workerId)) === undefined) await payouts.eraseDetails(tx, payoutId)
  const isPaid = state === 'paid'
  if (!isPaid) await workerAccounts.credit(tx, payout.workerId, payout.amount)
  const refusal = await post(tx, isPaid ? payoutPaid(payout) : payoutReturned(payout), tx.now)
  if (refusal) return refusal
  const message = payoutMessage(payout)
  if (message !== undefined)
    await tellWorker(tx, { kind: 'payout', workerId: payout.workerId, requesterId: '' }, message)
  return payout
}
