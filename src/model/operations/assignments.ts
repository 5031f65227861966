// Work that was handed in, its review, its review policies' results, and bonuses [hits 2, 6, 9].
import { operation } from '../operation.ts'
import { optional, required } from '../shape.ts'
import {
  Assignment,
  AssignmentList,
  AssignmentStatusList,
  BonusPaymentList,
  CurrencyAmount,
  CustomerId,
  EntityId,
  HIT,
  IdempotencyToken,
  PaginationToken,
  PlainBoolean,
  PlainInteger,
  PlainString,
  ResultSize,
  ReviewPolicy,
  ReviewPolicyLevelList,
  ReviewReport,
} from '../shapes.ts'

export const ApproveAssignment = operation('ApproveAssignment', {
  idempotent: true,
  input: {
    AssignmentId: required(EntityId),
    RequesterFeedback: optional(PlainString),
    OverrideRejection: optional(PlainBoolean),
  },
  output: {},
})

export const RejectAssignment = operation('RejectAssignment', {
  idempotent: true,
  input: { AssignmentId: required(EntityId), RequesterFeedback: required(PlainString) },
  output: {},
})

export const GetAssignment = operation('GetAssignment', {
  idempotent: true,
  input: { AssignmentId: required(EntityId) },
  output: { Assignment: optional(Assignment), HIT: optional(HIT) },
})

export const ListAssignmentsForHIT = operation('ListAssignmentsForHIT', {
  idempotent: true,
  input: {
    HITId: required(EntityId),
    NextToken: optional(PaginationToken),
    MaxResults: optional(ResultSize),
    AssignmentStatuses: optional(AssignmentStatusList),
  },
  output: {
    NextToken: optional(PaginationToken),
    NumResults: optional(PlainInteger),
    Assignments: optional(AssignmentList),
  },
  pages: 'Assignments',
})

/** Pages by NextToken, but botocore has no paginator for it: it answers two lists. */
export const ListReviewPolicyResultsForHIT = operation('ListReviewPolicyResultsForHIT', {
  idempotent: true,
  input: {
    HITId: required(EntityId),
    PolicyLevels: optional(ReviewPolicyLevelList),
    RetrieveActions: optional(PlainBoolean),
    RetrieveResults: optional(PlainBoolean),
    NextToken: optional(PaginationToken),
    MaxResults: optional(ResultSize),
  },
  output: {
    HITId: optional(EntityId),
    AssignmentReviewPolicy: optional(ReviewPolicy),
    HITReviewPolicy: optional(ReviewPolicy),
    AssignmentReviewReport: optional(ReviewReport),
    HITReviewReport: optional(ReviewReport),
    NextToken: optional(PaginationToken),
  },
})

export const GetFileUploadURL = operation('GetFileUploadURL', {
  idempotent: true,
  input: { AssignmentId: required(EntityId), QuestionIdentifier: required(PlainString) },
  output: { FileUploadURL: optional(PlainString) },
})

export const SendBonus = operation('SendBonus', {
  idempotent: false,
  input: {
    WorkerId: required(CustomerId),
    BonusAmount: required(CurrencyAmount),
    AssignmentId: required(EntityId),
    Reason: required(PlainString),
    UniqueRequestToken: optional(IdempotencyToken),
  },
  output: {},
})

export const ListBonusPayments = operation('ListBonusPayments', {
  idempotent: true,
  input: {
    HITId: optional(EntityId),
    AssignmentId: optional(EntityId),
    NextToken: optional(PaginationToken),
    MaxResults: optional(ResultSize),
  },
  output: {
    NumResults: optional(PlainInteger),
    NextToken: optional(PaginationToken),
    BonusPayments: optional(BonusPaymentList),
  },
  pages: 'BonusPayments',
})
