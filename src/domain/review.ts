// What a review policy found and wants done. Carrying it out, with all that can go wrong, is the business of acts.

/** One entry of a report [qualifications 8.3]. */
export interface ReviewResult {
  subjectType: 'Assignment' | 'HIT'
  subjectId: string
  /** The question that it is about, for results of single questions. */
  questionId?: string
  key: string
  value: string
}

/** One thing to do, in the words of the report [qualifications 8.4]. */
export type ReviewStep = { name: 'approve' | 'reject'; assignmentId: string } | { name: 'extend' }

/** One run of a policy: a sentence that sums it up, its results, and what to do, in order. */
export interface Review {
  summary: string
  results: ReviewResult[]
  steps: ReviewStep[]
}

/** Whole per cent, rounded down, as the service's own tables have it: 2 of 3 are 66 [qualifications 7.1, 7.2]. */
export function percentage(part: number, whole: number): number {
  return Math.floor((100 * part) / whole)
}

/** What a score is worth to a worker. When bad thresholds say both, approval wins [qualifications 7.1]. */
export function verdict(
  score: number,
  approveFrom: number | undefined,
  rejectBelow: number | undefined,
): 'approve' | 'reject' | undefined {
  if (approveFrom !== undefined && score >= approveFrom) return 'approve'
  if (rejectBelow !== undefined && score < rejectBelow) return 'reject'
  return undefined
}

/** What a policy looks at: each submission, or all of a HIT together. */
export type ReviewLevel = 'Assignment' | 'HIT'

/** A step as it was carried out, or why it could not be [qualifications 8.4]. */
export interface ReviewAction {
  id: string
  name: 'review' | ReviewStep['name']
  targetType: 'Assignment' | 'HIT'
  targetId: string
  status: 'Succeeded' | 'Failed'
  completedAt: number
  result: string
  errorCode: string | undefined
}
