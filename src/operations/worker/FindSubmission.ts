import { isFault } from '../../domain/fault.ts'
import { readAnswers } from '../../domain/question/read-answers.ts'
import type { Answer } from '../../domain/question/answers.ts'
import * as answers from '../../store/answers.ts'
import { refuseEdit } from '../editing.ts'
import { read, type WorkerCaller } from '../operation.ts'
import { FindTask, type Task } from './FindTask.ts'

/** Work with the answers that were submitted for it. */
export interface Submission {
  task: Task
  answers: Answer[]
}

/**
 * A worker's submitted answers, for the page on which he changes them. AssignmentDoesNotExist,
 * AssignmentOfAnotherWorker, SubmissionNotEditable.
 */
export const FindSubmission = read<WorkerCaller, { assignmentId: string }, Submission>(
  'FindSubmission',
  async (tx, caller, input) => {
    const task = await FindTask.perform(tx, caller, input)
    if (isFault(task)) return task
    const refusal = await refuseEdit(tx, task.hit, task.assignment, tx.now)
    if (refusal) return refusal
    return { task, answers: readAnswers((await answers.find(tx, input.assignmentId)) ?? '') }
  },
)
