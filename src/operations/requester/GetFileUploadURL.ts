import { isFault } from '../../domain/fault.ts'
import { findReadableAssignment } from '../guards.ts'
import { requesterRead } from '../operation.ts'

/** The address of a file that a worker sent. Files are not kept yet, so no question has one [hits 7.5]. */
export const GetFileUploadURL = requesterRead('GetFileUploadURL', async (tx, caller, input) => {
  const found = await findReadableAssignment(tx, caller, input.AssignmentId)
  if (isFault(found)) return found
  return { fault: 'InvalidParameterValue', parameter: 'QuestionIdentifier', value: input.QuestionIdentifier }
})
