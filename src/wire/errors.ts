// How every refusal is spelled for AWS clients: the only such table. Programs compare these texts by prefix or
// substring and branch on the codes, so each is the real service's where one is known [hits 11, client 3].
import type { Fault, FaultName } from '../domain/fault.ts'

/** An error as the endpoint sends it. `type` is the `__type` of the body, for the log. */
export interface ErrorAnswer {
  readonly status: number
  readonly type: string
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

/** What an error text depends on beside the fault. `now` is the market's clock, in epoch milliseconds. */
export interface ErrorContext {
  readonly environment: 'production' | 'sandbox'
  readonly now: number
}

/** The answer to a refusal that an operation returned [hits 11.5]. */
export function faultAnswer(fault: Fault, context: ErrorContext): ErrorAnswer {
  // Each entry takes its own member of the union; the compiler cannot see that the lookup picks the right one.
  const answer = answers[fault.fault] as (fault: Fault, context: ErrorContext) => ErrorAnswer
  return answer(fault, context)
}

/** The answer to a bug of ours, and to a fault that a test asked for: clients repeat the call [wire 3.6]. */
export function serviceFault(context: ErrorContext): ErrorAnswer {
  const message = stamped('The service could not answer this request. Please try again.', context)
  return jsonError(500, 'ServiceFault', { Message: message, TurkErrorCode: 'AWS.ServiceUnavailable' })
}

/** Tells a client to come back later; the code makes every SDK do so by itself [wire 3.4, 3.6]. */
export function throttled(retryAfterSeconds: number): ErrorAnswer {
  return {
    ...frameworkError('ThrottlingException', 'Rate exceeded'),
    headers: {
      'x-amz-retry-after': String(Math.ceil(retryAfterSeconds * 1000)),
      'Retry-After': String(Math.ceil(retryAfterSeconds)),
    },
  }
}

/** An error of the front end: its text is called `message`, in lower case, and has no stamp [client W9]. */
export function frameworkError(type: string, message: string, status = 400): ErrorAnswer {
  return jsonError(status, type, { message })
}

/** The body is no JSON object, or a member has another type; only the second has a text [wire 3.4]. */
export function serializationError(message?: string): ErrorAnswer {
  return jsonError(400, 'SerializationException', message === undefined ? {} : { Message: message })
}

/** The caller may not do this, for a reason that lies before the operation [wire 3.4]. */
export function accessDenied(message: string): ErrorAnswer {
  return jsonError(400, 'AccessDeniedException', { Message: message })
}

/** `X-Amz-Target` names no operation of ours. */
export const unknownOperation: ErrorAnswer = jsonError(400, 'UnknownOperationException', {})

/** Not a POST, or another content type: the one answer that is not JSON, and has no content type [wire 3.4]. */
export const notTheProtocol: ErrorAnswer = {
  status: 404,
  type: 'UnknownOperationException',
  body: '<UnknownOperationException/>\n',
}

/** A body over the limit; sent as JSON, because an empty 413 is misread or repeated by clients [wire 3.4]. */
export const bodyTooLarge = frameworkError(
  'RequestEntityTooLargeException',
  'The request body is larger than this service accepts.',
  413,
)

type Answers = {
  [Name in FaultName]: (fault: Extract<Fault, { fault: Name }>, context: ErrorContext) => ErrorAnswer
}

/** One line per fault; a new member of the union does not compile until it stands here. */
const answers: Answers = {
  // Objects
  HITDoesNotExist: (fault, context) =>
    requestError('HITDoesNotExist', `Hit ${fault.hitId} does not exist.`, context),
  AssignmentDoesNotExist: (fault, context) =>
    requestError('AssignmentDoesNotExist', `Assignment ${fault.assignmentId} does not exist.`, context),
  HITLayoutDoesNotExist: (fault, context) =>
    requestError('HITLayoutDoesNotExist', `HITLayout ${fault.hitLayoutId} does not exist.`, context),
  QualificationTypeDoesNotExist: (_, context) =>
    requestError(
      'QualificationTypeDoesNotExist',
      'You requested a QualificationType that does not exist.',
      context,
    ),
  InvalidQualificationTypeState: (fault, context) =>
    requestError('InvalidQualificationTypeState', wrongStatus(fault.allowed), context),
  QualificationTypeAlreadyExists: (_, context) =>
    requestError(
      'QualificationTypeAlreadyExists',
      "You have already created a QualificationType with this name. A QualificationType's name must be unique " +
        'among all of the QualificationTypes created by the same user.',
      context,
    ),
  QualificationDoesNotExist: (_, context) =>
    requestError('QualificationDoesNotExist', 'You requested a Qualification that does not exist.', context),
  InvalidQualificationState: (fault, context) =>
    requestError('InvalidQualificationState', wrongStatus(fault.allowed), context),
  QualificationRequestDoesNotExist: (_, context) =>
    requestError(
      'QualificationRequestDoesNotExist',
      'You requested a QualificationRequest that does not exist.',
      context,
    ),
  InvalidQualificationRequestState: (fault, context) =>
    requestError('InvalidQualificationRequestState', wrongStatus(fault.allowed), context),
  PermissionDenied: (_, context) =>
    requestError(
      'PermissionDenied',
      'This user is not authorized to perform the requested operation.',
      context,
    ),
  AccountNotLinked: (_, context) => accountNotLinked(context),

  // States
  InvalidAssignmentState: (fault, context) =>
    requestError('InvalidAssignmentState', wrongStatus(fault.allowed), context),
  InvalidHITState: (fault, context) =>
    requestError(
      'InvalidHITState',
      `This HIT is currently in the state '${fault.state}'.  ${wrongStatus(fault.allowed)}`,
      context,
    ),
  InvalidMaximumAssignmentsIncrease: (_, context) =>
    requestError(
      'InvalidMaximumAssignmentsIncrease',
      'The HIT was created with fewer than 10 assignments, so its maximum must stay below 10.',
      context,
    ),
  ImportedWork: (fault, context) =>
    fault.of === 'HIT'
      ? requestError(
          'InvalidHITState',
          `This HIT is currently in the state 'Reviewable'.  ${onlyHistory}`,
          context,
        )
      : requestError('InvalidAssignmentState', onlyHistory, context),

  // Money and tokens
  InsufficientFunds: (_, context) =>
    requestError(
      'InsufficientFunds',
      'This Requester has insufficient funds in their account to complete this transaction.',
      context,
    ),
  HitAlreadyExists: (fault, context) =>
    requestError('HitAlreadyExists', `The HIT with ID "${fault.hitId}" already exists.`, context),
  DuplicateRequest: (fault, context) =>
    requestError(
      'DuplicateRequest',
      `The idempotency token "${fault.token}" has already been processed.`,
      context,
    ),

  // Values
  InvalidParameterValue: (fault, context) =>
    parameterError('AWS.MechanicalTurk.InvalidParameterValue', invalidValue(fault), fault.parameter, context),
  ParameterOutOfRange: (fault, context) =>
    parameterError(
      'AWS.ParameterOutOfRange',
      `The value ${fault.value} is invalid for ${fault.parameter}. ` +
        `Valid values range from ${fault.minimum} to ${fault.maximum}.`,
      fault.parameter,
      context,
    ),
  ParameterTooShort: (fault, context) =>
    parameterError(
      'AWS.MechanicalTurk.InvalidParameterValue',
      `Your request parameter ${fault.parameter}  has a minimum length of 1.`,
      fault.parameter,
      context,
    ),
  ParameterTooLong: (fault, context) =>
    parameterError(
      'AWS.MechanicalTurk.InvalidParameterValue',
      `Your request parameter ${fault.parameter}  has a maximum length of ${fault.maximum}.`,
      fault.parameter,
      context,
    ),
  MissingParameters: (fault, context) =>
    parameterError(
      'AWS.MissingParameters',
      'Your request is missing required parameters. Required parameters include ' +
        `${fault.parameter}.${fault.detail === undefined ? '' : ` ${fault.detail}`}`,
      fault.parameter,
      context,
    ),
  XMLParseError: (fault, context) => notValid('XMLParseError', 'XML question or answer', fault, context),
  XHTMLParseError: (fault, context) => notValid('XHTMLParseError', 'XHTML', fault, context),
  HTML5ParseError: (fault, context) => notValid('HTML5ParseError', 'HTML5', fault, context),
  InvalidTransportEndpoint: (fault, context) =>
    requestError(
      'InvalidTransportEndpoint',
      `The destination ${fault.destination} could not be reached: ${fault.reason}`,
      context,
    ),

  // Faults of the worker's side and of operators. No operation of the API returns them; should one, its caller
  // gets an error that SDKs understand, with the code of Amazon's old client libraries where one fits [hits 11.3].
  NoMoreHITs: (_, context) =>
    requestError(
      'NoHITsAvailableInGroupException',
      'There are no more available HITs in this group.',
      context,
    ),
  QueueFull: (fault, context) =>
    requestError(
      'ExceedsMaxAssignmentsPerWorker',
      `The worker already holds ${fault.held} assignments.`,
      context,
    ),
  DailyLimitReached: (_, context) =>
    requestError(
      'ExceedsMaxAssignmentsPerWorker',
      'The worker has accepted as many HITs as one day allows.',
      context,
    ),
  QualificationsNotMet: (_, context) =>
    requestError('DoesNotMeetRequirements', 'The worker does not have the required Qualifications.', context),
  GroupDoesNotExist: (_, context) =>
    requestError('HITDoesNotExist', 'The HIT group does not exist.', context),
  WorkerBlocked: (_, context) => requestError('PermissionDenied', 'The worker is blocked.', context),
  WorkerSuspended: (_, context) => requestError('PermissionDenied', 'The worker is suspended.', context),
  HITNotAvailable: (_, context) => requestError('InvalidHITState', 'The HIT is not available.', context),
  AssignmentNotOpen: (fault, context) =>
    requestError('InvalidAssignmentState', `The assignment was ${fault.state} already.`, context),
  AssignmentOfAnotherWorker: (_, context) =>
    requestError('PermissionDenied', 'The assignment belongs to another worker.', context),
  QualificationTypeNotRequestable: (_, context) =>
    requestError('PermissionDenied', 'The QualificationType cannot be requested.', context),
  QualificationTypeDoesNotAllowRetake: (_, context) =>
    requestError(
      'QualificationTypeDoesNotAllowRetake',
      'The QualificationType can be requested only once.',
      context,
    ),
  QualificationTypeRetryDelayNotElapsed: (_, context) =>
    requestError(
      'QualificationTypeRetryDelayNotElapsed',
      'The QualificationType cannot be requested again yet.',
      context,
    ),
  QualificationRequestPending: (_, context) =>
    requestError('QualificationTypeRetryDelayNotElapsed', 'An earlier request is still pending.', context),
  QualificationRequestOfAnotherWorker: (_, context) =>
    requestError('PermissionDenied', 'The request belongs to another worker.', context),
  TestTimeOver: (_, context) =>
    requestError('InvalidQualificationRequestState', 'The time for the test is over.', context),
  AnswerEmpty: (_, context) => requestError('InvalidParameterValue', 'The answer is empty.', context),
  AnswerTooLong: (fault, context) =>
    requestError('InvalidParameterValue', `The answer is longer than ${fault.maximum} characters.`, context),
  SubmissionNotEditable: (_, context) =>
    requestError('InvalidParameterValue', 'The answers cannot be changed any more.', context),
  AnswersRefused: (fault, context) =>
    requestError('InvalidParameterValue', `${fault.problems.length} answers are not allowed.`, context),
  FileSizeNotAllowed: (fault, context) =>
    requestError('InvalidParameterValue', `The file has ${fault.size} bytes.`, context),
  PayoutMethodMissing: (_, context) =>
    requestError('PermissionDenied', 'The worker has not said where the money goes.', context),
  PayoutTooSmall: (_, context) => requestError('InsufficientFunds', 'The payout is too small.', context),
  PayoutTooLarge: (_, context) => requestError('InsufficientFunds', 'The payout is too large.', context),
  PayoutDoesNotExist: (_, context) =>
    requestError('InvalidParameterValue', 'The payout does not exist.', context),
  PayoutSettled: (fault, context) =>
    requestError('PermissionDenied', `The payout is ${fault.state} already.`, context),
  RequesterDoesNotExist: (fault, context) =>
    requestError('InvalidParameterValue', `Requester ${fault.requesterId} does not exist.`, context),
  ImportRefused: (_, context) => requestError('InvalidParameterValue', 'The file cannot be kept.', context),
  ImportDoesNotExist: (fault, context) =>
    requestError('InvalidParameterValue', `Import ${fault.runId} does not exist.`, context),
  ClaimDoesNotExist: (fault, context) =>
    requestError('InvalidParameterValue', `Nobody has claimed ${fault.earlierId}.`, context),
  WorkerDoesNotExist: (fault, context) =>
    parameterError(
      'AWS.MechanicalTurk.InvalidParameterValue',
      invalidValue({ value: fault.workerId, parameter: 'WorkerId' }),
      'WorkerId',
      context,
    ),
  AlreadyExists: (fault, context) =>
    requestError('InvalidParameterValue', `${fault.what} already exists.`, context),
  InvalidInput: (fault, context) =>
    requestError('InvalidParameterValue', `${fault.member}: ${fault.explanation}`, context),
  ClaimRefused: (_, context) => requestError('PermissionDenied', 'The claim was refused.', context),
  SignInRefused: (_, context) => requestError('PermissionDenied', 'The sign-in was refused.', context),
  TooManyAttempts: (fault) => throttled(fault.retryAfterSeconds),

  // Trouble of our own
  Busy: () => throttled(1),
}

/** The modelled error: a rule of the business is broken. `code` is without its prefix [client W6]. */
function requestError(code: string, text: string, context: ErrorContext): ErrorAnswer {
  return jsonError(400, 'RequestError', {
    Message: stamped(text, context),
    TurkErrorCode: `AWS.MechanicalTurk.${code}`,
  })
}

/** A value that the model allows and the business refuses; names the parameter [client W7]. */
function parameterError(code: string, text: string, parameter: string, context: ErrorContext): ErrorAnswer {
  return jsonError(400, 'ParameterValidationError', {
    Message: stamped(text, context),
    ...(parameter === '' ? {} : { Parameter: parameter }),
    TurkErrorCode: code,
  })
}

function notValid(
  code: 'XMLParseError' | 'XHTMLParseError' | 'HTML5ParseError',
  kind: string,
  fault: { parameter: string; detail: string },
  context: ErrorContext,
): ErrorAnswer {
  const against =
    code === 'HTML5ParseError' ? 'validates as HTML5' : 'validates against the appropriate schema'
  const text =
    `There was an error parsing the ${kind} data in your request.  ` +
    `Please make sure the data is well-formed and ${against}. Details: ${fault.detail}`
  return parameterError(`AWS.MechanicalTurk.${code}`, text, fault.parameter, context)
}

/** The one text of a RequestError that has no stamp [hits 11.2, 11.5 #13]. */
function accountNotLinked(context: ErrorContext): ErrorAnswer {
  const site = context.environment === 'sandbox' ? 'requestersandbox' : 'requester'
  return jsonError(400, 'RequestError', {
    Message:
      'To use the MTurk API, you will need an Amazon Web Services (AWS) Account. Your AWS account must be ' +
      `linked to your Amazon Mechanical Turk Account. Visit https://${site}.mturk.com/developer to get started.`,
    TurkErrorCode: 'AWS.AccountNotLinked',
  })
}

const onlyHistory =
  'It is history that was brought in from the real service: it can be read here, and nothing else.'

function wrongStatus(allowed: string): string {
  return `This operation can be called with a status of: ${allowed}`
}

function invalidValue(fault: { value: string; parameter: string; explanation?: string }): string {
  // An explanation ends with its own full stop, and the real service adds another [hits 11.5 #8].
  const explanation = fault.explanation === undefined ? '' : ` ${fault.explanation}.`
  return `The value "${fault.value}" is not valid for the parameter ${fault.parameter}.${explanation}`
}

/** The time that ends a message: ` (1585151438622 s)` in the sandbox, without the `s` in production [client W8]. */
function stamped(text: string, { environment, now }: ErrorContext): string {
  return `${text} (${now}${environment === 'sandbox' ? ' s' : ''})`
}

function jsonError(status: number, type: string, members: Readonly<Record<string, string>>): ErrorAnswer {
  return { status, type, body: JSON.stringify({ __type: type, ...members }) }
}
