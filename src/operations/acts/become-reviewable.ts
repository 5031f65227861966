import type { HIT } from '../../domain/hit.ts'
import type { ReviewPolicies, SimplePlurality } from '../../domain/review-policy.ts'
import * as reviewLocks from '../../store/review-locks.ts'
import * as reviewPolicies from '../../store/review-policies.ts'
import type { Write } from '../../store/tx.ts'
import * as events from '../events.ts'
import { reviewHIT } from './review.ts'

/**
 * The policy that will judge the HIT because a change makes it reviewable, which `before` was not. Asked before any
 * account is changed: what the judgement may change is locked now, workers before the requester. `policies` are the
 * HIT's, when they are known already.
 */
export async function prepareReview(
  tx: Write,
  before: HIT,
  after: HIT,
  policies?: ReviewPolicies,
): Promise<SimplePlurality | undefined> {
  if (events.reviewable(before, after).length === 0) return undefined
  const { hit: policy } = policies ?? (await reviewPolicies.find(tx, after.id))
  if (policy !== undefined) await reviewLocks.lockAccounts(tx, after.id, after.requesterId)
  return policy
}

/**
 * What follows at `at` when a change has made the HIT reviewable, which `before` was not: its policy judges it, and the
 * requester hears that it can be reviewed, unless the policy has opened it again [qualifications 6.1, 6.3]. The HIT is
 * locked and saved; the policy is what `prepareReview` answered.
 */
export async function becomeReviewable(
  tx: Write,
  before: HIT,
  hit: HIT,
  policy: SimplePlurality | undefined,
  at: number,
): Promise<HIT> {
  if (events.reviewable(before, hit).length === 0) return hit
  const judged = policy === undefined ? hit : await reviewHIT(tx, hit, policy, at)
  await events.write(tx, judged, at, ...events.reviewable(before, judged))
  return judged
}
