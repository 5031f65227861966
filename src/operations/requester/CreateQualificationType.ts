import type { Fault } from '../../domain/fault.ts'
import { checkRequiredText, checkText } from '../../domain/parameters.ts'
import type { QualificationType } from '../../domain/qualification-type.ts'
import { pageOnlyPatterns } from '../../domain/question/page-only.ts'
import { market } from '../../limits.ts'
import type { OperationInput } from '../../model/operations.ts'
import * as qualificationTypes from '../../store/qualification-types.ts'
import { firstFault } from '../hit-parameters.ts'
import { requesterWriteChecked } from '../operation.ts'
import { testFaults } from '../qualification-type-parameters.ts'
import { qualificationTypeView } from '../qualification-type-view.ts'

type Input = OperationInput<'CreateQualificationType'>

const operation = requesterWriteChecked(
  'CreateQualificationType',
  async (input): Promise<Input | Fault> =>
    firstFault('CreateQualificationType', {
      Name: checkRequiredText('Name', input.Name, market.qualificationNameLength),
      Keywords: checkText('Keywords', input.Keywords ?? '', market.keywordsLength),
      Description: checkRequiredText('Description', input.Description, market.descriptionLength),
      ...(await testFaults(input)),
    }) ?? input,
  async (tx, { requesterId }, input) => {
    const type: QualificationType = {
      id: tx.ids.entity(tx.now),
      requesterId,
      name: input.Name,
      description: input.Description,
      keywords: input.Keywords,
      status: input.QualificationTypeStatus,
      test: input.Test,
      testDuration: input.TestDurationInSeconds,
      answerKey: input.AnswerKey,
      retryDelay: input.RetryDelayInSeconds,
      autoGrantedValue: input.AutoGranted === true ? (input.AutoGrantedValue ?? 1) : undefined,
      createdAt: tx.now,
    }
    if (!(await qualificationTypes.addUnlessNamed(tx, type)))
      return { fault: 'QualificationTypeAlreadyExists' }
    return { QualificationType: qualificationTypeView(type, requesterId) }
  },
)

/** Makes a type whose name no other of the requester's types has [qualifications 3.1]. */
export const CreateQualificationType = {
  ...operation,
  ignored: ({ Test }: Input) => pageOnlyPatterns(Test),
}
