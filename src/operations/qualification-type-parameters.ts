// Business checks of the members that creating and updating a qualification type share [qualifications 3.1, 3.2].
import { isFault, type Fault } from '../domain/fault.ts'
import { checkRange } from '../domain/parameters.ts'
import { parseAnswerKey } from '../domain/question/parse-answer-key.ts'
import { parseTest } from '../domain/question/parse-question.ts'
import { market } from '../limits.ts'
import type { OperationInput } from '../model/operations.ts'
import { isSystemType } from '../domain/qualification.ts'
import { isGone, type QualificationType } from '../domain/qualification-type.ts'
import * as qualificationTypes from '../store/qualification-types.ts'
import type { Read, Write } from '../store/tx.ts'
import type { RequesterCaller } from './operation.ts'

type TestInput = Pick<
  OperationInput<'UpdateQualificationType'>,
  'Test' | 'AnswerKey' | 'TestDurationInSeconds' | 'RetryDelayInSeconds' | 'AutoGranted'
>

/** The faults of test, key, times and automatic grant, by member. */
export async function testFaults(input: TestInput): Promise<Partial<Record<string, Fault | undefined>>> {
  const { Test, TestDurationInSeconds: duration, RetryDelayInSeconds: delay } = input
  return {
    RetryDelayInSeconds:
      delay === undefined ? undefined : checkRange('RetryDelayInSeconds', delay, market.retryDelay),
    Test: await checkTest(input),
    AnswerKey: await checkAnswerKey(input),
    TestDurationInSeconds: checkDuration(Test, duration),
  }
}

async function checkTest({ Test, AutoGranted }: TestInput): Promise<Fault | undefined> {
  if (Test === undefined) return undefined
  const form = await parseTest(Test)
  if (isFault(form)) return form
  return AutoGranted === true ? testRefused(Test) : undefined
}

/** A type that is granted automatically has no test [qualifications 3.1, 3.2]. */
export function testRefused(test: string): Fault {
  return { fault: 'InvalidParameterValue', parameter: 'Test', value: test }
}

async function checkAnswerKey({ Test, AnswerKey }: TestInput): Promise<Fault | undefined> {
  if (AnswerKey === undefined) return undefined
  if (Test === undefined) return { fault: 'InvalidParameterValue', parameter: 'AnswerKey', value: AnswerKey }
  const key = await parseAnswerKey(AnswerKey)
  return isFault(key) ? key : undefined
}

function checkDuration(test: string | undefined, duration: number | undefined): Fault | undefined {
  const parameter = 'TestDurationInSeconds'
  if (duration === undefined)
    return test === undefined ? undefined : { fault: 'MissingParameters', parameter }
  if (test === undefined) return { fault: 'InvalidParameterValue', parameter, value: String(duration) }
  return checkRange(parameter, duration, market.testDuration)
}

/** A type that is there, in any state but gone. QualificationTypeDoesNotExist. */
export async function findQualificationType(tx: Read, id: string): Promise<QualificationType | Fault> {
  const type = await qualificationTypes.find(tx, id)
  return type === undefined || isGone(type) ? { fault: 'QualificationTypeDoesNotExist' } : type
}

/**
 * The caller's own type, locked, gone or not. QualificationTypeDoesNotExist, PermissionDenied: also for the types of the
 * system, which nobody owns.
 */
export async function lockOwnQualificationType(
  tx: Write,
  caller: RequesterCaller,
  id: string,
): Promise<QualificationType | Fault> {
  if (isSystemType(id)) return { fault: 'PermissionDenied' }
  const type = await qualificationTypes.lock(tx, id)
  if (type === undefined) return { fault: 'QualificationTypeDoesNotExist' }
  return type.requesterId === caller.requesterId ? type : { fault: 'PermissionDenied' }
}
