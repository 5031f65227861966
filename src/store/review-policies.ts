// The review policies of HITs. They stand beside the HIT's row, because few HITs have one and all are written often.
import type { ReviewPolicies } from '../domain/review-policy.ts'
import { insert, read } from './prepared.ts'
import type { HITReviewPolicyTable } from './schema.ts'
import type { Read, Write } from './tx.ts'

const insertRow = insert('hit_review_policy', ['hit_id', 'assignment_policy', 'hit_policy'])

const findRow = read<{ hitId: string }, HITReviewPolicyTable>(({ db }, p) =>
  db.selectFrom('hit_review_policy').selectAll().where('hit_id', '=', p.hitId),
)

/** Gives a HIT its policies, once and for all; nothing is kept when there is none. */
export async function add(tx: Write, hitId: string, { assignment, hit }: ReviewPolicies): Promise<void> {
  if (assignment === undefined && hit === undefined) return
  await tx.change(insertRow, {
    hit_id: hitId,
    assignment_policy: assignment === undefined ? null : JSON.stringify(assignment),
    hit_policy: hit === undefined ? null : JSON.stringify(hit),
  })
}

/** The policies of a HIT, neither of them when it has none. */
export async function find(tx: Read, hitId: string): Promise<ReviewPolicies> {
  const row = await tx.first(findRow, { hitId })
  return {
    assignment: parse(row?.assignment_policy) as ReviewPolicies['assignment'],
    hit: parse(row?.hit_policy) as ReviewPolicies['hit'],
  }
}

function parse(text: string | null | undefined): unknown {
  return typeof text === 'string' ? JSON.parse(text) : undefined
}
