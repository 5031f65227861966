// What the two review policies find and want, by the arithmetic of the specification [qualifications 6, 7]. Answers are
// lists of values by question; a question that is missing was left blank.

export type Answers = Readonly<Record<string, readonly string[]>>

export interface ModelExtension {
  below: number
  cap: number
  seconds: number
  step: number
}

export interface ModelVerdict {
  approveFrom: number | undefined
  rejectBelow: number | undefined
  extension: ModelExtension | undefined
}

export interface ModelKnownAnswers extends ModelVerdict {
  key: Answers
  approveReason: string
  rejectReason: string
}

export interface ModelPlurality extends ModelVerdict {
  questions: readonly string[]
  threshold: number
  disregardRejected: boolean
  disregardBelow: number | undefined
  rejectReason: string
}

export interface ModelPolicies {
  known: ModelKnownAnswers | undefined
  plurality: ModelPlurality | undefined
}

/** One submission as a policy sees it. */
export interface ModelSubmission {
  id: string
  answers: Answers
  isRejected: boolean
  knownScore: number | undefined
}

export interface ModelFindings {
  score: number
  /** Results as lines: subject, question, key and value. */
  results: string[]
  verdicts: { id: string; wanted: 'approve' | 'reject' }[]
  extends: boolean
}

/** An answer as one text that is the same for the same set: trimmed, without blanks, in one order [qualifications 6.2]. */
function textOf(answers: Answers, question: string): string {
  const values = (answers[question] ?? []).map((value) => value.trim()).filter((value) => value.length > 0)
  return [...new Set(values)].sort().join('|')
}

const percent = (part: number, whole: number) => Math.floor((100 * part) / whole)

function verdictOf({ approveFrom, rejectBelow }: ModelVerdict, score: number) {
  if (approveFrom !== undefined && score >= approveFrom) return 'approve'
  return rejectBelow !== undefined && score < rejectBelow ? 'reject' : undefined
}

const wants = ({ extension }: ModelVerdict, score: number) =>
  extension !== undefined && score < extension.below

/** ScoreMyKnownAnswers [qualifications 7.1]. */
export function gradeByKey(policy: ModelKnownAnswers, id: string, answers: Answers): ModelFindings {
  const questions = Object.keys(policy.key)
  const right = questions.map((question) => textOf(policy.key, question) === textOf(answers, question))
  const score = percent(right.filter(Boolean).length, questions.length)
  const wanted = verdictOf(policy, score)
  return {
    score,
    results: [
      ...questions.map((question, i) => `${id} ${question} KnownAnswerCorrect ${right[i] ? 1 : 0}`),
      `${id} - KnownAnswerScore ${score}`,
    ],
    verdicts: wanted === undefined ? [] : [{ id, wanted }],
    extends: wants(policy, score),
  }
}

function agreedOn(texts: readonly string[], threshold: number): { text: string; score: number } | undefined {
  const compared = texts.filter((text) => text.length <= 256)
  const sizes = new Map<string, number>()
  for (const text of compared) sizes.set(text, (sizes.get(text) ?? 0) + 1)
  const most = Math.max(0, ...sizes.values())
  const best = [...sizes].filter(([, size]) => size === most)
  if (best.length !== 1) return undefined
  const score = percent(most, compared.length)
  return score > threshold || score === 100 ? { text: best[0]![0], score } : undefined
}

/** SimplePlurality; undefined when there is nothing to compare [qualifications 7.2]. */
export function compare(
  policy: ModelPlurality,
  hitId: string,
  all: readonly ModelSubmission[],
): ModelFindings | undefined {
  if (all.length === 0) return undefined
  const { disregardBelow = -1 } = policy
  const counted = all.filter(
    ({ isRejected, knownScore = 100 }) =>
      !(isRejected && policy.disregardRejected) && knownScore >= disregardBelow,
  )
  const results: string[] = []
  const agreed: [string, string][] = []
  for (const question of policy.questions) {
    const texts = counted.map(({ answers }) => textOf(answers, question))
    const agreement = agreedOn(texts, policy.threshold)
    results.push(`${hitId} ${question} AgreedAnswerFound ${agreement !== undefined}`)
    if (agreement === undefined) continue
    agreed.push([question, agreement.text])
    results.push(`${hitId} ${question} AgreedAnswer ${agreement.text}`)
    results.push(`${hitId} ${question} AnswerAgreementScore ${agreement.score}`)
  }
  const verdicts: ModelFindings['verdicts'] = []
  for (const { id, answers } of agreed.length === 0 ? [] : counted) {
    const right = agreed.filter(([question, text]) => textOf(answers, question) === text).length
    const score = percent(right, agreed.length)
    results.push(`${id} - WorkerAgreementScore ${score}`)
    results.push(`${id} - PluralityAnswersCorrect ${right}`)
    results.push(`${id} - PluralityAnswersIncorrect ${agreed.length - right}`)
    const wanted = verdictOf(policy, score)
    if (wanted !== undefined) verdicts.push({ id, wanted })
  }
  const score = percent(agreed.length, policy.questions.length)
  results.push(`${hitId} - HitAgreementScore ${score}`)
  return { score, results, verdicts, extends: wants(policy, score) }
}
