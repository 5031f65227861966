// The two review policies as a requester may give them to a HIT: their names, their parameters, and what is wrong
// with those. Unknown parameters are passed over, since published samples hold some [qualifications 6.1].
import type { Fault } from './fault.ts'
import { checkCharacters, checkRange, checkText, type Range } from './parameters.ts'
import { market, server } from '../limits.ts'

export const scoreMyKnownAnswers = 'ScoreMyKnownAnswers/2011-09-01'
export const simplePlurality = 'SimplePlurality/2011-09-01'

/** When and how far a policy adds assignments [qualifications 6.3]. */
export interface ExtensionRule {
  belowScore: number
  /** Total of the HIT's assignments, not an increment. */
  maximumAssignments: number
  /** Seconds that the HIT must still be open for. */
  minimumTime: number
  /** Assignments that one extension adds. */
  assignments: number
}

/** Grades each submission by answers that are known [qualifications 7.1]. */
export interface ScoreMyKnownAnswers {
  name: typeof scoreMyKnownAnswers
  answerKey: { questionId: string; values: readonly string[] }[]
  approveFrom: number | undefined
  approveReason: string
  rejectBelow: number | undefined
  rejectReason: string
  extension: ExtensionRule | undefined
}

/** Compares the submissions of a HIT with each other [qualifications 7.2]. */
export interface SimplePlurality {
  name: typeof simplePlurality
  questionIds: readonly string[]
  agreementThreshold: number
  disregardRejected: boolean
  disregardBelowKnownAnswerScore: number | undefined
  approveFrom: number | undefined
  rejectBelow: number | undefined
  rejectReason: string
  extension: ExtensionRule | undefined
}

/** The policies of one HIT, one of each level at most. */
export interface ReviewPolicies {
  assignment: ScoreMyKnownAnswers | undefined
  hit: SimplePlurality | undefined
}

type Optional<T> = { [K in keyof T]?: T[K] | undefined }
type MapEntry = Optional<{ Key: string; Values: readonly string[] }>
type Parameter = Optional<{ Key: string; Values: readonly string[]; MapEntries: readonly MapEntry[] }>

/** A policy as the API has it. */
export interface PolicyInput {
  PolicyName: string
  Parameters?: readonly Parameter[] | undefined
}

const { score, agreementScore, extendedAssignments, extendedTime, questionIdBytes } = market.reviewPolicy

/** Reads the policy of the assignment level. InvalidParameterValue, MissingParameters and others, on the Key. */
export function readAssignmentPolicy(input: PolicyInput): ScoreMyKnownAnswers | Fault {
  const parameters = new Parameters(input, scoreMyKnownAnswers)
  const policy = assignmentPolicy(parameters)
  return parameters.fault ?? policy
}

/** Reads the policy of the HIT level. InvalidParameterValue, MissingParameters and others, on the Key. */
export function readHITPolicy(input: PolicyInput): SimplePlurality | Fault {
  const parameters = new Parameters(input, simplePlurality)
  const policy = hitPolicy(parameters)
  return parameters.fault ?? policy
}

/** The Keys of a policy that mean nothing to it [qualifications 6.1]. */
export function ignoredKeys(input: PolicyInput): string[] {
  const parameters = new Parameters(input, input.PolicyName)
  if (input.PolicyName === simplePlurality) hitPolicy(parameters)
  else assignmentPolicy(parameters)
  return parameters.unread()
}

function assignmentPolicy(parameters: Parameters): ScoreMyKnownAnswers {
  return {
    name: scoreMyKnownAnswers,
    answerKey: parameters.answerKey('AnswerKey'),
    approveFrom: parameters.integer('ApproveIfKnownAnswerScoreIsAtLeast', score),
    approveReason: parameters.reason('ApproveReason'),
    rejectBelow: parameters.integer('RejectIfKnownAnswerScoreIsLessThan', score),
    rejectReason: parameters.reason('RejectReason'),
    extension: parameters.extension('ExtendIfKnownAnswerScoreIsLessThan', score, {
      cap: extendedAssignments,
      usualCap: extendedAssignments.default,
    }),
  }
}

function hitPolicy(parameters: Parameters): SimplePlurality {
  return {
    name: simplePlurality,
    questionIds: parameters.identifiers('QuestionIds', 'QuestionIDs'),
    agreementThreshold: parameters.required(
      'QuestionAgreementThreshold',
      parameters.integer('QuestionAgreementThreshold'),
      0,
    ),
    disregardRejected: parameters.flag('DisregardAssignmentIfRejected'),
    disregardBelowKnownAnswerScore: parameters.integer('DisregardAssignmentIfKnownAnswerScoreIsLessThan'),
    extension: parameters.extension('ExtendIfHITAgreementScoreIsLessThan', agreementScore, {
      cap: market.assignments,
    }),
    // The second is an older spelling of the first that programs still use.
    approveFrom: parameters.eitherInteger(
      'ApproveIfWorkerAgreementScoreIsAtLeast',
      'ApproveIfWorkerAgreementScoreIsNotLessThan',
    ),
    rejectBelow: parameters.integer('RejectIfWorkerAgreementScoreIsLessThan'),
    rejectReason: parameters.reason('RejectReason'),
  }
}

