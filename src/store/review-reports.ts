// What review policies found and did. Ids are in order of time, so each list begins with the oldest entry.
import type { ReviewAction, ReviewLevel, ReviewResult } from '../domain/review.ts'
import { insert, read } from './prepared.ts'
import type { ReviewActionTable, ReviewResultTable } from './schema.ts'
import type { Read, Write } from './tx.ts'

/** A result as it is kept: with the review that found it. */
export interface KeptResult extends ReviewResult {
  id: string
  actionId: string
}

const insertResult = insert('review_result', [
  'hit_id',
  'level',
  'id',
  'action_id',
  'subject_type',
  'subject_id',
  'question_id',
  'key',
  'value',
])

const insertAction = insert('review_action', [
  'hit_id',
  'level',
  'id',
  'name',
  'target_type',
  'target_id',
  'status',
  'completed_at',
  'result',
  'error_code',
])

/** Keeps a result of a policy of the HIT. */
export async function addResult(
  tx: Write,
  hitId: string,
  level: ReviewLevel,
  result: KeptResult,
): Promise<void> {
  await tx.change(insertResult, {
    hit_id: hitId,
    level,
    id: result.id,
    action_id: result.actionId,
    subject_type: result.subjectType,
    subject_id: result.subjectId,
    question_id: result.questionId ?? null,
    key: result.key,
    value: result.value,
  })
}

/** Keeps what a policy of the HIT did. */
export async function addAction(
  tx: Write,
  hitId: string,
  level: ReviewLevel,
  action: ReviewAction,
): Promise<void> {
  await tx.change(insertAction, {
    hit_id: hitId,
    level,
    id: action.id,
    name: action.name,
    target_type: action.targetType,
    target_id: action.targetId,
    status: action.status,
    completed_at: action.completedAt,
    result: action.result,
    error_code: action.errorCode ?? null,
  })
}

interface PageParameters {
  hitId: string
  level: ReviewLevel
  after: string
  limit: number
}

const resultRows = read<PageParameters, ReviewResultTable>(({ db }, p) =>
  db
    .selectFrom('review_result')
    .selectAll()
    .where('hit_id', '=', p.hitId)
    .where('level', '=', p.level)
    .where('id', '>', p.after)
    .orderBy('id')
    .limit(p.limit),
)

const actionRows = read<PageParameters, ReviewActionTable>(({ db }, p) =>
  db
    .selectFrom('review_action')
    .selectAll()
    .where('hit_id', '=', p.hitId)
    .where('level', '=', p.level)
    .where('id', '>', p.after)
    .orderBy('id')
    .limit(p.limit),
)

/** Results of one level after the one with the id `after`, oldest first. */
export async function listResults(
  tx: Read,
  hitId: string,
  level: ReviewLevel,
  after: string,
  limit: number,
): Promise<KeptResult[]> {
  const rows = await tx.all(resultRows, { hitId, level, after, limit })
  return rows.map((row) => ({
    id: row.id,
    actionId: row.action_id,
    subjectType: row.subject_type as ReviewResult['subjectType'],
    subjectId: row.subject_id,
    ...(row.question_id !== null && { questionId: row.question_id }),
    key: row.key,
    value: row.value,
  }))
}

/** Actions of one level after the one with the id `after`, oldest first. */
export async function listActions(
  tx: Read,
  hitId: string,
  level: ReviewLevel,
  after: string,
  limit: number,
): Promise<ReviewAction[]> {
  const rows = await tx.all(actionRows, { hitId, level, after, limit })
  return rows.map((row) => ({
    id: row.id,
    name: row.name as ReviewAction['name'],
    targetType: row.target_type as ReviewAction['targetType'],
    targetId: row.target_id,
    status: row.status as ReviewAction['status'],
    completedAt: row.completed_at,
    result: row.result,
    errorCode: row.error_code ?? undefined,
  }))
}

const scoreRows = read<{ hitId: string }, Pick<ReviewResultTable, 'subject_id' | 'value'>>(({ db }, p) =>
  db
    .selectFrom('review_result')
    .select(['subject_id', 'value'])
    .where('hit_id', '=', p.hitId)
    .where('level', '=', 'Assignment')
    .where('key', '=', 'KnownAnswerScore'),
)

/** The known-answer scores of the HIT's submissions, by assignment. */
export async function findKnownAnswerScores(tx: Read, hitId: string): Promise<Map<string, number>> {
  const rows = await tx.all(scoreRows, { hitId })
  return new Map(rows.map((row) => [row.subject_id, Number(row.value)]))
}
