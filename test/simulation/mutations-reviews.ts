// Ways to break qualifications, review policies and notifications, as in mutations.ts: a statement is left out, done
// twice, done with another value, or its rows are read as others.
import type { Run } from '../support/recorded-store.ts'
import { anew, answering, has, instead, isWrite, leaveOut, plus, twice, type Mutation } from './mutations.ts'

type Parameters = Record<string, unknown>
type Row = Record<string, unknown>

const count = ({ parameters }: Run) => Object.keys(parameters).length

const statements = {
  grant: (run: Run) => has(run, 'qualification_type_id', 'granted_at', 'status'),
  revoke: (run: Run) => isWrite(run) && has(run, 'typeId', 'workerId') && count(run) === 2,
  ofWorkerAndType: (run: Run) => !isWrite(run) && has(run, 'typeId', 'workerId') && count(run) === 2,
  request: (run: Run) => has(run, 'qualification_type_id', 'requested_at', 'test_hash'),
  moveRequest: (run: Run) => has(run, 'from', 'to', 'answer', 'submitted_at') && !has(run, 'approved_at'),
  qualificationType: (run: Run) => isWrite(run) && has(run, 'retry_delay', 'auto_granted_value', 'id'),
  deleteHITType: (run: Run) => isWrite(run) && has(run, 'id', 'now') && count(run) === 2,
  hitType: (run: Run) => has(run, 'requirements', 'tuple_hash'),
  place: (run: Run) => isWrite(run) && has(run, 'id', 'country', 'subdivision') && count(run) === 3,
  flags: (run: Run) => isWrite(run) && has(run, 'id', 'masters', 'adult') && count(run) === 3,
  policies: (run: Run) => has(run, 'hit_id', 'assignment_policy', 'hit_policy'),
  result: (run: Run) => has(run, 'hit_id', 'level', 'subject_type', 'key'),
  action: (run: Run) => has(run, 'hit_id', 'level', 'target_type', 'error_code'),
  ofHIT: (run: Run) => !isWrite(run) && has(run, 'hitId') && count(run) === 1,
  setting: (run: Run) => isWrite(run) && has(run, 'hit_type_id', 'destination', 'events', 'active'),
  ofType: (run: Run) => !isWrite(run) && has(run, 'hitTypeId') && count(run) === 1,
  message: (run: Run) => has(run, 'event', 'document', 'due_at', 'attempts'),
}

const is =
  (member: string, value: unknown) =>
  (p: Parameters): boolean =>
    p[member] === value

/** Rows that have `member`, read as others: two tables are asked with parameters of the same names. */
const rowsWith = (member: string, change: (row: Row) => Row | undefined) => (rows: unknown[]) =>
  (rows as Row[]).flatMap((row) => (member in row ? (change(row) ?? []) : row))

/** Of a text that is JSON, one part in another way. */
const changed = <T>(text: unknown, change: (value: T) => void): string => {
  const value = JSON.parse(String(text)) as T
  change(value)
  return JSON.stringify(value)
}

const qualifications: Mutation[] = [
  leaveOut('a grant is lost', statements.grant),
  answering(
    'what somebody had of a type is not seen',
    statements.ofWorkerAndType,
    rowsWith('granted_at', () => undefined),
  ),
  instead('a grant does not take the value that is given', statements.grant, () => ({ value: 1 })),
  instead('a grant is worth one more', statements.grant, plus('value', 1)),
  instead('a grant comes a second late', statements.grant, plus('granted_at', 1000)),
  instead('a grant after a revocation stays revoked', statements.grant, () => ({ status: 'Revoked' })),
  leaveOut('what is revoked still counts', statements.revoke),
  answering(
    'what is revoked is read as granted',
    statements.ofWorkerAndType,
    rowsWith('granted_at', (row) => ({ ...row, status: 'Granted' })),
  ),
  leaveOut('a request is lost', statements.request),
  instead(
    'a test that is handed in is forgotten',
    statements.moveRequest,
    () => ({ answer: null }),
    (p) => p.answer !== null,
  ),
  instead(
    'a test lasts a day longer',
    statements.request,
    plus('deadline', 86_400_000),
    (p) => p.deadline !== null,
  ),
  answering(
    'no earlier request is seen',
    statements.ofWorkerAndType,
    rowsWith('requested_at', () => undefined),
  ),
  answering(
    'an earlier request is taken for an older one',
    statements.ofWorkerAndType,
    rowsWith('requested_at', (row) => ({ ...row, requested_at: 0, submitted_at: 0 })),
  ),
  instead(
    'a type stays active',
    statements.qualificationType,
    () => ({ status: 'Active' }),
    is('status', 'Inactive'),
  ),
  instead(
    'a type is not deleted',
    statements.qualificationType,
    () => ({ status: 'Active' }),
    (p) => String(p.status).startsWith('Dispos'),
  ),
  instead(
    'a deleted type is gone at once',
    statements.qualificationType,
    () => ({ status: 'Disposed' }),
    is('status', 'Disposing'),
  ),
  instead(
    'a type forgets its key',
    statements.qualificationType,
    () => ({ answer_key: null }),
    (p) => p.answer_key !== null,
  ),
  instead('a type can be asked for once only', statements.qualificationType, () => ({ retry_delay: null })),
  leaveOut('HIT types stay although what they require is deleted', statements.deleteHITType),
  leaveOut('nobody moves', statements.place),
  leaveOut('nobody becomes a master', statements.flags),
]

