// Review policies: their parameters, and the report of what they found and did [qualifications, review policies].
import { list, optional, required, string, structure, type Value } from '../shape.ts'
import { EntityId, PlainString, StringList, Timestamp } from './basic.ts'

export type ReviewPolicyLevel = Value<typeof ReviewPolicyLevel>
export const ReviewPolicyLevel = string('ReviewPolicyLevel', { enum: ['Assignment', 'HIT'] })
export const ReviewPolicyLevelList = list('ReviewPolicyLevelList', ReviewPolicyLevel)

export type ReviewActionStatus = Value<typeof ReviewActionStatus>
export const ReviewActionStatus = string('ReviewActionStatus', {
  enum: ['Intended', 'Succeeded', 'Failed', 'Cancelled'],
})

export type ParameterMapEntry = Value<typeof ParameterMapEntry>
export const ParameterMapEntry = structure('ParameterMapEntry', {
  Key: optional(PlainString),
  Values: optional(StringList),
})
export const ParameterMapEntryList = list('ParameterMapEntryList', ParameterMapEntry)

export type PolicyParameter = Value<typeof PolicyParameter>
export const PolicyParameter = structure('PolicyParameter', {
  Key: optional(PlainString),
  Values: optional(StringList),
  MapEntries: optional(ParameterMapEntryList),
})
export const PolicyParameterList = list('PolicyParameterList', PolicyParameter)

export type ReviewPolicy = Value<typeof ReviewPolicy>
export const ReviewPolicy = structure('ReviewPolicy', {
  PolicyName: required(PlainString),
  Parameters: optional(PolicyParameterList),
})

export type ReviewResultDetail = Value<typeof ReviewResultDetail>
export const ReviewResultDetail = structure('ReviewResultDetail', {
  ActionId: optional(EntityId),
  SubjectId: optional(EntityId),
  SubjectType: optional(PlainString),
  QuestionId: optional(EntityId),
  Key: optional(PlainString),
  Value: optional(PlainString),
})
export const ReviewResultDetailList = list('ReviewResultDetailList', ReviewResultDetail)

export type ReviewActionDetail = Value<typeof ReviewActionDetail>
export const ReviewActionDetail = structure('ReviewActionDetail', {
  ActionId: optional(EntityId),
  ActionName: optional(PlainString),
  TargetId: optional(EntityId),
  TargetType: optional(PlainString),
  Status: optional(ReviewActionStatus),
  CompleteTime: optional(Timestamp),
  Result: optional(PlainString),
  ErrorCode: optional(PlainString),
})
export const ReviewActionDetailList = list('ReviewActionDetailList', ReviewActionDetail)

export type ReviewReport = Value<typeof ReviewReport>
export const ReviewReport = structure('ReviewReport', {
  ReviewResults: optional(ReviewResultDetailList),
  ReviewActions: optional(ReviewActionDetailList),
})
