// Random review policies, and answers of the few kinds that agree and disagree with each other and with a key.
import type { Answers, ModelExtension, ModelPolicies } from './model-review.ts'
import type { Random } from './random.ts'

interface Parameter {
  Key: string
  Values?: string[]
  MapEntries?: { Key: string; Values: string[] }[]
}

interface WirePolicy {
  PolicyName: string
  Parameters: Parameter[]
}

export interface NewPolicies {
  wire: { AssignmentReviewPolicy?: WirePolicy; HITReviewPolicy?: WirePolicy }
  model: ModelPolicies
}

type Given = Record<string, number | string | boolean | undefined>

const parameters = (given: Given): Parameter[] =>
  Object.entries(given).flatMap(([Key, value]) =>
    value === undefined
      ? []
      : [{ Key, Values: [typeof value === 'boolean' ? (value ? 'T' : 'F') : String(value)] }],
  )

/** When and how far to extend, if at all, as parameters and as the model has it. */
function newExtension(random: Random, key: string, belowScores: number[]) {
  if (random.once(3)) return { given: {}, model: undefined }
  const model: ModelExtension = {
    below: random.of(belowScores),
    cap: random.of([2, 3, 4, 9, 12]),
    seconds: random.of([0, 60, 3600, 30 * 86_400]),
    step: random.of([1, 1, 1, 2]),
  }
  const given: Given = {
    [key]: model.below,
    ExtendMaximumAssignments: model.cap,
    ExtendMinimumTimeInSeconds: model.seconds === 0 ? undefined : model.seconds,
    ExtendAssignments: model.step === 1 ? undefined : model.step,
  }
  return { given, model }
}

function newKnownAnswers(random: Random): [WirePolicy, ModelPolicies['known']] {
  const key: Record<string, string[]> = { q1: random.of([['a'], ['b'], [' a ']]) }
  if (random.once(2)) key.q2 = random.of([['x'], ['x', 'y'], []])
  if (random.once(3)) key.q3 = []
  const approveFrom = random.of([undefined, 0, 50, 51, 66, 67, 100, 101])
  const rejectBelow = random.of([undefined, undefined, 0, 33, 34, 50, 51, 101])
  const extension = newExtension(random, 'ExtendIfKnownAnswerScoreIsLessThan', [34, 50, 51, 100, 101])
  const [approveReason, rejectReason] = [random.of(['', 'Well graded.']), random.of(['', 'Badly graded.'])]
  const given: Given = {
    ApproveIfKnownAnswerScoreIsAtLeast: approveFrom,
    RejectIfKnownAnswerScoreIsLessThan: rejectBelow,
    ApproveReason: approveReason === '' ? undefined : approveReason,
    RejectReason: rejectReason === '' ? undefined : rejectReason,
    ...extension.given,
  }
  const MapEntries = Object.entries(key).map(([Key, Values]) => ({ Key, Values }))
  return [
    {
      PolicyName: 'ScoreMyKnownAnswers/2011-09-01',
      Parameters: [{ Key: 'AnswerKey', MapEntries }, ...parameters(given)],
    },
    { key, approveFrom, rejectBelow, approveReason, rejectReason, extension: extension.model },
  ]
}

function newPlurality(random: Random): [WirePolicy, ModelPolicies['plurality']] {
  const questions = random.of([['q1'], ['q1', 'q2'], ['q2', 'q1', 'q3']])
  const threshold = random.of([0, 33, 49, 50, 65, 66, 100])
  const disregardRejected = random.once(2)
  const disregardBelow = random.of([undefined, undefined, 50, 51, 100])
  const approveFrom = random.of([undefined, 50, 66, 100])
  const rejectBelow = random.of([undefined, 50, 51, 67, 100])
  const rejectReason = random.of(['', 'Others say otherwise.', 'Others say otherwise.'])
  const extension = newExtension(random, 'ExtendIfHITAgreementScoreIsLessThan', [1, 50, 51, 100])
  const approval = random.of([
    'ApproveIfWorkerAgreementScoreIsAtLeast',
    'ApproveIfWorkerAgreementScoreIsNotLessThan',
  ])
  const given: Given = {
    QuestionAgreementThreshold: threshold,
    DisregardAssignmentIfRejected: disregardRejected || random.once(2) ? disregardRejected : undefined,
    DisregardAssignmentIfKnownAnswerScoreIsLessThan: disregardBelow,
    [approval]: approveFrom,
    RejectIfWorkerAgreementScoreIsLessThan: rejectBelow,
    RejectReason: rejectReason === '' ? undefined : rejectReason,
    ...extension.given,
  }
  return [
    {
      PolicyName: 'SimplePlurality/2011-09-01',
      Parameters: [{ Key: 'QuestionIds', Values: questions }, ...parameters(given)],
    },
    {
      questions,
      threshold,
      disregardRejected,
      disregardBelow,
      approveFrom,
      rejectBelow,
      rejectReason,
      extension: extension.model,
    },
  ]
}

/** No policies for many HITs, else one of either level or both. */
export function newPolicies(random: Random): NewPolicies {
  const [assignment, known] = random.once(4) ? newKnownAnswers(random) : []
  const [hit, plurality] = random.once(2) ? newPlurality(random) : []
  return {
    wire: {
      ...(assignment && { AssignmentReviewPolicy: assignment }),
      ...(hit && { HITReviewPolicy: hit }),
    },
    model: { known, plurality },
  }
}

/** What a worker answers; too long a text is left out of comparisons. */
export function newAnswers(random: Random): Answers {
  const answers: Record<string, readonly string[]> = {
    q1: random.once(30) ? ['a'.repeat(257)] : random.of([['a'], ['a'], ['b'], [' a '], ['']]),
  }
  const second = random.of([['x'], ['x', 'y'], ['y', 'x'], undefined])
  if (second !== undefined) answers.q2 = second
  if (random.once(8)) answers.q3 = ['z']
  return answers
}