interface Requirement {
  comparator: string
  actionsGuarded: string
  integerValues?: number[]
}

/** Requirements of new HIT types that are kept as other ones. */
const requirements: Mutation[] = (
  [
    ['less is taken for at most', 'LessThan', 'LessThanOrEqualTo'],
    ['at most is taken for less', 'LessThanOrEqualTo', 'LessThan'],
    ['more is taken for at least', 'GreaterThan', 'GreaterThanOrEqualTo'],
    ['at least is taken for more', 'GreaterThanOrEqualTo', 'GreaterThan'],
    ['not in is taken for in', 'NotIn', 'In'],
    ['not equal is taken for equal', 'NotEqualTo', 'EqualTo'],
    ['any value is taken for none', 'Exists', 'DoesNotExist'],
  ] as const
).map(([name, from, to]) =>
  instead(
    `in a requirement ${name}`,
    statements.hitType,
    (p) => ({
      requirements: changed<Requirement[]>(p.requirements, (list) => {
        for (const one of list) if (one.comparator === from) one.comparator = to
      }),
    }),
    (p) => String(p.requirements).includes(`"${from}"`),
  ),
)

const guardsLess = instead(
  'a requirement guards the acceptance only',
  statements.hitType,
  (p) => ({
    requirements: changed<Requirement[]>(p.requirements, (list) => {
      for (const one of list) one.actionsGuarded = 'Accept'
    }),
  }),
  (p) => String(p.requirements).includes('PreviewAndAccept'),
)

interface Policy {
  approveFrom?: number
  rejectBelow?: number
  agreementThreshold: number
  disregardRejected: boolean
  disregardBelowKnownAnswerScore?: number
  answerKey: { values: string[] }[]
  approveReason?: string
  rejectReason: string
  extension?: { belowScore: number; maximumAssignments: number; minimumTime: number; assignments: number }
}

/** A policy that is kept as another one: the same as an act that reads it wrongly. */
const policy = (
  name: string,
  level: 'assignment_policy' | 'hit_policy',
  change: (kept: Policy) => void,
): Mutation =>
  instead(
    name,
    statements.policies,
    (p) => ({ [level]: changed<Policy>(p[level], change) }),
    (p) => typeof p[level] === 'string' && changed<Policy>(p[level], change) !== p[level],
  )

const reviews: Mutation[] = [
  leaveOut('no policy is kept', statements.policies),
  ...(['assignment_policy', 'hit_policy'] as const).flatMap((level) => [
    policy(`the ${level} approves below its threshold`, level, (kept) => {
      if (kept.approveFrom !== undefined) kept.approveFrom = Math.max(0, kept.approveFrom - 17)
    }),
    policy(`the ${level} rejects at its threshold`, level, (kept) => {
      if (kept.rejectBelow !== undefined) kept.rejectBelow += 1
    }),
    policy(`the ${level} never approves`, level, (kept) => delete kept.approveFrom),
    policy(`the ${level} never rejects`, level, (kept) => delete kept.rejectBelow),
    policy(`the ${level} gives no reason`, level, (kept) => (kept.rejectReason = '')),
    policy(`the ${level} extends at its threshold`, level, (kept) => {
      if (kept.extension) kept.extension.belowScore += 1
    }),
    policy(`the ${level} extends one beyond its maximum`, level, (kept) => {
      if (kept.extension) kept.extension.maximumAssignments += 1
    }),
    policy(`the ${level} extends one at a time`, level, (kept) => {
      if (kept.extension) kept.extension.assignments = 1
    }),
    policy(`the ${level} gives no more time`, level, (kept) => {
      if (kept.extension) kept.extension.minimumTime = 0
    }),
  ]),
  policy('an answer of the key may be blank', 'assignment_policy', (kept) => {
    for (const one of kept.answerKey) if (one.values.length > 1) one.values.pop()
  }),
  policy('agreement is reached at the threshold', 'hit_policy', (kept) => (kept.agreementThreshold -= 1)),
  policy('rejected work counts', 'hit_policy', (kept) => (kept.disregardRejected = false)),
  policy('badly graded work counts', 'hit_policy', (kept) => delete kept.disregardBelowKnownAnswerScore),
  answering(
    'no grades are known',
    statements.ofHIT,
    rowsWith('subject_id', () => undefined),
  ),
  leaveOut('a result is not reported', statements.result),
  leaveOut('an action is not reported', statements.action),
  instead(
    'a failure is reported as a success',
    statements.action,
    () => ({ status: 'Succeeded' }),
    is('status', 'Failed'),
  ),
]

