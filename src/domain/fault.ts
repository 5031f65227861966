// Everything that Kempelen may refuse, as one closed union. A refusal is a value that an operation returns; only
// bugs are thrown. How a fault is spelled for AWS clients stands in wire/errors.ts, for people in web/messages.

import type { ImportProblem } from './import/record.ts'
import type { Cents } from './money.ts'
import type { PayoutState } from './payout.ts'
import type { AnswerProblem } from './question/check-answers.ts'

/** A refusal. The members other than `fault` are what a text about it needs. */
export type Fault =
  // Objects that are not there, or not the caller's [hits 11.5]
  | { fault: 'HITDoesNotExist'; hitId: string }
  | { fault: 'AssignmentDoesNotExist'; assignmentId: string }
  | { fault: 'HITLayoutDoesNotExist'; hitLayoutId: string }
  | { fault: 'QualificationTypeDoesNotExist' }
  | { fault: 'InvalidQualificationTypeState'; allowed: string }
  | { fault: 'QualificationTypeAlreadyExists' }
  | { fault: 'QualificationDoesNotExist' }
  | { fault: 'InvalidQualificationState'; allowed: 'Granted' }
  | { fault: 'QualificationRequestDoesNotExist' }
  | { fault: 'InvalidQualificationRequestState'; allowed: 'Submitted' | 'AwaitingTest' }
  | { fault: 'PermissionDenied' }
  | { fault: 'AccountNotLinked' }
  // States
  | { fault: 'InvalidAssignmentState'; allowed: 'Submitted' | 'null' | 'Reviewable,Approved,Rejected' }
  | { fault: 'InvalidHITState'; state: string; allowed: string }
  | { fault: 'InvalidMaximumAssignmentsIncrease' }
  // What was brought in from the real service: it can be read, and nothing else
  | { fault: 'ImportedWork'; of: 'HIT' | 'assignment' }
  | { fault: 'ImportRefused'; problems: readonly ImportProblem[] }
  | { fault: 'ImportDoesNotExist'; runId: string }
  | { fault: 'ClaimDoesNotExist'; earlierId: string }
  // Money and request tokens
  | { fault: 'InsufficientFunds' }
  | { fault: 'HitAlreadyExists'; hitId: string }
  | { fault: 'DuplicateRequest'; token: string }
  // Values that the model allows and the business refuses
  | { fault: 'InvalidParameterValue'; parameter: string; value: string; explanation?: string }
  | { fault: 'ParameterOutOfRange'; parameter: string; value: number; minimum: number; maximum: number }
  | { fault: 'ParameterTooShort'; parameter: string }
  | { fault: 'ParameterTooLong'; parameter: string; maximum: number }
  | { fault: 'MissingParameters'; parameter: string; detail?: string }
  | { fault: 'XMLParseError'; parameter: string; detail: string }
  | { fault: 'XHTMLParseError'; parameter: string; detail: string }
  | { fault: 'HTML5ParseError'; parameter: string; detail: string }
  | { fault: 'InvalidTransportEndpoint'; destination: string; reason: string }
  // The worker's side [websites 1.5]
  | { fault: 'NoMoreHITs' }
  | { fault: 'QueueFull'; held: number }
  | { fault: 'DailyLimitReached' }
  | { fault: 'QualificationsNotMet' }
  | { fault: 'GroupDoesNotExist' }
  | { fault: 'WorkerBlocked' }
  | { fault: 'WorkerSuspended' }
  | { fault: 'HITNotAvailable' }
  | { fault: 'AssignmentNotOpen'; state: 'submitted' | 'returned' | 'abandoned' }
  | { fault: 'AssignmentOfAnotherWorker' }
  | { fault: 'QualificationTypeNotRequestable' }
  | { fault: 'QualificationTypeDoesNotAllowRetake' }
  | { fault: 'QualificationTypeRetryDelayNotElapsed'; retryAt: number }
  | { fault: 'QualificationRequestPending' }
  | { fault: 'QualificationRequestOfAnotherWorker' }
  | { fault: 'TestTimeOver' }
  | { fault: 'AnswerEmpty' }
  | { fault: 'AnswerTooLong'; maximum: number }
  | { fault: 'AnswersRefused'; problems: readonly AnswerProblem[] }
  | { fault: 'SubmissionNotEditable'; reason: 'open' | 'reviewed' | 'never' }
  | { fault: 'FileSizeNotAllowed'; identifier: string; size: number; minimum: number; maximum: number }
  // Payouts [websites 1.10]
  | { fault: 'PayoutMethodMissing' }
  | { fault: 'PayoutTooSmall'; minimum: Cents }
  | { fault: 'PayoutTooLarge'; balance: Cents }
  | { fault: 'PayoutDoesNotExist'; payoutId: string }
  | { fault: 'PayoutSettled'; payoutId: string; state: PayoutState }
  // Operators, sign-in and the control API
  | { fault: 'RequesterDoesNotExist'; requesterId: string }
  | { fault: 'WorkerDoesNotExist'; workerId: string }
  | { fault: 'AlreadyExists'; what: string }
  | { fault: 'InvalidInput'; member: string; explanation: string }
  // The earlier id of a worker: no such code, the id of somebody else by now, or another id with that requester
  | { fault: 'ClaimRefused'; reason: 'code' | 'taken' | 'another' }
  | { fault: 'SignInRefused' }
  | { fault: 'TooManyAttempts'; retryAfterSeconds: number }
  // Trouble of our own
  // `overdue` names HITs whose due work must be carried out first; the runner sees to it and tries again.
  | { fault: 'Busy'; overdue?: readonly string[] }

export type FaultName = Fault['fault']

/** Whether a value that an operation or guard returned is a refusal. */
export function isFault(value: unknown): value is Fault {
  return typeof value === 'object' && value !== null && 'fault' in value
}
