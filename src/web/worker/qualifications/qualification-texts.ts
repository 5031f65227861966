// Sentences about a qualification type, for the pages about it.
import type { Fault } from '../../../domain/fault.ts'
import { stateAt } from '../../../domain/qualification-request.ts'
import type { QualificationValue } from '../../../domain/qualification.ts'
import type { TypeForWorker } from '../../../operations/worker/qualification-for-worker.ts'
import type { Texts } from '../../messages/en.ts'
import { count, moment, span } from '../../ui/format.ts'
import { localeText } from '../hits/project-json.ts'

/** How long a test that was begun may still take, in seconds; undefined when none is under way. */
export function testSecondsLeft({ outstanding }: TypeForWorker, now: number): number | undefined {
  const deadline = outstanding?.deadline
  if (outstanding === undefined || deadline === undefined) return undefined
  return stateAt(outstanding, now) === 'AwaitingTest' ? Math.ceil((deadline - now) / 1000) : undefined
}

/** A worker's value as a text: a number, or a place such as `US-CA`. */
export function valueText(texts: Texts, value: QualificationValue): string {
  const words = texts.qualifications
  if (value === undefined) return words.noValue
  if (typeof value === 'number') return count(value)
  return value.country === '' ? words.unknownPlace : localeText(value)
}

/** How one comes to have the type. */
export function wayText(texts: Texts, type: TypeForWorker): string {
  const { ways } = texts.qualifications
  if (type.owner === undefined) return ways.system
  if (!type.isRequestable) return ways.closed
  if (type.isAutoGranted) return ways.auto
  return type.hasTest ? ways.test(span(type.testDuration ?? 0)) : ways.request
}

/** Whether one may ask again; undefined for what nobody can ask for. */
export function againText(texts: Texts, { isRequestable, retryDelay }: TypeForWorker): string | undefined {
  const words = texts.qualifications
  if (!isRequestable) return undefined
  if (retryDelay === undefined) return words.once
  return retryDelay === 0 ? words.atOnce : words.after(span(retryDelay))
}

/** Where the latest request stands, when it is open. */
export function outstandingText(texts: Texts, type: TypeForWorker, now: number): string | undefined {
  const words = texts.qualifications
  if (type.outstanding === undefined) return undefined
  const left = testSecondsLeft(type, now)
  return left === undefined ? words.waiting : words.left(span(left))
}

/** Why the type cannot be asked for, in a sentence. `now` is epoch milliseconds. */
export function requestRefusal(texts: Texts, type: TypeForWorker, fault: Fault, now: number): string {
  const words = texts.requestRefusals
  if (type.outstanding !== undefined)
    return testSecondsLeft(type, now) === undefined ? words.pending : words.pendingTest
  switch (fault.fault) {
    case 'QualificationTypeRetryDelayNotElapsed':
      return words.retryAt(moment(fault.retryAt, now))
    case 'QualificationRequestPending':
      return words.pending
    case 'QualificationTypeNotRequestable':
    case 'InvalidQualificationTypeState':
    case 'QualificationTypeDoesNotExist':
    case 'QualificationTypeDoesNotAllowRetake':
    case 'WorkerSuspended':
      return words[fault.fault]
    case 'Busy':
      return texts.errors.busy.text
    default:
      return words.other
  }
}
