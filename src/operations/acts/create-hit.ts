import { hash } from 'node:crypto'
import type { Fault } from '../../domain/fault.ts'
import { assignmentFee } from '../../domain/fees.ts'
import { holdPerAssignment, settled, type HIT } from '../../domain/hit.ts'
import type { HITType } from '../../domain/hit-type.ts'
import { hold, withEscrow } from '../../domain/ledger.ts'
import { times, zero } from '../../domain/money.ts'
import { needsMasters } from '../../domain/qualification.ts'
import type { ReviewPolicies } from '../../domain/review-policy.ts'
import * as hitTypes from '../../store/hit-types.ts'
import * as hits from '../../store/hits.ts'
import * as questions from '../../store/questions.ts'
import * as reviewPolicies from '../../store/review-policies.ts'
import type { Write } from '../../store/tx.ts'
import * as events from '../events.ts'
import { post } from './post.ts'

export interface NewHIT {
  question: { kind: string; text: string }
  /** Seconds. */
  lifetime: number
  maxAssignments: number
  annotation: string | undefined
  reviewPolicies: ReviewPolicies
}

/** Makes a HIT of the type now and holds what it may cost [hits 12.1, 9.2]. InvalidParameterValue, InsufficientFunds. */
export async function createHIT(tx: Write, type: HITType, wanted: NewHIT): Promise<HIT | Fault> {
  const { maxAssignments } = wanted
  const fee = assignmentFee(tx.settings.fees, type.reward, maxAssignments, needsMasters(type.requirements))
  const questionHash = hash('sha256', wanted.question.text, 'hex')
  const bare: HIT = {
    id: tx.ids.entity(tx.now),
    hitTypeId: type.id,
    requesterId: type.requesterId,
    questionHash,
    annotation: wanted.annotation,
    createdAt: tx.now,
    expiresAt: tx.now + wanted.lifetime * 1000,
    maxAssignments,
    firstAssignments: maxAssignments,
    reward: type.reward,
    fee,
    pending: 0,
    submitted: 0,
    reviewed: 0,
    escrow: zero,
    slotsHeld: true,
    status: 'Assignable',
    reviewableAt: undefined,
    dueAt: undefined,
  }
  // An amount that cannot be counted cannot be paid either.
  const amount = times(holdPerAssignment(bare), maxAssignments)
  if (amount === undefined) return { fault: 'InsufficientFunds' }
  const transfers = hold(bare, amount)
  // Rows are locked in the order HIT type, requester.
  if (!(await hitTypes.addHIT(tx, type.id)))
    return { fault: 'InvalidParameterValue', parameter: 'HITTypeId', value: type.id }
  const refusal = await post(tx, transfers, tx.now)
  if (refusal) return refusal
  const hit = settled(withEscrow(bare, transfers), tx.now)
  await questions.add(tx, { hash: questionHash, ...wanted.question })
  await hits.add(tx, hit)
  await reviewPolicies.add(tx, hit.id, wanted.reviewPolicies)
  await events.write(tx, hit, tx.now, { kind: 'HITCreated' })
  return hit
}
