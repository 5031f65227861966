// Whether answers that were submitted may be changed: for the operation that changes them, and for pages that offer it.
import type { Assignment } from '../domain/assignment.ts'
import { canEdit } from '../domain/edit.ts'
import type { Fault } from '../domain/fault.ts'
import type { HIT } from '../domain/hit.ts'
import * as hits from '../store/hits.ts'
import * as questions from '../store/questions.ts'
import * as requesterAccounts from '../store/requester-accounts.ts'
import * as reviewPolicies from '../store/review-policies.ts'
import type { Read } from '../store/tx.ts'

/** Why the answers of an assignment may not be changed, or undefined. SubmissionNotEditable. */
export async function refuseEdit(
  tx: Read,
  hit: HIT,
  assignment: Assignment,
  now: number,
): Promise<Fault | undefined> {
  const allowsEdits = await requesterAccounts.allowsEdits(tx, assignment.requesterId)
  // Most requesters never allow it: nothing else is looked up for them.
  const isForm = allowsEdits && (await questions.find(tx, hit.questionHash))?.kind === 'QuestionForm'
  const policies = isForm ? await reviewPolicies.find(tx, hit.id) : undefined
  const hasPolicy = policies?.assignment !== undefined || policies?.hit !== undefined
  return canEdit(assignment, { allowsEdits, isForm, hasPolicy }, now)
}

/** Whether its worker may change the answers of an assignment now. `now` is the market's time. */
export async function canBeEdited(tx: Read, assignment: Assignment, now: number): Promise<boolean> {
  if (assignment.state !== 'Submitted') return false
  const hit = await hits.find(tx, assignment.hitId)
  return hit !== undefined && (await refuseEdit(tx, hit, assignment, now)) === undefined
}
