import { hash } from 'node:crypto'
import { isFault, type Fault } from '../../domain/fault.ts'
import { canRequest, timeAfter, type QualificationRequest } from '../../domain/qualification-request.ts'
import { isGone, type QualificationType } from '../../domain/qualification-type.ts'
import { isSystemType } from '../../domain/qualification.ts'
import * as requests from '../../store/qualification-requests.ts'
import * as types from '../../store/qualification-types.ts'
import * as questions from '../../store/questions.ts'
import type { Write } from '../../store/tx.ts'
import * as workers from '../../store/workers.ts'
import { grant } from '../acts/grant.ts'
import { write, type WorkerCaller } from '../operation.ts'

export interface RequestOutput {
  request: QualificationRequest
  /** The value that the worker got at once. */
  granted: number | undefined
}

/**
 * Asks for a qualification: it is granted at once, its test opens, or the request waits for the type's owner
 * [qualifications 2.2, 10]. QualificationTypeNotRequestable, QualificationTypeDoesNotExist, WorkerDoesNotExist,
 * WorkerSuspended, InvalidQualificationTypeState, QualificationTypeDoesNotAllowRetake, QualificationRequestPending,
 * QualificationTypeRetryDelayNotElapsed.
 */
export const RequestQualification = write<WorkerCaller, { qualificationTypeId: string }, RequestOutput>(
  'RequestQualification',
  (_, __, { request }) => request.id,
  async (tx, { workerId }, { qualificationTypeId }) => {
    // The type is locked, so that a worker's two requests at once, or its deletion, come one after the other.
    const type = await lockRequestable(tx, qualificationTypeId)
    if (isFault(type)) return type
    const worker = await workers.find(tx, workerId)
    if (worker === undefined) return { fault: 'WorkerDoesNotExist', workerId }
    if (worker.suspended) return { fault: 'WorkerSuspended' }
    const refusal = canRequest(type, await requests.findLatest(tx, type.id, workerId), tx.now)
    if (refusal) return refusal
    const request: QualificationRequest = {
      id: tx.ids.entity(tx.now),
      qualificationTypeId: type.id,
      requesterId: type.requesterId,
      workerId,
      ...(await opening(tx, type)),
      answer: undefined,
      requestedAt: tx.now,
    }
    await requests.add(tx, request)
    const granted = type.autoGrantedValue
    if (granted !== undefined) await grant(tx, type, workerId, granted, tx.now)
    return { request, granted }
  },
)

async function lockRequestable(tx: Write, qualificationTypeId: string): Promise<QualificationType | Fault> {
  if (isSystemType(qualificationTypeId)) return { fault: 'QualificationTypeNotRequestable' }
  const type = await types.lock(tx, qualificationTypeId)
  return type === undefined || isGone(type) ? { fault: 'QualificationTypeDoesNotExist' } : type
}

type Opening = Pick<QualificationRequest, 'state' | 'testHash' | 'answerKeyHash' | 'submittedAt' | 'deadline'>

/** How a request for the type begins, with test and key kept as they are now. */
async function opening(tx: Write, type: QualificationType): Promise<Opening> {
  const { test, answerKey, testDuration } = type
  const started = { testHash: undefined, answerKeyHash: undefined, submittedAt: tx.now, deadline: undefined }
  if (type.autoGrantedValue !== undefined) return { ...started, state: 'Granted' }
  if (test === undefined) return { ...started, state: 'Submitted' }
  return {
    state: 'AwaitingTest',
    testHash: await keep(tx, 'QuestionForm', test),
    answerKeyHash: answerKey === undefined ? undefined : await keep(tx, 'AnswerKey', answerKey),
    submittedAt: undefined,
    deadline: timeAfter(tx.now, testDuration ?? 0),
  }
}

async function keep(tx: Write, kind: string, text: string): Promise<string> {
  const textHash = hash('sha256', text, 'hex')
  await questions.add(tx, { hash: textHash, kind, text })
  return textHash
}