const news: Mutation[] = [
  instead(
    'events are told while nobody wants them',
    statements.setting,
    () => ({ active: 1 }),
    is('active', 0),
  ),
  instead('events are not told although wanted', statements.setting, () => ({ active: 0 }), is('active', 1)),
  instead(
    'one event is not wanted',
    statements.setting,
    (p) => ({ events: String(p.events).replace(/\S+\s?/, '') }),
    (p) => String(p.events).includes(' '),
  ),
  answering(
    'the setting of a type is not seen',
    statements.ofType,
    rowsWith('destination', () => undefined),
  ),
  ...[
    'AssignmentAccepted',
    'AssignmentAbandoned',
    'AssignmentReturned',
    'AssignmentSubmitted',
    'AssignmentApproved',
    'AssignmentRejected',
    'HITCreated',
    'HITExpired',
    'HITReviewable',
    'HITExtended',
    'HITDisposed',
  ].map((event) => leaveOut(`${event} is not told`, statements.message, is('event', event))),
  ...['HITReviewable', 'HITExpired', 'HITExtended'].map((event) =>
    twice(`${event} is told twice`, statements.message, is('event', event), anew),
  ),
  twice(
    'a HIT that was extended is told to be reviewable',
    statements.message,
    is('event', 'HITExtended'),
    (p) => ({
      ...anew(p),
      event: 'HITReviewable',
      document: String(p.document).replace('HITExtended', 'HITReviewable'),
    }),
  ),
  instead('an event is a second late', statements.message, (p) => ({
    document: String(p.document).replace(
      /:(\d)(\d)Z/,
      (_, ten: string, one: string) => `:${ten}${(Number(one) + 1) % 10}Z`,
    ),
  })),
  instead(
    'the last word of a HIT comes first',
    statements.message,
    (p) => ({ id: `2${String(p.id).slice(1)}` }),
    is('event', 'HITReviewable'),
  ),
]

export const mutationsOfReviews: readonly Mutation[] = [
  ...qualifications,
  ...requirements,
  guardsLess,
  ...reviews,
  ...news,
]

/** Mutations that take a long life to come to light: they wait for the long form. */
export const seldomMet: ReadonlySet<string> = new Set([
  'the reason of a block is another',
  'AssignmentReturned is not told',
  'what is revoked is read as granted',
  'no earlier request is seen',
  'in a requirement not in is taken for in',
  'no grades are known',
  'badly graded work counts',
  'the assignment_policy extends at its threshold',
  'in a requirement more is taken for at least',
  'a test that is handed in is forgotten',
  'a test lasts a day longer',
  'an earlier request is taken for an older one',
  'a type stays active',
  'a type is not deleted',
  'a deleted type is gone at once',
  'a type forgets its key',
  'HIT types stay although what they require is deleted',
  'nobody moves',
  'nobody becomes a master',
  'in a requirement less is taken for at most',
  'in a requirement not equal is taken for equal',
  'in a requirement at least is taken for more',
  'the assignment_policy rejects at its threshold',
  'the assignment_policy extends one beyond its maximum',
  'the assignment_policy gives no more time',
  'the hit_policy approves below its threshold',
  'the hit_policy never rejects',
  'the hit_policy gives no reason',
  'the hit_policy extends at its threshold',
  'the hit_policy extends one at a time',
  'agreement is reached at the threshold',
  'rejected work counts',
  'a failure is reported as a success',
])
