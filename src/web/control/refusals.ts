// Faults as the control API tells them: the fault's name, and a sentence for the author of a test.
import { toISO } from '../../clock.ts'
import type { Fault, FaultName } from '../../domain/fault.ts'
import { importProblemLine } from '../../domain/import/record.ts'
import { formatDollars } from '../../domain/money.ts'
import { en } from '../messages/en.ts'
import { problemLine } from '../messages/problems.ts'

type Texts = { [N in FaultName]: string | ((fault: Extract<Fault, { fault: N }>) => string) }

const texts: Texts = {
  HITDoesNotExist: ({ hitId }) => `There is no HIT ${hitId}.`,
  AssignmentDoesNotExist: ({ assignmentId }) => `There is no assignment ${assignmentId}.`,
  HITLayoutDoesNotExist: ({ hitLayoutId }) => `There is no layout ${hitLayoutId}.`,
  QualificationTypeDoesNotExist: 'There is no such qualification type.',
  InvalidQualificationTypeState: ({ allowed }) => `The qualification type must be ${allowed}.`,
  QualificationTypeAlreadyExists: 'The requester has a qualification type of this name already.',
  QualificationDoesNotExist: 'The worker does not have this qualification.',
  InvalidQualificationState: ({ allowed }) => `The qualification must be ${allowed}.`,
  QualificationRequestDoesNotExist: 'There is no such request for a qualification.',
  InvalidQualificationRequestState: ({ allowed }) => `The request must be ${allowed}.`,
  PermissionDenied: 'That belongs to another requester.',
  AccountNotLinked: 'The requester is not linked to an account.',
  InvalidAssignmentState: ({ allowed }) => `The assignment must be ${allowed}.`,
  InvalidHITState: ({ state, allowed }) => `The HIT is ${state}; it must be ${allowed}.`,
  InvalidMaximumAssignmentsIncrease: 'A HIT made with fewer than 10 assignments must stay below 10.',
  ImportedWork: ({ of }) => `The ${of} is history of the real service: it can be read, and nothing else.`,
  ImportRefused: ({ problems }) => problems.map(importProblemLine).join('\n'),
  ImportDoesNotExist: ({ runId }) => `There is no import ${runId} of the requester.`,
  ClaimDoesNotExist: ({ earlierId }) => `No worker has claimed ${earlierId} with the requester.`,
  InsufficientFunds: 'The requester does not have enough money.',
  HitAlreadyExists: ({ hitId }) => `The request token made HIT ${hitId} before.`,
  DuplicateRequest: ({ token }) => `The request token "${token}" was used before.`,
  InvalidParameterValue: ({ parameter }) => `The value of ${parameter} is not valid.`,
  ParameterOutOfRange: ({ parameter, minimum, maximum }) =>
    `${parameter} must be from ${minimum} to ${maximum}.`,
  ParameterTooShort: ({ parameter }) => `${parameter} must not be empty.`,
  ParameterTooLong: ({ parameter, maximum }) => `${parameter} must not be longer than ${maximum}.`,
  MissingParameters: ({ parameter }) => `${parameter} is missing.`,
  XMLParseError: ({ detail }) => `The XML is not valid: ${detail}`,
  XHTMLParseError: ({ detail }) => `The XHTML is not valid: ${detail}`,
  HTML5ParseError: ({ detail }) => `The HTML is not valid: ${detail}`,
  InvalidTransportEndpoint: ({ destination, reason }) => `${destination} could not be reached: ${reason}`,
  NoMoreHITs: 'There are no more of these HITs for this worker.',
  QueueFull: ({ held }) => `The worker holds ${held} HITs, which is as many as one may hold at once.`,
  DailyLimitReached: 'The worker has accepted as many HITs as one may in a day.',
  QualificationsNotMet: 'The worker does not meet the qualifications of this HIT.',
  GroupDoesNotExist: 'There is no such group or HIT type.',
  WorkerBlocked: 'The requester has blocked this worker.',
  WorkerSuspended: 'The worker is suspended.',
  HITNotAvailable: 'This HIT cannot be accepted by this worker now.',
  AssignmentNotOpen: ({ state }) => `The assignment is not open any more: it was ${state}.`,
  AssignmentOfAnotherWorker: 'The assignment belongs to another worker.',
  QualificationTypeNotRequestable: 'Nobody can request this qualification type.',
  QualificationTypeDoesNotAllowRetake: 'This qualification type can be requested only once.',
  QualificationTypeRetryDelayNotElapsed: ({ retryAt }) =>
    `It can be requested again from ${toISO(retryAt)} on.`,
  QualificationRequestPending: 'An earlier request of this worker is still pending.',
  QualificationRequestOfAnotherWorker: 'The request belongs to another worker.',
  TestTimeOver: 'The time for this test is over.',
  AnswerEmpty: 'An answer needs at least one field.',
  AnswerTooLong: ({ maximum }) => `An answer may have ${maximum} characters at most.`,
  SubmissionNotEditable: 'The answers cannot be changed, or not any more.',
  AnswersRefused: ({ problems }) => problems.map((problem) => problemLine(en, problem)).join(' '),
  FileSizeNotAllowed: ({ identifier, size, minimum, maximum }) =>
    `${identifier}: The file has ${size} bytes; it must have from ${minimum} to ${maximum}.`,
  PayoutMethodMissing: 'The worker has not said where the money goes.',
  PayoutTooSmall: ({ minimum }) => `A payout is of ${formatDollars(minimum)} dollars at least.`,
  PayoutTooLarge: ({ balance }) => `The worker has ${formatDollars(balance)} dollars to be paid.`,
  PayoutDoesNotExist: ({ payoutId }) => `There is no payout ${payoutId}.`,
  PayoutSettled: ({ payoutId, state }) => `Payout ${payoutId} is ${state} already.`,
  RequesterDoesNotExist: ({ requesterId }) => `There is no requester ${requesterId}.`,
  WorkerDoesNotExist: ({ workerId }) => `There is no worker ${workerId}.`,
  AlreadyExists: ({ what }) => `There is already ${what}.`,
  InvalidInput: ({ member, explanation }) => `${member}: ${explanation}`,
  ClaimRefused: 'This earlier worker ID cannot be claimed with this code.',
  SignInRefused: 'This address is unknown, used or too old.',
  TooManyAttempts: ({ retryAfterSeconds }) => `Too many attempts; wait ${retryAfterSeconds} seconds.`,
  Busy: 'Too much is going on for this object; try again.',
}

/** All fault names, for the documentation. */
export const faultNames = Object.keys(texts).sort() as FaultName[]

/** Status and body of a refusal. */
export function refusal(fault: Fault): {
  status: 400 | 404 | 409 | 429 | 503
  body: { error: string; message: string }
} {
  const text = texts[fault.fault] as string | ((fault: Fault) => string)
  const message = typeof text === 'string' ? text : text(fault)
  return { status: statusOf(fault.fault), body: { error: fault.fault, message } }
}

const badInput: ReadonlySet<FaultName> = new Set([
  'InvalidInput',
  'AnswerEmpty',
  'AnswerTooLong',
  'AnswersRefused',
  'FileSizeNotAllowed',
])

function statusOf(name: FaultName): 400 | 404 | 409 | 429 | 503 {
  if (name.endsWith('DoesNotExist')) return 404
  if (badInput.has(name)) return 400
  if (name === 'TooManyAttempts') return 429
  return name === 'Busy' ? 503 : 409
}
