// Business checks of the members that the three creating operations share, in the model's member order: the first
// problem is the one that is named [hits 4.1, 11.6].
import { isFault, type Fault } from '../domain/fault.ts'
import type { HITTypeProperties } from '../domain/hit-type.ts'
import type { MarketSettings } from '../domain/market-settings.ts'
import { parseDollars } from '../domain/money.ts'
import { checkCharacters, checkRange, checkRequiredText, checkText } from '../domain/parameters.ts'
import { checkRequirement, type QualificationRequirement } from '../domain/qualification.ts'
import { pageOnlyPatterns } from '../domain/question/page-only.ts'
import { parseQuestion } from '../domain/question/parse-question.ts'
import {
  ignoredKeys,
  readAssignmentPolicy,
  readHITPolicy,
  type ReviewPolicies,
} from '../domain/review-policy.ts'
import { market } from '../limits.ts'
import { operations, type OperationInput, type OperationName } from '../model/operations.ts'

type TypeInput = OperationInput<'CreateHITType'>
type HITInput = Pick<
  OperationInput<'CreateHIT'>,
  | 'MaxAssignments'
  | 'LifetimeInSeconds'
  | 'Question'
  | 'RequesterAnnotation'
  | 'UniqueRequestToken'
  | 'AssignmentReviewPolicy'
  | 'HITReviewPolicy'
  | 'HITLayoutId'
  | 'HITLayoutParameters'
>

/** What is to be made into a HIT: a checked question, or a layout that the operation must find. */
export interface CheckedHIT {
  question: { kind: string; text: string } | undefined
  layoutId: string | undefined
  layoutParameters: readonly { Name: string; Value: string }[]
  lifetime: number
  maxAssignments: number
  annotation: string | undefined
  token: string | undefined
  reviewPolicies: ReviewPolicies
}

/** Faults by the member that they are about: the one whose member stands first in the model is answered [hits 11.6]. */
type Faults = Partial<Record<string, Fault | undefined>>

/** The fault whose member stands first in the operation's input. */
export function firstFault(operation: OperationName, faults: Faults): Fault | undefined {
  const members = Object.keys(operations[operation].input.members)
  return members.map((member) => faults[member]).find((fault) => fault !== undefined)
}

/** The faults of the members that make a HIT type. */
export function typeFaults(input: TypeInput): Faults {
  const delay = input.AutoApprovalDelayInSeconds ?? market.autoApprovalDelay.default
  return {
    AutoApprovalDelayInSeconds: checkRange('AutoApprovalDelayInSeconds', delay, market.autoApprovalDelay),
    AssignmentDurationInSeconds: checkRange(
      'AssignmentDurationInSeconds',
      input.AssignmentDurationInSeconds,
      market.assignmentDuration,
    ),
    Reward:
      parseDollars(input.Reward) === undefined
        ? { fault: 'InvalidParameterValue', parameter: 'Reward', value: input.Reward }
        : undefined,
    Title: checkRequiredText('Title', input.Title, market.titleLength),
    Keywords: checkText('Keywords', input.Keywords ?? '', market.keywordsLength),
    Description: checkRequiredText('Description', input.Description, market.descriptionLength),
    QualificationRequirements: checkRequirements((input.QualificationRequirements ?? []).map(requirementOf)),
  }
}

/** The properties of a HIT type whose members have no fault. */
export function typeProperties(input: TypeInput): HITTypeProperties {
  return {
    title: input.Title,
    description: input.Description,
    keywords: input.Keywords,
    reward: parseDollars(input.Reward)!,
    duration: input.AssignmentDurationInSeconds,
    approvalDelay: input.AutoApprovalDelayInSeconds ?? market.autoApprovalDelay.default,
    requirements: (input.QualificationRequirements ?? []).map(requirementOf),
  }
}

