// Double entry: every movement of money is a transfer from one account to another, and rows are never changed.
// What a HIT may still cost lies in an escrow account of its own, so approving needs no look at the requester's
// money and cannot fail for want of it [design 6, hits 9.2].
import type { HIT } from './hit.ts'
import { available, holdPerAssignment } from './hit.ts'
import { times, zero, type Cents } from './money.ts'

/** Why money moved. */
export type TransferKind =
  | 'deposit'
  | 'payout request'
  | 'payout'
  | 'payout return'
  | 'hold'
  | 'release'
  | 'reward'
  | 'fee'
  | 'bonus'
  | 'bonus fee'

/** `debit` loses what `credit` gains. `reference` is the HIT, assignment, bonus or payout that it is about. */
export interface Transfer {
  debit: string
  credit: string
  amount: Cents
  kind: TransferKind
  reference: string
}

export const account = {
  requester: (id: string) => `requester:${id}`,
  escrow: (hitId: string) => `escrow:${hitId}`,
  worker: (id: string) => `worker:${id}`,
  fees: 'fees',
  /** What workers asked for and has neither been paid nor come back to them. */
  payouts: 'payouts',
  outside: 'outside',
} as const

/** The id behind an account of the given family, or undefined when the account is of another one. */
export function ownerOf(name: string, family: 'requester' | 'escrow' | 'worker'): string | undefined {
  return name.startsWith(`${family}:`) ? name.slice(family.length + 1) : undefined
}

/** Money into a requester's account from outside. */
export function deposit(requesterId: string, amount: Cents, reference: string): Transfer[] {
  return nonZero([
    { debit: account.outside, credit: account.requester(requesterId), amount, kind: 'deposit', reference },
  ])
}

/** Holds `amount` of the requester's money for a HIT: at creation, extension, override [hits 9.2]. */
export function hold(hit: Pick<HIT, 'id' | 'requesterId'>, amount: Cents): Transfer[] {
  return nonZero([
    {
      debit: account.requester(hit.requesterId),
      credit: account.escrow(hit.id),
      amount,
      kind: 'hold',
      reference: hit.id,
    },
  ])
}

/** Gives `amount` back to the requester: on rejection, expiry, return after expiry [hits 9.2]. */
export function release(hit: Pick<HIT, 'id' | 'requesterId'>, amount: Cents): Transfer[] {
  return nonZero([
    {
      debit: account.escrow(hit.id),
      credit: account.requester(hit.requesterId),
      amount,
      kind: 'release',
      reference: hit.id,
    },
  ])
}

/** The two payments of an approval: reward to the worker, fee to the operator [hits 7.1]. */
export function payment(hit: HIT, assignmentId: string, workerId: string): Transfer[] {
  const debit = account.escrow(hit.id)
  return nonZero([
    { debit, credit: account.worker(workerId), amount: hit.reward, kind: 'reward', reference: assignmentId },
    { debit, credit: account.fees, amount: hit.fee, kind: 'fee', reference: assignmentId },
  ])
}

/** A bonus and its fee, straight from the requester's available money [hits 9.5]. */
export function bonusPayment(bonus: {
  id: string
  requesterId: string
  workerId: string
  amount: Cents
  fee: Cents
}): Transfer[] {
  const debit = account.requester(bonus.requesterId)
  return nonZero([
    {
      debit,
      credit: account.worker(bonus.workerId),
      amount: bonus.amount,
      kind: 'bonus',
      reference: bonus.id,
    },
    { debit, credit: account.fees, amount: bonus.fee, kind: 'bonus fee', reference: bonus.id },
  ])
}

/** Holds what a worker asks to be paid. */
export function payoutRequest(payout: { id: string; workerId: string; amount: Cents }): Transfer[] {
  return payoutTransfer(payout, account.worker(payout.workerId), account.payouts, 'payout request')
}

/** A payout that was paid: its money has left. */
export function payoutPaid(payout: { id: string; amount: Cents }): Transfer[] {
  return payoutTransfer(payout, account.payouts, account.outside, 'payout')
}

/** A payout that failed or was cancelled: its money is the worker's again. */
export function payoutReturned(payout: { id: string; workerId: string; amount: Cents }): Transfer[] {
  return payoutTransfer(payout, account.payouts, account.worker(payout.workerId), 'payout return')
}

function payoutTransfer(
  { id, amount }: { id: string; amount: Cents },
  debit: string,
  credit: string,
  kind: TransferKind,
): Transfer[] {
  return nonZero([{ debit, credit, amount, kind, reference: id }])
}

/** The HIT with its escrow changed by what `transfers` move into and out of it. */
export function withEscrow(hit: HIT, transfers: readonly Transfer[]): HIT {
  const mine = account.escrow(hit.id)
  let escrow: bigint = hit.escrow
  for (const transfer of transfers) {
    if (transfer.credit === mine) escrow += transfer.amount
    if (transfer.debit === mine) escrow -= transfer.amount
  }
  if (escrow < 0n) throw new Error(`escrow of HIT ${hit.id} would fall below zero`)
  return { ...hit, escrow: escrow as Cents }
}

/** What the escrow of a HIT must hold: open work, unreviewed work, and free slots while they are held [design 6]. */
export function dueEscrow(hit: HIT): Cents | undefined {
  const assignments = hit.pending + (hit.submitted - hit.reviewed) + (hit.slotsHeld ? available(hit) : 0)
  return hit.status === 'Disposed' ? zero : times(holdPerAssignment(hit), assignments)
}

// A reward or fee of nothing moves nothing: a transfer is always of one cent at least.
function nonZero(transfers: Transfer[]): Transfer[] {
  return transfers.filter((transfer) => transfer.amount > 0n)
}
