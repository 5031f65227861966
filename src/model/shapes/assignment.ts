// Assignments and the bonuses paid for them [hits 6, 9].
import { list, optional, string, structure, type Value } from '../shape.ts'
import { CurrencyAmount, CustomerId, EntityId, PlainString, Timestamp } from './basic.ts'

export type AssignmentStatus = Value<typeof AssignmentStatus>
export const AssignmentStatus = string('AssignmentStatus', { enum: ['Submitted', 'Approved', 'Rejected'] })
export const AssignmentStatusList = list('AssignmentStatusList', AssignmentStatus)

export type Assignment = Value<typeof Assignment>
export const Assignment = structure('Assignment', {
  AssignmentId: optional(EntityId),
  WorkerId: optional(CustomerId),
  HITId: optional(EntityId),
  AssignmentStatus: optional(AssignmentStatus),
  AutoApprovalTime: optional(Timestamp),
  AcceptTime: optional(Timestamp),
  SubmitTime: optional(Timestamp),
  ApprovalTime: optional(Timestamp),
  RejectionTime: optional(Timestamp),
  Deadline: optional(Timestamp),
  Answer: optional(PlainString),
  RequesterFeedback: optional(PlainString),
})
export const AssignmentList = list('AssignmentList', Assignment)

export type BonusPayment = Value<typeof BonusPayment>
export const BonusPayment = structure('BonusPayment', {
  WorkerId: optional(CustomerId),
  BonusAmount: optional(CurrencyAmount),
  AssignmentId: optional(EntityId),
  Reason: optional(PlainString),
  GrantTime: optional(Timestamp),
})
export const BonusPaymentList = list('BonusPaymentList', BonusPayment)
