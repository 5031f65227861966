import { isSubmitted } from '../../domain/assignment.ts'
import { isFault, type Fault } from '../../domain/fault.ts'
import { parseDollars, type Cents } from '../../domain/money.ts'
import { checkCharacters, checkText } from '../../domain/parameters.ts'
import { market } from '../../limits.ts'
import type { OperationInput } from '../../model/operations.ts'
import * as assignments from '../../store/assignments.ts'
import type { Read } from '../../store/tx.ts'
import * as workers from '../../store/workers.ts'
import { payBonus } from '../acts/pay-bonus.ts'
import { lockOwnAssignment } from '../guards.ts'
import { isImported, refuseMissingAssignment } from '../imported-guards.ts'
import { once } from '../once.ts'
import { requesterWriteChecked } from '../operation.ts'

type Input = OperationInput<'SendBonus'>

function wrong(parameter: string, value: string): Fault {
  return { fault: 'InvalidParameterValue', parameter, value }
}

function check(input: Input): (Input & { amount: Cents }) | Fault {
  const amount = parseDollars(input.BonusAmount)
  if (amount === undefined || amount === 0n) return wrong('BonusAmount', input.BonusAmount)
  const refusal =
    checkText('Reason', input.Reason, market.reasonLength) ??
    checkCharacters('UniqueRequestToken', input.UniqueRequestToken ?? '')
  return refusal ?? { ...input, amount }
}

/** Pays a worker a bonus for work that he submitted, at once and for good [hits 9.5]. */
export const SendBonus = requesterWriteChecked('SendBonus', check, async (tx, caller, input) => {
  const { WorkerId, AssignmentId, UniqueRequestToken: token } = input
  // The worker is judged before the assignment: that is what the real service did.
  if (!(await workers.exists(tx, WorkerId))) {
    // He may be known by work that was brought in, which is paid nothing more.
    const refusal = await refuseMissingAssignment(tx, caller, AssignmentId)
    return isImported(refusal) ? refusal : wrong('WorkerId', WorkerId)
  }
  const found = await lockOwnAssignment(tx, caller, AssignmentId)
  if (isFault(found)) return found
  const { assignment } = found
  if (!isSubmitted(assignment.state)) return { fault: 'AssignmentDoesNotExist', assignmentId: AssignmentId }
  if (assignment.workerId !== WorkerId) return wrong('WorkerId', WorkerId)
  if (!(await workedLately(tx, caller.requesterId, WorkerId, assignment.submittedAt))) {
    return wrong('WorkerId', WorkerId)
  }
  const bonus = await once(tx, caller.requesterId, 'bonus', token, () =>
    payBonus(tx, assignment, input.amount, input.Reason),
  )
  return isFault(bonus) ? bonus : {}
})

async function workedLately(
  tx: Read,
  requesterId: string,
  workerId: string,
  submittedAt: number | undefined,
): Promise<boolean> {
  const since = tx.now - market.bonusWindow
  if (submittedAt !== undefined && submittedAt >= since) return true
  return assignments.submittedSince(tx, requesterId, workerId, since)
}
