import { isFault, type Fault } from '../../domain/fault.ts'
import { checkRequiredText } from '../../domain/parameters.ts'
import {
  canChangeQualificationType,
  isGone,
  type QualificationType,
} from '../../domain/qualification-type.ts'
import { pageOnlyPatterns } from '../../domain/question/page-only.ts'
import { market } from '../../limits.ts'
import type { OperationInput } from '../../model/operations.ts'
import * as qualificationTypes from '../../store/qualification-types.ts'
import { firstFault } from '../hit-parameters.ts'
import { requesterWriteChecked } from '../operation.ts'
import { lockOwnQualificationType, testFaults, testRefused } from '../qualification-type-parameters.ts'
import { qualificationTypeView } from '../qualification-type-view.ts'

type Input = OperationInput<'UpdateQualificationType'>

const operation = requesterWriteChecked(
  'UpdateQualificationType',
  async (input): Promise<Input | Fault> =>
    firstFault('UpdateQualificationType', {
      Description:
        input.Description === undefined
          ? undefined
          : checkRequiredText('Description', input.Description, market.descriptionLength),
      ...(await testFaults(input)),
    }) ?? input,
  async (tx, caller, input) => {
    const type = await lockOwnQualificationType(tx, caller, input.QualificationTypeId)
    if (isFault(type)) return type
    if (isGone(type)) return { fault: 'QualificationTypeDoesNotExist' }
    const refusal = canChangeQualificationType(type) ?? checkGrant(type, input)
    if (refusal) return refusal
    const changed = update(type, input)
    await qualificationTypes.save(tx, changed)
    return { QualificationType: qualificationTypeView(changed, caller.requesterId) }
  },
)

/** Changes what the input names; what workers have and have asked for stays as it is [qualifications 3.2]. */
export const UpdateQualificationType = {
  ...operation,
  ignored: ({ Test }: Input) => pageOnlyPatterns(Test),
}

/** InvalidParameterValue when the type would have both a test and the automatic grant. */
function checkGrant(type: QualificationType, input: Input): Fault | undefined {
  if (input.Test !== undefined && input.AutoGranted === undefined && type.autoGrantedValue !== undefined)
    return testRefused(input.Test)
  return input.AutoGranted === true && type.test !== undefined
    ? { fault: 'InvalidParameterValue', parameter: 'AutoGranted', value: 'true' }
    : undefined
}

function update(type: QualificationType, input: Input): QualificationType {
  const isAutoGranted = input.AutoGranted ?? type.autoGrantedValue !== undefined
  return {
    ...type,
    description: input.Description ?? type.description,
    status: input.QualificationTypeStatus ?? type.status,
    retryDelay: input.RetryDelayInSeconds ?? type.retryDelay,
    // Test, duration and key are replaced together: a key that is not sent again is gone.
    ...(input.Test !== undefined && {
      test: input.Test,
      testDuration: input.TestDurationInSeconds,
      answerKey: input.AnswerKey,
    }),
    autoGrantedValue: isAutoGranted ? (input.AutoGrantedValue ?? type.autoGrantedValue ?? 1) : undefined,
  }
}
