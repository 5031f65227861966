// What must come of payouts: a worker's balance is what he earned less what he asked for and did not get back
// [design 6, websites 1.10].
import { refused, type ModelMarket, type ModelWorker, type Prediction } from './model.ts'

export interface ModelPayout {
  id: string
  workerId: string
  amountCents: number
  state: 'requested' | 'paid' | 'failed' | 'cancelled'
}

const least = 100

const sumOf = (payouts: readonly ModelPayout[]) =>
  payouts.reduce((sum, { amountCents }) => sum + amountCents, 0)

/** What payouts of the market in one of these states come to. */
export function payoutCents({ payouts }: ModelMarket, ...states: ModelPayout['state'][]): number {
  return sumOf([...payouts.values()].filter(({ state }) => states.includes(state)))
}

/** What a worker could ask for now. */
export function balanceCents({ payouts }: ModelMarket, worker: ModelWorker): number {
  const taken = [...payouts.values()].filter(
    ({ workerId, state }) => workerId === worker.id && (state === 'requested' || state === 'paid'),
  )
  return worker.rewardCents + worker.bonusCents - sumOf(taken)
}

/** Asks for an amount, or for all. */
export function requestPayout(
  market: ModelMarket,
  worker: ModelWorker,
  wantedCents: number | undefined,
): Prediction {
  if (!market.payoutMethods.has(worker.id)) return refused('PayoutMethodMissing')
  const balance = balanceCents(market, worker)
  const amountCents = wantedCents ?? balance
  if (amountCents > balance) return refused('PayoutTooLarge')
  if (amountCents < least) return refused('PayoutTooSmall')
  const succeed = ({ id, amount, state }: { id: string; amount: bigint; state: string }) => {
    if (Number(amount) !== amountCents || state !== 'requested')
      throw new Error(`a payout of ${amount} cents is ${state}, not ${amountCents} requested`)
    market.payouts.set(id, { id, workerId: worker.id, amountCents, state: 'requested' })
  }
  return { codes: [''], succeed }
}

/** Settles a payout; a worker cancels his own only. */
export function settlePayout(
  market: ModelMarket,
  payoutId: string,
  state: 'paid' | 'failed' | 'cancelled',
  by?: ModelWorker,
): Prediction {
  const payout = market.payouts.get(payoutId)
  if (payout === undefined || (by !== undefined && payout.workerId !== by.id))
    return refused('PayoutDoesNotExist')
  if (payout.state !== 'requested') return refused('PayoutSettled')
  return { codes: [''], succeed: () => void (payout.state = state) }
}
