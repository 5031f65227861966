// Business checks of the members that the three creating operations share, in the model's member order: the first
// problem is the one that is named [hits 4.1, 11.6].
import { isFault, type Fault } from '../domain/fault.ts'
import type { HITTypeProperties } from '../domain/hit-type.ts'
import type { MarketSettings } from '../domain/market-settings.ts'
import { parseDollars } from '../domain/money.ts'
import { checkCharacters, checkRange, checkRequiredText, checkText } from '../domain/parameters.ts'
import { checkRequirement, isSystemType, type QualificationRequirement } from '../domain/qualification.ts'
import { parseQuestion } from '../domain/question/parse-question.ts'
import { market } from '../limits.ts'
import type { OperationInput } from '../model/operations.ts'

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
>

/** What is to be made into a HIT: a checked question, or a layout that the operation must find. */
export interface CheckedHIT {
  question: { kind: string; text: string } | undefined
  layoutId: string | undefined
  lifetime: number
  maxAssignments: number
  annotation: string | undefined
  token: string | undefined
}

/** The properties of a HIT type, or the first fault among them. */
export function checkType(input: TypeInput): HITTypeProperties | Fault {
  const approvalDelay = input.AutoApprovalDelayInSeconds ?? market.autoApprovalDelay.default
  const reward = parseDollars(input.Reward)
  const requirements = (input.QualificationRequirements ?? []).map(requirementOf)
  const refusal =
    checkRange('AutoApprovalDelayInSeconds', approvalDelay, market.autoApprovalDelay) ??
    checkRange('AssignmentDurationInSeconds', input.AssignmentDurationInSeconds, market.assignmentDuration) ??
    (reward === undefined
      ? { fault: 'InvalidParameterValue', parameter: 'Reward', value: input.Reward }
      : undefined) ??
    checkRequiredText('Title', input.Title, market.titleLength) ??
    checkText('Keywords', input.Keywords ?? '', market.keywordsLength) ??
    checkRequiredText('Description', input.Description, market.descriptionLength) ??
    checkRequirements(requirements)
  if (refusal !== undefined) return refusal as Fault
  return {
    title: input.Title,
    description: input.Description,
    keywords: input.Keywords,
    reward: reward!,
    duration: input.AssignmentDurationInSeconds,
    approvalDelay,
    requirements,
  }
}

/** The parts of a HIT that are not its type's, or the first fault among them. */
export async function checkHIT(input: HITInput, settings: MarketSettings): Promise<CheckedHIT | Fault> {
  return checkNumbers(input) ?? (await checkRest(input, settings))
}

/** MaxAssignments and LifetimeInSeconds: they stand before the type's members in the model. */
export function checkNumbers(input: HITInput): Fault | undefined {
  return (
    checkRange('MaxAssignments', input.MaxAssignments ?? 1, market.assignments) ??
    checkRange('LifetimeInSeconds', input.LifetimeInSeconds, market.lifetime)
  )
}

async function checkRest(input: HITInput, settings: MarketSettings): Promise<CheckedHIT | Fault> {
  const question = await checkQuestion(input, settings)
  if (isFault(question)) return question
  const refusal =
    checkText('RequesterAnnotation', input.RequesterAnnotation ?? '', market.annotationLength) ??
    checkCharacters('UniqueRequestToken', input.UniqueRequestToken ?? '') ??
    refusePolicies(input)
  if (refusal) return refusal
  return {
    question,
    layoutId: input.HITLayoutId,
    lifetime: input.LifetimeInSeconds,
    maxAssignments: input.MaxAssignments ?? 1,
    annotation: input.RequesterAnnotation,
    token: input.UniqueRequestToken,
  }
}

/** Exactly one of Question and HITLayoutId [hits 12.1]. */
async function checkQuestion(
  input: HITInput,
  settings: MarketSettings,
): Promise<{ kind: string; text: string } | undefined | Fault> {
  if (input.Question === undefined && input.HITLayoutId !== undefined) return undefined
  if (input.Question === undefined) return { fault: 'ParameterTooShort', parameter: 'Question' }
  if (input.HITLayoutId !== undefined) {
    return { fault: 'InvalidParameterValue', parameter: 'HITLayoutId', value: input.HITLayoutId }
  }
  const { allowHTTP, ownOrigins, strictHTML5, fileUploads } = settings.questions
  const parsed = await parseQuestion(input.Question, {
    allowHttp: allowHTTP,
    ownOrigins,
    html5: strictHTML5 ? 'strict' : 'lenient',
    fileUploads,
  })
  return isFault(parsed) ? parsed : { kind: parsed.kind, text: input.Question }
}

// To accept a policy and never run it would approve or reject nobody's work and say nothing.
function refusePolicies(input: HITInput): Fault | undefined {
  if (input.AssignmentReviewPolicy !== undefined)
    return { fault: 'OperationNotBuilt', operation: 'AssignmentReviewPolicy' }
  if (input.HITReviewPolicy !== undefined) return { fault: 'OperationNotBuilt', operation: 'HITReviewPolicy' }
  return undefined
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

/** QualificationTypeDoesNotExist when a requirement names a type that the system does not keep. */
export function checkTypesExist(requirements: readonly QualificationRequirement[]): Fault | undefined {
  const unknown = requirements.find(({ qualificationTypeId }) => !isSystemType(qualificationTypeId))
  return unknown && { fault: 'QualificationTypeDoesNotExist' }
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
