// The refusals of the API word for word, and the call that must be refused and change nothing.
import { expect } from 'vitest'
import type { OperationInput, OperationName } from '../../src/model/operations.ts'
import { read } from '../../src/store/prepared.ts'
import type { Refusal, TestClient, TestMarket } from './market.ts'

const requestError = (code: string, message: string): Refusal => ({
  status: 400,
  type: 'RequestError',
  message,
  code: `AWS.MechanicalTurk.${code}`,
})

const parameterError = (code: string, message: string): Refusal => ({
  status: 400,
  type: 'ParameterValidationError',
  message,
  code: `AWS.${code}`,
})

/** The refusals of the API in full, but for the stamp [hits 11.5]. */
export const refused = {
  noHIT: (id: string) => requestError('HITDoesNotExist', `Hit ${id} does not exist.`),
  noAssignment: (id: string) => requestError('AssignmentDoesNotExist', `Assignment ${id} does not exist.`),
  notYours: requestError(
    'PermissionDenied',
    'This user is not authorized to perform the requested operation.',
  ),
  assignmentState: (allowed: string) =>
    requestError('InvalidAssignmentState', `This operation can be called with a status of: ${allowed}`),
  hitState: (state: string, allowed: string) =>
    requestError(
      'InvalidHITState',
      `This HIT is currently in the state '${state}'.  This operation can be called with a status of: ${allowed}`,
    ),
  /** What a disposed HIT says to all but DeleteHIT and UpdateHITReviewStatus. */
  disposed: requestError(
    'InvalidHITState',
    "This HIT is currently in the state 'Disposed'.  This operation can be called with a status of: Assignable, Unassignable, Reviewing, Reviewable",
  ),
  tenRule: requestError(
    'InvalidMaximumAssignmentsIncrease',
    'The HIT was created with fewer than 10 assignments, so its maximum must stay below 10.',
  ),
  noFunds: requestError(
    'InsufficientFunds',
    'This Requester has insufficient funds in their account to complete this transaction.',
  ),
  usedToken: (token: string) =>
    requestError('DuplicateRequest', `The idempotency token "${token}" has already been processed.`),
  alreadyCreated: (hitId: string) =>
    requestError('HitAlreadyExists', `The HIT with ID "${hitId}" already exists.`),
  noQualificationType: requestError(
    'QualificationTypeDoesNotExist',
    'You requested a QualificationType that does not exist.',
  ),
  noQualification: requestError(
    'QualificationDoesNotExist',
    'You requested a Qualification that does not exist.',
  ),
  noQualificationRequest: requestError(
    'QualificationRequestDoesNotExist',
    'You requested a QualificationRequest that does not exist.',
  ),
  /** A grant, a request or a type in a state that the operation cannot have. */
  qualificationState: (
    of: 'Qualification' | 'QualificationRequest' | 'QualificationType',
    allowed: 'Granted' | 'Submitted' | 'Active' | 'Active,Inactive',
  ) => requestError(`Invalid${of}State`, `This operation can be called with a status of: ${allowed}`),
  sameName: requestError(
    'QualificationTypeAlreadyExists',
    "You have already created a QualificationType with this name. A QualificationType's name must be unique " +
      'among all of the QualificationTypes created by the same user.',
  ),
  noLayout: (id: string) => requestError('HITLayoutDoesNotExist', `HITLayout ${id} does not exist.`),
  value: (parameter: string, value: string, explanation = '') =>
    parameterError(
      'MechanicalTurk.InvalidParameterValue',
      `The value "${value}" is not valid for the parameter ${parameter}.${explanation && ` ${explanation}.`}`,
    ),
  range: (parameter: string, value: number, minimum: number, maximum: number) =>
    parameterError(
      'ParameterOutOfRange',
      `The value ${value} is invalid for ${parameter}. Valid values range from ${minimum} to ${maximum}.`,
    ),
  tooShort: (parameter: string) =>
    parameterError(
      'MechanicalTurk.InvalidParameterValue',
      `Your request parameter ${parameter}  has a minimum length of 1.`,
    ),
  tooLong: (parameter: string, maximum: number) =>
    parameterError(
      'MechanicalTurk.InvalidParameterValue',
      `Your request parameter ${parameter}  has a maximum length of ${maximum}.`,
    ),
  missing: (parameter: string) =>
    parameterError(
      'MissingParameters',
      `Your request is missing required parameters. Required parameters include ${parameter}.`,
    ),
  validation: (...items: string[]): Refusal => ({
    status: 400,
    type: 'ValidationException',
    message: `${items.length} validation error${items.length === 1 ? '' : 's'} detected: ${items.join('; ')}`,
    code: undefined,
  }),
} as const

/** The item of a ValidationException for a member that is missing. */
export const mustNotBeNull = (member: string) =>
  `Value null at '${member}' failed to satisfy constraint: Member must not be null`

const changes = read<object, { count: number }>(({ db }) =>
  db.selectFrom('audit').select(({ fn }) => fn.countAll<number>().as('count')),
)

/** How many changes the market has seen: what changed nothing leaves this number as it was. */
export async function changesIn(market: TestMarket): Promise<number> {
  const row = await market.market.store.read(0, (tx) => tx.first(changes, {}))
  return row!.count
}

/** Makes a call that must be refused, and proves that it changed nothing. */
export async function refusalOf<N extends OperationName>(
  market: TestMarket,
  client: TestClient,
  operation: N,
  input: object,
): Promise<Refusal> {
  const before = await changesIn(market)
  const refusal = await client.refusal(operation, input as OperationInput<N>)
  expect(await changesIn(market), 'changes by a refused call').toBe(before)
  return refusal
}
