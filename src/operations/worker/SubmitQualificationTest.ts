import { isFault, type Fault } from '../../domain/fault.ts'
import { canHandIn, stateAfter, type QualificationRequest } from '../../domain/qualification-request.ts'
import { writeAnswers, type Answer } from '../../domain/question/answers.ts'
import { parseAnswerKey } from '../../domain/question/parse-answer-key.ts'
import { readAnswers } from '../../domain/question/read-answers.ts'
import { scoreOf } from '../../domain/question/score.ts'
import { server } from '../../limits.ts'
import * as requests from '../../store/qualification-requests.ts'
import type { Read } from '../../store/tx.ts'
import { grant } from '../acts/grant.ts'
import type { WorkerCaller, WriteOperation } from '../operation.ts'
import { textOf } from '../qualification-views.ts'

export interface TestInput {
  qualificationRequestId: string
  /** To the questions of the test as it was when the worker asked. */
  answers: readonly Answer[]
}

export interface TestOutput {
  /** The value that the answers earned; undefined when the owner of the type will judge them. */
  granted: number | undefined
  /** The same answers had been taken in before: nothing changed, and the worker need not worry. */
  repeated: boolean
}

interface CheckedTest {
  qualificationRequestId: string
  document: string
}

/**
 * Takes in a worker's test until its deadline: with a key it is scored and granted at once, whatever the score;
 * without one the request waits for the owner of the type. The same answers a second time are not refused
 * [qualifications 2.2, 10]. QualificationRequestDoesNotExist, QualificationRequestOfAnotherWorker, TestTimeOver,
 * InvalidQualificationRequestState, AnswerTooLong.
 */
export const SubmitQualificationTest: WriteOperation<WorkerCaller, TestInput, TestOutput, CheckedTest> = {
  mode: 'write',
  name: 'SubmitQualificationTest',
  subject: (_, input) => input.qualificationRequestId,
  check({ qualificationRequestId, answers }): CheckedTest | Fault {
    const document = writeAnswers(answers)
    if (document.length > server.answerLength) return { fault: 'AnswerTooLong', maximum: server.answerLength }
    return { qualificationRequestId, document }
  },
  async perform(tx, { workerId }, { qualificationRequestId, document }) {
    const request = await requests.lock(tx, qualificationRequestId)
    if (request === undefined) return { fault: 'QualificationRequestDoesNotExist' }
    if (request.workerId !== workerId) return { fault: 'QualificationRequestOfAnotherWorker' }
    const granted = await score(tx, request, document)
    if (request.answer === document) return { granted, repeated: true }
    const refusal = canHandIn(request, tx.now)
    if (refusal) return refusal
    await requests.move(tx, request.state, {
      ...request,
      state: stateAfter(request.state, granted === undefined ? 'submit' : 'grant'),
      answer: document,
      submittedAt: tx.now,
    })
    const type = { id: request.qualificationTypeId, requesterId: request.requesterId }
    if (granted !== undefined) await grant(tx, type, workerId, granted, tx.now)
    return { granted, repeated: false }
  },
}

/** What the answers earn by the key that the type had when the worker asked. */
async function score(tx: Read, request: QualificationRequest, document: string): Promise<number | undefined> {
  if (request.answerKeyHash === undefined) return undefined
  const key = await parseAnswerKey(await textOf(tx, request.answerKeyHash))
  if (isFault(key)) throw new Error(`a stored key cannot be read: ${key.fault}`)
  return scoreOf(key, readAnswers(document))
}