/** A HIT's members that are not its type's: their faults, and what they mean when there is none. */
export async function checkHIT(
  input: HITInput,
  settings: MarketSettings,
): Promise<{ faults: Faults; hit: CheckedHIT }> {
  const { faults, question } = await checkQuestion(input, settings)
  const policies = {
    assignment: input.AssignmentReviewPolicy && readAssignmentPolicy(input.AssignmentReviewPolicy),
    hit: input.HITReviewPolicy && readHITPolicy(input.HITReviewPolicy),
  }
  return {
    faults: {
      MaxAssignments: checkRange('MaxAssignments', input.MaxAssignments ?? 1, market.assignments),
      LifetimeInSeconds: checkRange('LifetimeInSeconds', input.LifetimeInSeconds, market.lifetime),
      ...faults,
      RequesterAnnotation: checkText(
        'RequesterAnnotation',
        input.RequesterAnnotation ?? '',
        market.annotationLength,
      ),
      UniqueRequestToken: checkCharacters('UniqueRequestToken', input.UniqueRequestToken ?? ''),
      AssignmentReviewPolicy: isFault(policies.assignment) ? policies.assignment : undefined,
      HITReviewPolicy: isFault(policies.hit) ? policies.hit : undefined,
    },
    hit: {
      question,
      layoutId: input.HITLayoutId,
      layoutParameters: input.HITLayoutParameters ?? [],
      lifetime: input.LifetimeInSeconds,
      maxAssignments: input.MaxAssignments ?? 1,
      annotation: input.RequesterAnnotation,
      token: input.UniqueRequestToken,
      reviewPolicies: {
        assignment: isFault(policies.assignment) ? undefined : policies.assignment,
        hit: isFault(policies.hit) ? undefined : policies.hit,
      },
    },
  }
}

/**
 * The Keys of a HIT's review policies that mean nothing, and the questions with a pattern that only the page can check
 * [qualifications 6.1; questions 2.5].
 */
export async function ignoredNames(input: HITInput): Promise<readonly string[]> {
  const policies = [input.AssignmentReviewPolicy, input.HITReviewPolicy]
  const keys = policies.flatMap((policy) => (policy ? ignoredKeys(policy) : []))
  return [...keys, ...(await pageOnlyPatterns(input.Question))]
}

/** Exactly one of Question and HITLayoutId, and a valid one [hits 12.1, questions 1.1]. */
async function checkQuestion(
  input: HITInput,
  settings: MarketSettings,
): Promise<{ faults: Faults; question: CheckedHIT['question'] }> {
  if (input.Question === undefined) {
    const missing: Fault = { fault: 'ParameterTooShort', parameter: 'Question' }
    return { faults: input.HITLayoutId === undefined ? { Question: missing } : {}, question: undefined }
  }
  const parsed = await parseQuestion(input.Question, settings.questions)
  const both: Fault | undefined =
    input.HITLayoutId === undefined
      ? undefined
      : { fault: 'InvalidParameterValue', parameter: 'HITLayoutId', value: input.HITLayoutId }
  return {
    faults: { Question: isFault(parsed) ? parsed : undefined, HITLayoutId: both },
    question: isFault(parsed) ? undefined : { kind: parsed.kind, text: input.Question },
  }
}

function checkRequirements(requirements: readonly QualificationRequirement[]): Fault | undefined {
  if (requirements.length > market.requirements) {
    return { fault: 'ParameterTooLong', parameter: 'QualificationRequirements', maximum: market.requirements }
  }
  for (const requirement of requirements) {
    const refusal =
      checkText('QualificationTypeId', requirement.qualificationTypeId, 255) ?? checkRequirement(requirement)
    if (refusal) return refusal
  }
  return undefined
}

type RequirementInput = NonNullable<TypeInput['QualificationRequirements']>[number]

/** Fills in what was left out; ActionsGuarded wins over the old RequiredToPreview [qualifications 4.4]. */
function requirementOf(input: RequirementInput): QualificationRequirement {
  return {
    qualificationTypeId: input.QualificationTypeId,
    comparator: input.Comparator,
    ...(input.IntegerValues !== undefined && { integerValues: input.IntegerValues }),
    ...(input.LocaleValues !== undefined && {
      localeValues: input.LocaleValues.map(({ Country, Subdivision }) => ({
        country: Country,
        ...(Subdivision !== undefined && { subdivision: Subdivision }),
      })),
    }),
    actionsGuarded:
      input.ActionsGuarded ?? (input.RequiredToPreview === true ? 'PreviewAndAccept' : 'Accept'),
  }
}
