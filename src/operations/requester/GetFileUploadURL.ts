import { isFault } from '../../domain/fault.ts'
import { checkCharacters } from '../../domain/parameters.ts'
import * as uploadedFiles from '../../store/uploaded-files.ts'
import { findReadableAssignment } from '../guards.ts'
import { requesterRead } from '../operation.ts'

/**
 * The key of a file that a worker sent: an operation has neither the server key nor the wall clock, so the market makes
 * the address of it [hits 7.5].
 */
export const GetFileUploadURL = requesterRead('GetFileUploadURL', async (tx, caller, input) => {
  const found = await findReadableAssignment(tx, caller, input.AssignmentId)
  if (isFault(found)) return found
  const { AssignmentId, QuestionIdentifier: value } = input
  // Not every database can look for such a text.
  const refusal = checkCharacters('QuestionIdentifier', value)
  if (refusal) return refusal
  const file = await uploadedFiles.find(tx, AssignmentId, value)
  if (file === undefined) return { fault: 'InvalidParameterValue', parameter: 'QuestionIdentifier', value }
  return { FileUploadURL: file.fileKey }
})
