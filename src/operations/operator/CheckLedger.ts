// Proves that the books are right, at the end of every simulation.
import { formatDollars, type Cents } from '../../domain/money.ts'
import * as counts from '../../store/audit-counts.ts'
import { listWrongPayouts } from '../../store/audit-payouts.ts'
import * as money from '../../store/audit-queries.ts'
import * as record from '../../store/audit-record.ts'
import type { Read } from '../../store/tx.ts'
import { read, type OperatorCaller } from '../operation.ts'

/** What is wrong, one sentence each; none in a sound market. At most 100 of each kind are named. */
export interface LedgerReport {
  problems: string[]
}

/**
 * Checks what must always be true of the money [design 6]: the sum over all accounts is zero, no balance is
 * negative, each is the sum of its transfers, approved work was paid exactly once and other work not at all, a
 * HIT's escrow is what it may still cost, and counters count what there is. Reads whole tables.
 */
export const CheckLedger = read<OperatorCaller, object, LedgerReport>('CheckLedger', async (tx) => ({
  problems: [
    ...(await sum(tx)),
    ...(await money.listWrongBalances(tx)).map(
      ({ account, kept, moved }) =>
        `Account ${account} holds ${dollars(kept)}, but its transfers come to ${dollars(moved)}` +
        `${kept < 0 ? ', and no balance may be negative' : ''}.`,
    ),
    ...(await money.listWrongPayments(tx)).map(wrongPayment),
    ...(await money.listWrongBonuses(tx)).map(
      (bonus) =>
        `Bonus ${bonus.bonusId} is ${dollars(bonus.dueCents)} with a fee of ${dollars(bonus.dueFeeCents)}, ` +
        `but ${dollars(bonus.paidCents)} and ${dollars(bonus.feeCents)} were paid.`,
    ),
    ...(await listWrongPayouts(tx)).map(
      ({ payoutId, amount, held, paid, returned, transfers }) =>
        `Payout ${payoutId} is of ${dollars(amount)}, but in ${transfers} transfers ${dollars(held)} were held, ` +
        `${dollars(paid)} paid and ${dollars(returned)} given back.`,
    ),
    ...(await counts.listWrongEscrow(tx)).map(
      ({ hitId, escrow, due }) =>
        `HIT ${hitId} holds ${dollars(escrow)}, but may still cost ${dollars(due)}.`,
    ),
    ...(await counts.listWrongHITCounters(tx)).map(
      (hit) =>
        `HIT ${hit.hitId} of ${hit.maxAssignments} assignments counts ${hit.pending} pending, ` +
        `${hit.submitted} submitted, ${hit.reviewed} reviewed, but there are ${hit.pendingCounted}, ` +
        `${hit.submittedCounted} and ${hit.reviewedCounted}.`,
    ),
    ...(await counts.listWrongWorkerCounters(tx)).map(
      ({ workerId }) => `The counters of worker ${workerId} do not agree with his assignments and payments.`,
    ),
    ...(await counts.listWrongGroupCounts(tx)).map(
      ({ workerId, hitTypeId, done, counted }) =>
        `Worker ${workerId} is taken to have had ${done} HITs of type ${hitTypeId}, but had ${counted}.`,
    ),
    ...(await counts.listWrongTypeCounts(tx)).map(
      ({ hitTypeId, kept, counted }) => `HIT type ${hitTypeId} counts ${kept} HITs, but ${counted} have it.`,
    ),
    ...(await record.listWrongDays(tx)).map(
      ({ workerId }) => `The days of worker ${workerId} do not agree with his assignments and payments.`,
    ),
    ...(await record.listWrongBatches(tx)).map(
      ({ workerId, hitTypeId }) =>
        `The record of worker ${workerId} for HIT type ${hitTypeId} does not agree with his assignments.`,
    ),
  ],
}))

async function sum(tx: Read): Promise<string[]> {
  const total = await money.sumOfAccounts(tx)
  return total === 0 ? [] : [`All accounts together come to ${dollars(total)} instead of zero.`]
}

function wrongPayment(payment: money.WrongPayment): string {
  const paid =
    `was paid ${payment.rewards} rewards (${dollars(payment.rewardCents)}) and ` +
    `${payment.fees} fees (${dollars(payment.feeCents)})`
  if (payment.approved === 0) return `Assignment ${payment.assignmentId} is not approved, but ${paid}.`
  const due = `a reward of ${dollars(payment.dueRewardCents)} and a fee of ${dollars(payment.dueFeeCents)}`
  return `Assignment ${payment.assignmentId} is approved for ${due}, but ${paid}.`
}

/** An amount that may be negative, as only a wrong one is. */
function dollars(amount: number): string {
  const text = formatDollars(BigInt(Math.abs(amount)) as Cents)
  return amount < 0 ? `-${text}` : text
}
