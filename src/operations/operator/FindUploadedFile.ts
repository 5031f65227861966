import * as assignments from '../../store/assignments.ts'
import * as hits from '../../store/hits.ts'
import * as uploadedFiles from '../../store/uploaded-files.ts'
import { read, type OperatorCaller } from '../operation.ts'

/** A file of an answer, until its HIT is disposed of; for whoever has its address [hits 7.5]. AssignmentDoesNotExist. */
export const FindUploadedFile = read<
  OperatorCaller,
  { assignmentId: string; identifier: string },
  uploadedFiles.UploadedFile
>('FindUploadedFile', async (tx, _, { assignmentId, identifier }) => {
  const assignment = await assignments.find(tx, assignmentId)
  const hit = assignment && (await hits.find(tx, assignment.hitId))
  const file = await uploadedFiles.find(tx, assignmentId, identifier)
  if (hit === undefined || hit.status === 'Disposed' || file === undefined)
    return { fault: 'AssignmentDoesNotExist', assignmentId }
  return file
})
