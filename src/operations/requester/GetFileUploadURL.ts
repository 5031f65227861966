import { isFault } from '../../domain/fault.ts'
import { checkCharacters } from '../../domain/parameters.ts'
import type { OperationInput } from '../../model/operations.ts'
import * as uploadedFiles from '../../store/uploaded-files.ts'
import { findReadableAssignment } from '../guards.ts'
import type { ReadOperation, RequesterCaller } from '../operation.ts'

type Input = OperationInput<'GetFileUploadURL'>

/** Finds a file that a worker sent; its address is signed by the wall clock when it is answered [hits 7.5]. */
export const GetFileUploadURL: ReadOperation<RequesterCaller, Input, uploadedFiles.UploadedFile> = {
  mode: 'read',
  name: 'GetFileUploadURL',
  async perform(tx, caller, { AssignmentId, QuestionIdentifier: value }) {
    const found = await findReadableAssignment(tx, caller, AssignmentId)
    if (isFault(found)) return found
    // Not every database can look for such a text.
    const refusal = checkCharacters('QuestionIdentifier', value)
    if (refusal) return refusal
    const file = await uploadedFiles.find(tx, AssignmentId, value)
    return file ?? { fault: 'InvalidParameterValue', parameter: 'QuestionIdentifier', value }
  },
  answer: ({ fileAddress }, _, { assignmentId, identifier }) => ({
    FileUploadURL: fileAddress(assignmentId, identifier),
  }),
}
