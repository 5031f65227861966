import { isFault } from '../../domain/fault.ts'
import { refuseDisposed } from '../../domain/hit.ts'
import type { ReviewAction, ReviewLevel } from '../../domain/review.ts'
import { market } from '../../limits.ts'
import type * as model from '../../model/shapes.ts'
import * as reviewPolicies from '../../store/review-policies.ts'
import * as reports from '../../store/review-reports.ts'
import type { Read } from '../../store/tx.ts'
import { findOwnHIT } from '../guards.ts'
import { isImported } from '../imported-guards.ts'
import { requesterRead } from '../operation.ts'
import { pageMembers, readPage, type Page } from '../paging.ts'

/** One of the four lists that the pages go through, one after the other. */
interface Part {
  level: ReviewLevel
  kind: 'ReviewResults' | 'ReviewActions'
}
type Entry = { place: number } & (
  { kind: 'ReviewResults'; entry: reports.KeptResult } | { kind: 'ReviewActions'; entry: ReviewAction }
)

const parts: readonly Part[] = [
  { level: 'Assignment', kind: 'ReviewResults' },
  { level: 'Assignment', kind: 'ReviewActions' },
  { level: 'HIT', kind: 'ReviewResults' },
  { level: 'HIT', kind: 'ReviewActions' },
]

/**
 * What the review policies of a HIT found and did, oldest first in each list; without a choice all of it
 * [qualifications 8].
 */
export const ListReviewPolicyResultsForHIT = requesterRead(
  'ListReviewPolicyResultsForHIT',
  async (tx, caller, input) => {
    const { RetrieveResults: results = true, RetrieveActions: actions = true } = input
    const levels = input.PolicyLevels?.length ? input.PolicyLevels : (['Assignment', 'HIT'] as const)
    const wanted = parts.filter(
      ({ level, kind }) => levels.includes(level) && (kind === 'ReviewResults' ? results : actions),
    )
    const scope = wanted.map(({ level, kind }) => level + kind)
    const page = readPage(
      { ...input, MaxResults: input.MaxResults ?? market.reviewPolicy.pageSize },
      'ListReviewPolicyResultsForHIT',
      caller.requesterId,
      input.HITId,
      ...scope,
    )
    if (isFault(page)) return page
    const hit = await findOwnHIT(tx, caller, input.HITId)
    // What policies found at the real service cannot be brought in: to a HIT of there nothing was found here.
    const refusal = isFault(hit) ? (isImported(hit) ? undefined : hit) : refuseDisposed(hit)
    if (refusal) return refusal
    const policies = await reviewPolicies.find(tx, input.HITId)
    const entries = await listEntries(tx, input.HITId, wanted, page)
    const { NextToken } = pageMembers(page, entries, ({ place, entry }) => ({ time: place, id: entry.id }))
    const report = (level: ReviewLevel) => reportView(wanted, entries, level)
    return {
      HITId: input.HITId,
      ...(policies.assignment && { AssignmentReviewPolicy: { PolicyName: policies.assignment.name } }),
      ...(policies.hit && { HITReviewPolicy: { PolicyName: policies.hit.name } }),
      ...(levels.includes('Assignment') && { AssignmentReviewReport: report('Assignment') }),
      ...(levels.includes('HIT') && { HITReviewReport: report('HIT') }),
      ...(NextToken !== undefined && { NextToken }),
    }
  },
)

/** The entries of one page, each with the place of its list among the four. */
async function listEntries(
  tx: Read,
  hitId: string,
  wanted: readonly Part[],
  { after, limit }: Page,
): Promise<Entry[]> {
  const entries: Entry[] = []
  for (const part of wanted) {
    const place = parts.indexOf(part)
    const first = after?.time ?? 0
    if (place < first || entries.length === limit) continue
    const from = [
      hitId,
      part.level,
      place === first ? (after?.id ?? '') : '',
      limit - entries.length,
    ] as const
    if (part.kind === 'ReviewResults') {
      for (const entry of await reports.listResults(tx, ...from))
        entries.push({ place, kind: part.kind, entry })
    } else {
      for (const entry of await reports.listActions(tx, ...from))
        entries.push({ place, kind: part.kind, entry })
    }
  }
  return entries
}

/** One level's report: a list for each kind that was asked for. */
function reportView(
  wanted: readonly Part[],
  entries: readonly Entry[],
  level: ReviewLevel,
): model.ReviewReport {
  const has = (kind: Part['kind']) => wanted.some((part) => part.level === level && part.kind === kind)
  const ofLevel = entries.filter(({ place }) => parts[place]?.level === level)
  return {
    ...(has('ReviewResults') && {
      ReviewResults: ofLevel.flatMap((one) => (one.kind === 'ReviewResults' ? [resultView(one.entry)] : [])),
    }),
    ...(has('ReviewActions') && {
      ReviewActions: ofLevel.flatMap((one) => (one.kind === 'ReviewActions' ? [actionView(one.entry)] : [])),
    }),
  }
}

function resultView(result: reports.KeptResult): model.ReviewResultDetail {
  return {
    ActionId: result.actionId,
    SubjectId: result.subjectId,
    SubjectType: result.subjectType,
    ...(result.questionId !== undefined && { QuestionId: result.questionId }),
    Key: result.key,
    Value: result.value,
  }
}

function actionView(action: ReviewAction): model.ReviewActionDetail {
  return {
    ActionId: action.id,
    ActionName: action.name,
    TargetId: action.targetId,
    TargetType: action.targetType,
    Status: action.status,
    CompleteTime: action.completedAt,
    Result: action.result,
    ...(action.errorCode !== undefined && { ErrorCode: action.errorCode }),
  }
}
