// Making, reading, changing and deleting HITs [hits 2, 5].
import { operation } from '../operation.ts'
import { optional, required } from '../shape.ts'
import {
  CurrencyAmount,
  EntityId,
  HIT,
  HITLayoutParameterList,
  HITList,
  IdempotencyToken,
  PaginationToken,
  PlainBoolean,
  PlainInteger,
  PlainLong,
  PlainString,
  QualificationRequirementList,
  ResultSize,
  ReviewPolicy,
  ReviewableHITStatus,
  Timestamp,
} from '../shapes.ts'

export const CreateHIT = operation('CreateHIT', {
  idempotent: false,
  input: {
    MaxAssignments: optional(PlainInteger),
    AutoApprovalDelayInSeconds: optional(PlainLong),
    LifetimeInSeconds: required(PlainLong),
    AssignmentDurationInSeconds: required(PlainLong),
    Reward: required(CurrencyAmount),
    Title: required(PlainString),
    Keywords: optional(PlainString),
    Description: required(PlainString),
    Question: optional(PlainString),
    RequesterAnnotation: optional(PlainString),
    QualificationRequirements: optional(QualificationRequirementList),
    UniqueRequestToken: optional(IdempotencyToken),
    AssignmentReviewPolicy: optional(ReviewPolicy),
    HITReviewPolicy: optional(ReviewPolicy),
    HITLayoutId: optional(EntityId),
    HITLayoutParameters: optional(HITLayoutParameterList),
  },
  output: { HIT: optional(HIT) },
})

export const CreateHITType = operation('CreateHITType', {
  idempotent: true,
  input: {
    AutoApprovalDelayInSeconds: optional(PlainLong),
    AssignmentDurationInSeconds: required(PlainLong),
    Reward: required(CurrencyAmount),
    Title: required(PlainString),
    Keywords: optional(PlainString),
    Description: required(PlainString),
    QualificationRequirements: optional(QualificationRequirementList),
  },
  output: { HITTypeId: optional(EntityId) },
})

export const CreateHITWithHITType = operation('CreateHITWithHITType', {
  idempotent: false,
  input: {
    HITTypeId: required(EntityId),
    MaxAssignments: optional(PlainInteger),
    LifetimeInSeconds: required(PlainLong),
    Question: optional(PlainString),
    RequesterAnnotation: optional(PlainString),
    UniqueRequestToken: optional(IdempotencyToken),
    AssignmentReviewPolicy: optional(ReviewPolicy),
    HITReviewPolicy: optional(ReviewPolicy),
    HITLayoutId: optional(EntityId),
    HITLayoutParameters: optional(HITLayoutParameterList),
  },
  output: { HIT: optional(HIT) },
})

export const CreateAdditionalAssignmentsForHIT = operation('CreateAdditionalAssignmentsForHIT', {
  idempotent: false,
  input: {
    HITId: required(EntityId),
    NumberOfAdditionalAssignments: required(PlainInteger),
    UniqueRequestToken: optional(IdempotencyToken),
  },
  output: {},
})

export const GetHIT = operation('GetHIT', {
  idempotent: true,
  input: { HITId: required(EntityId) },
  output: { HIT: optional(HIT) },
})

export const ListHITs = operation('ListHITs', {
  idempotent: true,
  input: { NextToken: optional(PaginationToken), MaxResults: optional(ResultSize) },
  output: {
    NextToken: optional(PaginationToken),
    NumResults: optional(PlainInteger),
    HITs: optional(HITList),
  },
  pages: 'HITs',
})

export const ListReviewableHITs = operation('ListReviewableHITs', {
  idempotent: true,
  input: {
    HITTypeId: optional(EntityId),
    Status: optional(ReviewableHITStatus),
    NextToken: optional(PaginationToken),
    MaxResults: optional(ResultSize),
  },
  output: {
    NextToken: optional(PaginationToken),
    NumResults: optional(PlainInteger),
    HITs: optional(HITList),
  },
  pages: 'HITs',
})

export const UpdateExpirationForHIT = operation('UpdateExpirationForHIT', {
  idempotent: true,
  input: { HITId: required(EntityId), ExpireAt: required(Timestamp) },
  output: {},
})

export const UpdateHITReviewStatus = operation('UpdateHITReviewStatus', {
  idempotent: true,
  input: { HITId: required(EntityId), Revert: optional(PlainBoolean) },
  output: {},
})

export const UpdateHITTypeOfHIT = operation('UpdateHITTypeOfHIT', {
  idempotent: true,
  input: { HITId: required(EntityId), HITTypeId: required(EntityId) },
  output: {},
})

export const DeleteHIT = operation('DeleteHIT', {
  idempotent: true,
  input: { HITId: required(EntityId) },
  output: {},
})
