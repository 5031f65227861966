// Compiling this file is the test: for each of the 39 operations the types that we derive from our description
// are the SDK's own, once both are put in one form (`Normal`).
import type * as SDK from '@aws-sdk/client-mturk'
import type { OperationInput, OperationName, OperationOutput } from '../../src/model/operations.ts'

/**
 * Times are Date in the SDK and epoch milliseconds here; lists are read-only here; the SDK says `T | undefined`
 * of required members too. The question marks of optional members stay. One value is ours alone.
 */
type Normal<T> = T extends 'Webhook'
  ? never
  : T extends Date
    ? number
    : T extends readonly (infer Item)[]
      ? readonly Normal<Item>[]
      : T extends object
        ? { [Name in keyof T]: Normal<Exclude<T[Name], undefined>> }
        : T

/** True only for identical types: an optional member too many or too few is a difference. */
type Identical<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

type Command<Name extends OperationName> = InstanceType<(typeof SDK)[`${Name}Command`]>
type SDKInput<Name extends OperationName> = Command<Name>['input']
type SDKOutput<Name extends OperationName> = Omit<
  Awaited<ReturnType<ReturnType<Command<Name>['resolveMiddleware']>>>['output'],
  '$metadata'
>

/** The operations whose type here differs from the SDK's; the error of tsc names them. */
type DifferingInputs = {
  [Name in OperationName]: Identical<Normal<OperationInput<Name>>, Normal<SDKInput<Name>>> extends true
    ? never
    : Name
}[OperationName]
type DifferingOutputs = {
  [Name in OperationName]: Identical<Normal<OperationOutput<Name>>, Normal<SDKOutput<Name>>> extends true
    ? never
    : Name
}[OperationName]

type None<_T extends never> = true
export type InputsAreTheSDKs = None<DifferingInputs>
export type OutputsAreTheSDKs = None<DifferingOutputs>

// The comparison itself can fail: a type that is any, a missing optional member, another member type.
type False<_T extends false> = true
export type AnyDiffers = False<Identical<Normal<SDKInput<'GetHIT'>>, any>>
export type MissingMemberDiffers = False<
  Identical<Normal<Omit<OperationInput<'CreateHIT'>, 'Question'>>, Normal<SDKInput<'CreateHIT'>>>
>
export type MissingEnumValueDiffers = False<
  Identical<
    Normal<SDKInput<'ListReviewableHITs'>>,
    { Status?: 'Reviewable'; HITTypeId?: string; NextToken?: string; MaxResults?: number }
  >
>

// Given to the SDK, our inputs are accepted as they are, but for lists (read-only) and times (numbers).
export const accepted: SDKInput<'CreateHITType'> = {} as Omit<
  OperationInput<'CreateHITType'>,
  'QualificationRequirements'
>

// What `Value` promises, spelled out: required, optional, enum, list, time.
export type CreateWorkerBlockInput = True<
  Identical<OperationInput<'CreateWorkerBlock'>, { WorkerId: string; Reason: string }>
>
export type ListAssignmentsForHITInput = True<
  Identical<
    OperationInput<'ListAssignmentsForHIT'>,
    {
      HITId: string
      NextToken?: string | undefined
      MaxResults?: number | undefined
      AssignmentStatuses?: readonly ('Submitted' | 'Approved' | 'Rejected')[] | undefined
    }
  >
>
export type UpdateExpirationForHITInput = True<
  Identical<OperationInput<'UpdateExpirationForHIT'>, { HITId: string; ExpireAt: number }>
>
type True<_T extends true> = true
