// What an operation is: a name, whether it reads or writes, and a function of a transaction, a caller and an input.
// It has no database, clock or network, so it cannot do anything that its transaction does not hold.
import type { Fault } from '../domain/fault.ts'
import type { MarketSettings } from '../domain/market-settings.ts'
import type { OperationInput, OperationName, OperationOutput } from '../model/operations.ts'
import type { Read, Write } from '../store/tx.ts'

export interface RequesterCaller {
  kind: 'requester'
  requesterId: string
}
export interface WorkerCaller {
  kind: 'worker'
  workerId: string
}
export interface SystemCaller {
  kind: 'system'
}
export interface OperatorCaller {
  kind: 'operator'
}
export type Caller = RequesterCaller | WorkerCaller | SystemCaller | OperatorCaller

export const system: SystemCaller = { kind: 'system' }
export const operator: OperatorCaller = { kind: 'operator' }

/** What an answer can be made with when the transaction is over. */
export interface AnswerServices {
  /** Makes one attempt to send a message of the outbox now; answers why it failed, or undefined. */
  attempt(messageId: string): Promise<string | undefined>
  /** The address of a worker's file, good for a minute. */
  fileAddress(assignmentId: string, identifier: string): string
}

/**
 * What a requester is told when it is not the output itself, but needs something that no transaction may wait for or
 * know. `answer` is called after the commit, for an SDK's repetition of the call as well.
 */
interface Answered<I, O> {
  answer?(services: AnswerServices, input: I, output: O): Promise<object | Fault> | object
  /** Names in the input that mean nothing, or nothing to this server, and are passed over; the log tells of them. */
  ignored?(input: I): readonly string[] | Promise<readonly string[]>
}

export interface ReadOperation<C extends Caller, I, O> extends Answered<I, O> {
  mode: 'read'
  name: string
  perform(tx: Read, caller: C, input: I): Promise<O | Fault>
}

/** A read operation with a `check` before the transaction, as write operations have one. */
export interface CheckedReadOperation<C extends Caller, I, O, Checked> extends Answered<I, O> {
  mode: 'read'
  name: string
  check(input: I, settings: MarketSettings): Promise<Checked | Fault> | Checked | Fault
  perform(tx: Read, caller: C, input: Checked): Promise<O | Fault>
}

/**
 * `check` judges the input alone, before the transaction: what needs no row must not hold one up. Its answer is
 * what `perform` gets. `subject` names the object that the audit row is about.
 */
export interface WriteOperation<C extends Caller, I, O, Checked = I> extends Answered<I, O> {
  mode: 'write'
  name: string
  check(input: I, settings: MarketSettings): Promise<Checked | Fault> | Checked | Fault
  perform(tx: Write, caller: C, input: Checked): Promise<O | Fault>
  subject(caller: C, input: I, output: O): string
  /** Whether it only keeps what follows from other tables: that is no change of which the audit tells. */
  isBookkeeping?: boolean
}

/** A read operation of the Requester API. */
export function requesterRead<N extends OperationName>(
  name: N,
  perform: (
    tx: Read,
    caller: RequesterCaller,
    input: OperationInput<N>,
  ) => Promise<OperationOutput<N> | Fault>,
): ReadOperation<RequesterCaller, OperationInput<N>, OperationOutput<N>> {
  return { mode: 'read', name, perform }
}

/** A write operation of the Requester API whose input needs no check but the model's. */
export function requesterWrite<N extends OperationName>(
  name: N,
  perform: (
    tx: Write,
    caller: RequesterCaller,
    input: OperationInput<N>,
  ) => Promise<OperationOutput<N> | Fault>,
): WriteOperation<RequesterCaller, OperationInput<N>, OperationOutput<N>> {
  return requesterWriteChecked(name, (input) => input, perform)
}

/** A write operation of the Requester API; `check` makes the business checks of single values [hits 11.6, step 4]. */
export function requesterWriteChecked<N extends OperationName, Checked>(
  name: N,
  check: (input: OperationInput<N>, settings: MarketSettings) => Promise<Checked | Fault> | Checked | Fault,
  perform: (tx: Write, caller: RequesterCaller, input: Checked) => Promise<OperationOutput<N> | Fault>,
): WriteOperation<RequesterCaller, OperationInput<N>, OperationOutput<N>, Checked> {
  return { mode: 'write', name, check, perform, subject: requesterSubject }
}

/** A write operation of a worker, the system or an operator. */
export function write<C extends Caller, I, O>(
  name: string,
  subject: (caller: C, input: I, output: O) => string,
  perform: (tx: Write, caller: C, input: I) => Promise<O | Fault>,
): WriteOperation<C, I, O> {
  return { mode: 'write', name, check: (input) => input, perform, subject }
}

/** An operation of the system that keeps what follows from other tables. */
export function bookkeeping<I, O>(
  name: string,
  perform: (tx: Write, caller: SystemCaller, input: I) => Promise<O | Fault>,
): WriteOperation<SystemCaller, I, O> {
  return { ...write<SystemCaller, I, O>(name, () => '', perform), isBookkeeping: true }
}

/** A read operation of a worker, the system or an operator. */
export function read<C extends Caller, I, O>(
  name: string,
  perform: (tx: Read, caller: C, input: I) => Promise<O | Fault>,
): ReadOperation<C, I, O> {
  return { mode: 'read', name, perform }
}

// The object of a requester's call is what its input names, or else what it made.
function requesterSubject(caller: RequesterCaller, input: object, output: object): string {
  type Named =
    'AssignmentId' | 'HITId' | 'HITTypeId' | 'QualificationRequestId' | 'QualificationTypeId' | 'WorkerId'
  const given = input as Partial<Record<Named, string>>
  const made = output as {
    HIT?: { HITId?: string }
    HITTypeId?: string
    QualificationType?: { QualificationTypeId?: string }
  }
  return (
    given.AssignmentId ??
    given.HITId ??
    made.HIT?.HITId ??
    made.HITTypeId ??
    given.HITTypeId ??
    given.QualificationRequestId ??
    given.QualificationTypeId ??
    made.QualificationType?.QualificationTypeId ??
    given.WorkerId ??
    caller.requesterId
  )
}

/** How the audit names a caller. */
export function callerName(caller: Caller): string {
  switch (caller.kind) {
    case 'requester':
      return `requester:${caller.requesterId}`
    case 'worker':
      return `worker:${caller.workerId}`
    default:
      return caller.kind
  }
}
