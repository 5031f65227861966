import type { Assignment } from '../../domain/assignment.ts'
import type { Fault } from '../../domain/fault.ts'
import { bonusFee } from '../../domain/fees.ts'
import { bonusPayment } from '../../domain/ledger.ts'
import type { Cents } from '../../domain/money.ts'
import { bonusMessage } from '../../domain/worker-messages.ts'
import { server } from '../../limits.ts'
import * as bonuses from '../../store/bonuses.ts'
import type { Write } from '../../store/tx.ts'
import * as workerAccounts from '../../store/worker-accounts.ts'
import { recordBonus } from './keep-record.ts'
import { post } from './post.ts'
import { tellOfRequester } from './tell-worker.ts'

/** Pays a bonus for submitted work at once, with its fee, and tells the worker [hits 9.5]. InsufficientFunds. */
export async function payBonus(
  tx: Write,
  assignment: Assignment,
  amount: Cents,
  reason: string,
): Promise<bonuses.Bonus | Fault> {
  if (amount > server.greatestPayment) return { fault: 'InsufficientFunds' }
  const bonus: bonuses.Bonus = {
    id: tx.ids.entity(tx.now),
    requesterId: assignment.requesterId,
    workerId: assignment.workerId,
    hitId: assignment.hitId,
    assignmentId: assignment.id,
    amount,
    fee: bonusFee(tx.settings.fees, amount),
    reason,
    grantedAt: tx.now,
  }
  // Rows are locked in one order: the worker before the requester, whose money `post` takes.
  await workerAccounts.count(tx, assignment.workerId, { bonuses: Number(amount) })
  await recordBonus(tx, assignment, amount)
  const refusal = await post(tx, bonusPayment(bonus), tx.now)
  if (refusal) return refusal
  await bonuses.add(tx, bonus)
  const { workerId, requesterId } = bonus
  await tellOfRequester(tx, { kind: 'bonus', workerId, requesterId }, (name) => bonusMessage(name, bonus))
  return bonus
}
