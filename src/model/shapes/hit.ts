// HITs as the API shows them, and the parameters of a layout [hits 4.1, 5].
import { list, optional, required, string, structure, type Value } from '../shape.ts'
import { CurrencyAmount, EntityId, PlainInteger, PlainLong, PlainString, Timestamp } from './basic.ts'
import { QualificationRequirementList } from './qualification.ts'

export type HITStatus = Value<typeof HITStatus>
export const HITStatus = string('HITStatus', {
  enum: ['Assignable', 'Unassignable', 'Reviewable', 'Reviewing', 'Disposed'],
})

export type HITReviewStatus = Value<typeof HITReviewStatus>
export const HITReviewStatus = string('HITReviewStatus', {
  enum: ['NotReviewed', 'MarkedForReview', 'ReviewedAppropriate', 'ReviewedInappropriate'],
})

export type ReviewableHITStatus = Value<typeof ReviewableHITStatus>
export const ReviewableHITStatus = string('ReviewableHITStatus', { enum: ['Reviewable', 'Reviewing'] })

export type HITLayoutParameter = Value<typeof HITLayoutParameter>
export const HITLayoutParameter = structure('HITLayoutParameter', {
  Name: required(PlainString),
  Value: required(PlainString),
})
export const HITLayoutParameterList = list('HITLayoutParameterList', HITLayoutParameter)

export type HIT = Value<typeof HIT>
export const HIT = structure('HIT', {
  HITId: optional(EntityId),
  HITTypeId: optional(EntityId),
  HITGroupId: optional(EntityId),
  HITLayoutId: optional(EntityId),
  CreationTime: optional(Timestamp),
  Title: optional(PlainString),
  Description: optional(PlainString),
  Question: optional(PlainString),
  Keywords: optional(PlainString),
  HITStatus: optional(HITStatus),
  MaxAssignments: optional(PlainInteger),
  Reward: optional(CurrencyAmount),
  AutoApprovalDelayInSeconds: optional(PlainLong),
  Expiration: optional(Timestamp),
  AssignmentDurationInSeconds: optional(PlainLong),
  RequesterAnnotation: optional(PlainString),
  QualificationRequirements: optional(QualificationRequirementList),
  HITReviewStatus: optional(HITReviewStatus),
  NumberOfAssignmentsPending: optional(PlainInteger),
  NumberOfAssignmentsAvailable: optional(PlainInteger),
  NumberOfAssignmentsCompleted: optional(PlainInteger),
})
export const HITList = list('HITList', HIT)
