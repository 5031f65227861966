// Steps of tests of review policies: policies in short, answers to several questions, and reports in one line each.
import { expect } from 'vitest'
import type { ReviewPolicyLevel } from '../../src/model/shapes.ts'
import { SubmitAssignment } from '../../src/operations/worker/SubmitAssignment.ts'
import type { TestClient, TestMarket, TestWorker } from './market.ts'
import { accept } from './steps.ts'

type Values = Record<string, string | number>

const parameters = (values: Values) =>
  Object.entries(values).map(([Key, value]) => ({ Key, Values: [String(value)] }))

/** A policy that grades by a key: question and its right answer, with commas between several values. */
export function knownAnswers(key: Record<string, string>, values: Values = {}) {
  const entries = Object.entries(key).map(([Key, text]) => ({
    Key,
    Values: text === '' ? [] : text.split(','),
  }))
  return {
    PolicyName: 'ScoreMyKnownAnswers/2011-09-01',
    Parameters: [{ Key: 'AnswerKey', MapEntries: entries }, ...parameters(values)],
  }
}

/** A policy that compares the submissions. */
export function plurality(QuestionIds: string[], threshold: number, values: Values = {}) {
  return {
    PolicyName: 'SimplePlurality/2011-09-01',
    Parameters: [
      { Key: 'QuestionIds', Values: QuestionIds },
      ...parameters({ QuestionAgreementThreshold: threshold, ...values }),
    ],
  }
}

/** Submits accepted work: an answer to each question, with commas between several selections. */
export async function submitAnswers(
  { market }: TestMarket,
  { workerId }: TestWorker,
  assignmentId: string,
  answers: Record<string, string>,
): Promise<void> {
  const given = Object.entries(answers).map(([identifier, text]) =>
    text.includes(',')
      ? ({ kind: 'Selection', identifier, selections: text.split(',') } as const)
      : ({ kind: 'FreeText', identifier, text } as const),
  )
  const caller = { kind: 'worker', workerId } as const
  expect(await market.runner.run(SubmitAssignment, caller, { assignmentId, answers: given })).toEqual({
    repeated: false,
  })
}

/** A new worker's submission; answers the assignment's id. */
export async function answered(
  market: TestMarket,
  hit: { HITId: string },
  answers: Record<string, string>,
): Promise<string> {
  const worker = await market.worker()
  const assignmentId = await accept(worker, hit)
  await submitAnswers(market, worker, assignmentId, answers)
  return assignmentId
}

/** What the policies of one level did, one line each: `approve <id>: Succeeded, Approved`. */
export async function actionsOf(
  client: TestClient,
  hitId: string,
  level: ReviewPolicyLevel,
): Promise<string[]> {
  const { ReviewActions = [] } = await reportOf(client, hitId, level)
  return ReviewActions.map(
    ({ ActionName, TargetId, Status, Result, ErrorCode }) =>
      `${ActionName} ${TargetId}: ${Status}, ${Result}${ErrorCode === undefined ? '' : ` (${ErrorCode})`}`,
  )
}

/** What the policies of one level found, one line each: `<subject> <question> <key>: <value>`. */
export async function resultsOf(
  client: TestClient,
  hitId: string,
  level: ReviewPolicyLevel,
): Promise<string[]> {
  const { ReviewResults = [] } = await reportOf(client, hitId, level)
  return ReviewResults.map(
    ({ SubjectId, QuestionId, Key, Value }) =>
      `${SubjectId}${QuestionId === undefined ? '' : ` ${QuestionId}`} ${Key}: ${Value}`,
  )
}

async function reportOf(client: TestClient, hitId: string, level: ReviewPolicyLevel) {
  const answer = await client.call('ListReviewPolicyResultsForHIT', { HITId: hitId, PolicyLevels: [level] })
  return (level === 'HIT' ? answer.HITReviewReport : answer.AssignmentReviewReport) ?? {}
}
