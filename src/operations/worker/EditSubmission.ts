import { isFault } from '../../domain/fault.ts'
import * as answers from '../../store/answers.ts'
import { addErasedFile } from '../../store/disposed-hits.ts'
import * as uploadedFiles from '../../store/uploaded-files.ts'
import { refuseEdit } from '../editing.ts'
import { lockHeldAssignment } from '../guards.ts'
import type { WorkerCaller, WriteOperation } from '../operation.ts'
import { refuseOverdue } from '../overdue.ts'
import { documentOfAnswers, type CheckedAnswers, type SubmitInput } from './SubmitAssignment.ts'

export interface EditOutput {
  /** The keys of files that no answer names any more. */
  replaced: string[]
}

/**
 * Replaces all answers of submitted work, those that stay as they were too, while nobody has reviewed it and its
 * requester allows that: time and state stay. Of the files only new ones are named. AssignmentDoesNotExist, AssignmentOfAnotherWorker, SubmissionNotEditable, AnswerTooLong.
 */
export const EditSubmission: WriteOperation<WorkerCaller, SubmitInput, EditOutput, CheckedAnswers> = {
  mode: 'write',
  name: 'EditSubmission',
  subject: (_, input) => input.assignmentId,
  check: documentOfAnswers,
  async perform(tx, caller, { assignmentId, document, files }) {
    const found = await lockHeldAssignment(tx, caller, assignmentId)
    if (isFault(found)) return found
    const { hit, assignment } = found
    const refusal = (await refuseOverdue(tx, [hit])) ?? (await refuseEdit(tx, hit, assignment, tx.now))
    if (refusal) return refusal
    await answers.replace(tx, assignmentId, document)
    const replaced: string[] = []
    for (const file of files) {
      const before = await uploadedFiles.find(tx, assignmentId, file.identifier)
      if (before !== undefined && before.fileKey !== file.fileKey) {
        replaced.push(before.fileKey)
        // Should the bytes be out of reach when the caller deletes them, the timers do.
        await addErasedFile(tx, before.fileKey)
      }
      await uploadedFiles.replace(tx, { ...file, assignmentId })
    }
    return { replaced }
  },
}
