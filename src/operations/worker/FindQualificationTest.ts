import type { QualificationRequest } from '../../domain/qualification-request.ts'
import { isGone } from '../../domain/qualification-type.ts'
import * as requests from '../../store/qualification-requests.ts'
import * as types from '../../store/qualification-types.ts'
import { read, type WorkerCaller } from '../operation.ts'
import { textOf } from '../qualification-views.ts'

export type TestOf = { qualificationTypeId: string } | { qualificationRequestId: string }

export interface FoundTest {
  /** The QuestionForm document; undefined when the type has no test. */
  test: string | undefined
  request: QualificationRequest | undefined
}

/**
 * The test of a type as it is now, or of the worker's own request as it was then: for the page that shows it.
 * QualificationTypeDoesNotExist, QualificationRequestDoesNotExist, QualificationRequestOfAnotherWorker.
 */
export const FindQualificationTest = read<WorkerCaller, TestOf, FoundTest>(
  'FindQualificationTest',
  async (tx, { workerId }, input) => {
    if ('qualificationTypeId' in input) {
      const type = await types.find(tx, input.qualificationTypeId)
      if (type === undefined || isGone(type)) return { fault: 'QualificationTypeDoesNotExist' }
      return { test: type.test, request: undefined }
    }
    const request = await requests.find(tx, input.qualificationRequestId)
    if (request === undefined) return { fault: 'QualificationRequestDoesNotExist' }
    if (request.workerId !== workerId) return { fault: 'QualificationRequestOfAnotherWorker' }
    const { testHash } = request
    return { test: testHash === undefined ? undefined : await textOf(tx, testHash), request }
  },
)
