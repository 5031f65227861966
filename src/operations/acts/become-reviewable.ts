import type { HIT } from '../../domain/hit.ts'
import * as reviewPolicies from '../../store/review-policies.ts'
import type { Write } from '../../store/tx.ts'
import * as events from '../events.ts'
import { reviewHIT } from './review.ts'

/**
 * What follows at `at` when a change has made the HIT reviewable, which `before` was not: its policy judges it, and the
 * requester hears that it can be reviewed, unless the policy has opened it again [qualifications 6.1, 6.3]. The HIT is
 * locked and saved.
 */
export async function becomeReviewable(tx: Write, before: HIT, hit: HIT, at: number): Promise<HIT> {
  if (events.reviewable(before, hit).length === 0) return hit
  const policies = await reviewPolicies.find(tx, hit.id)
  const judged = policies.hit === undefined ? hit : await reviewHIT(tx, hit, policies.hit, at)
  await events.write(tx, judged, at, ...events.reviewable(before, judged))
  return judged
}