/** The parameters of a policy by Key, read one after the other; the first problem is the one that is kept. */
class Parameters {
  fault: Fault | undefined
  readonly #byKey = new Map<string, Parameter>()
  readonly #read = new Set<string>()

  constructor(input: PolicyInput, name: string) {
    if (input.PolicyName !== name) this.#refuse('PolicyName', input.PolicyName)
    for (const parameter of input.Parameters ?? []) {
      // An official sample has a space at the end of a Key [qualifications 6.1].
      const key = (parameter.Key ?? '').trim()
      if (!this.#byKey.has(key)) this.#byKey.set(key, parameter)
    }
  }

  integer(key: string, range?: Range): number | undefined {
    const text = this.#text(key)
    if (text === undefined) return undefined
    const value = Number(text)
    if (!/^\s*[+-]?\d+\s*$/.test(text) || !Number.isSafeInteger(value)) return this.#refuse(key, text)
    if (range) this.#note(checkRange(key, value, range))
    return value
  }

  eitherInteger(key: string, olderSpelling: string): number | undefined {
    this.#read.add(olderSpelling)
    return this.integer(key) ?? this.integer(olderSpelling)
  }

  /** The Keys that nothing has asked for. */
  unread(): string[] {
    return [...this.#byKey.keys()].filter((key) => !this.#read.has(key))
  }

  reason(key: string): string {
    const text = this.#text(key) ?? ''
    this.#note(checkText(key, text, market.feedbackLength))
    return text
  }

  flag(key: string): boolean {
    const text = this.#text(key)
    if (text === undefined) return false
    const word = text.trim().toLowerCase()
    if (!['t', 'true', 'f', 'false'].includes(word)) this.#refuse(key, text)
    return word.startsWith('t')
  }

  /** A list of ids: one value for each, or all in one value with commas between. */
  identifiers(key: string, otherSpelling: string): string[] {
    const other = this.#values(otherSpelling)
    const values = this.#values(key) ?? other ?? []
    const texts = values.length === 1 ? values[0]!.split(',') : values
    const ids = [...new Set(texts.map((id) => id.trim()).filter((id) => id !== ''))]
    this.#count(key, ids.length)
    for (const id of ids) this.#note(checkCharacters(key, id))
    return this.required(key, ids.length > 0 ? ids : undefined, [])
  }

  answerKey(key: string): ScoreMyKnownAnswers['answerKey'] {
    const entries = this.#get(key)?.MapEntries ?? []
    this.required(key, entries[0], undefined)
    this.#count(key, entries.length)
    const seen = new Set<string>()
    return entries.map(({ Key: questionId = '', Values: values = [] }) => {
      // Of two keys for one question nobody can say which one counts, and it is workers who would pay for a guess.
      if (questionId === '' || seen.has(questionId)) this.#refuse(key, questionId)
      if (Buffer.byteLength(questionId) > questionIdBytes)
        this.#note({ fault: 'ParameterTooLong', parameter: key, maximum: questionIdBytes })
      for (const text of [questionId, ...values]) this.#note(checkCharacters(key, text))
      seen.add(questionId)
      return { questionId, values }
    })
  }

  /** The rule for extensions, if `key` gives the score below which there are any. Without `usualCap` one must be given. */
  extension(
    key: string,
    scores: Range,
    { cap, usualCap }: { cap: Range; usualCap?: number },
  ): ExtensionRule | undefined {
    const belowScore = this.integer(key, scores)
    const maximum = this.integer('ExtendMaximumAssignments', cap) ?? usualCap
    const minimumTime = this.integer('ExtendMinimumTimeInSeconds', extendedTime) ?? 0
    const assignments = this.integer('ExtendAssignments', market.assignments) ?? 1
    if (belowScore === undefined) return undefined
    const maximumAssignments = this.required('ExtendMaximumAssignments', maximum, 0)
    return { belowScore, maximumAssignments, minimumTime, assignments }
  }

  /** The value; MissingParameters when there is none, and then `placeholder` stands for it. */
  required<T, U>(key: string, value: T | undefined, placeholder: U): T | U {
    if (value !== undefined) return value
    this.#note({ fault: 'MissingParameters', parameter: key })
    return placeholder
  }

  #get(key: string): Parameter | undefined {
    this.#read.add(key)
    return this.#byKey.get(key)
  }

  #values(key: string): readonly string[] | undefined {
    const values = this.#get(key)?.Values
    return values === undefined || values.length === 0 ? undefined : values
  }

  #text(key: string): string | undefined {
    const values = this.#values(key)
    if (values !== undefined && values.length > 1) return this.#refuse(key, values.join(','))
    return values?.[0]
  }

  #count(parameter: string, questions: number): void {
    const maximum = server.reviewedQuestions
    if (questions > maximum) this.#note({ fault: 'ParameterTooLong', parameter, maximum })
  }

  #refuse(parameter: string, value: string): undefined {
    this.#note({ fault: 'InvalidParameterValue', parameter, value })
  }

  #note(fault: Fault | undefined): void {
    this.fault ??= fault
  }
}
