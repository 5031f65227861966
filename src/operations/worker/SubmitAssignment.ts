import { canEnd, isSubmitted } from '../../domain/assignment.ts'
import { isFault, type Fault } from '../../domain/fault.ts'
import { writeAnswers, type Answer } from '../../domain/question/answers.ts'
import { server } from '../../limits.ts'
import * as answers from '../../store/answers.ts'
import * as uploadedFiles from '../../store/uploaded-files.ts'
import { submit } from '../acts/submit.ts'
import { lockHeldAssignment, typeOf } from '../guards.ts'
import type { WorkerCaller, WriteOperation } from '../operation.ts'
import { refuseOverdue } from '../overdue.ts'

export interface SubmitInput {
  assignmentId: string
  answers: readonly Answer[]
  /** The files that the answers name; their bytes are kept already. */
  files?: readonly SentFile[]
}

/** A file that was sent with the answers. */
export type SentFile = Omit<uploadedFiles.UploadedFile, 'assignmentId'>

export interface SubmitOutput {
  /** The same answers had been taken in before: nothing changed, and the worker need not worry. */
  repeated: boolean
}

/** Answers as the document that is kept of them. */
export interface CheckedAnswers {
  assignmentId: string
  document: string
  files: readonly SentFile[]
}

/** Writes the document of answers that are sent or changed. AnswerTooLong. */
export function documentOfAnswers({
  assignmentId,
  answers: given,
  files = [],
}: SubmitInput): CheckedAnswers | Fault {
  const document = writeAnswers(given)
  if (document.length > server.answerLength) return { fault: 'AnswerTooLong', maximum: server.answerLength }
  return { assignmentId, document, files }
}

/**
 * Takes in the answers of the worker who holds the assignment, until its deadline. The same answers a second time
 * are not refused [hits 6.2, design 5]. AssignmentDoesNotExist, AssignmentOfAnotherWorker, AssignmentNotOpen,
 * AnswerTooLong.
 */
export const SubmitAssignment: WriteOperation<WorkerCaller, SubmitInput, SubmitOutput, CheckedAnswers> = {
  mode: 'write',
  name: 'SubmitAssignment',
  subject: (_, input) => input.assignmentId,
  check: documentOfAnswers,
  async perform(tx, caller, { assignmentId, document, files }) {
    const found = await lockHeldAssignment(tx, caller, assignmentId)
    if (isFault(found)) return found
    const { hit, assignment } = found
    if (isSubmitted(assignment.state)) {
      return (await answers.find(tx, assignmentId)) === document
        ? { repeated: true }
        : { fault: 'AssignmentNotOpen', state: 'submitted' }
    }
    const refusal = (await refuseOverdue(tx, [hit])) ?? canEnd(assignment, tx.now)
    if (refusal) return refusal
    const type = await typeOf(tx, hit)
    const submitted = await submit(tx, hit, type, assignment, document, tx.now)
    if (isFault(submitted)) return submitted
    for (const file of files) await uploadedFiles.add(tx, { ...file, assignmentId })
    return { repeated: false }
  },
}
