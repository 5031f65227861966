// Qualification types, requests for them, and grants [qualifications].
import { operation } from '../operation.ts'
import { optional, required } from '../shape.ts'
import {
  CustomerId,
  EntityId,
  HITList,
  PaginationToken,
  PlainBoolean,
  PlainInteger,
  PlainLong,
  PlainString,
  Qualification,
  QualificationList,
  QualificationRequestList,
  QualificationStatus,
  QualificationType,
  QualificationTypeList,
  QualificationTypeStatus,
  ResultSize,
} from '../shapes.ts'

export const CreateQualificationType = operation('CreateQualificationType', {
  idempotent: false,
  input: {
    Name: required(PlainString),
    Keywords: optional(PlainString),
    Description: required(PlainString),
    QualificationTypeStatus: required(QualificationTypeStatus),
    RetryDelayInSeconds: optional(PlainLong),
    Test: optional(PlainString),
    AnswerKey: optional(PlainString),
    TestDurationInSeconds: optional(PlainLong),
    AutoGranted: optional(PlainBoolean),
    AutoGrantedValue: optional(PlainInteger),
  },
  output: { QualificationType: optional(QualificationType) },
})

export const UpdateQualificationType = operation('UpdateQualificationType', {
  idempotent: false,
  input: {
    QualificationTypeId: required(EntityId),
    Description: optional(PlainString),
    QualificationTypeStatus: optional(QualificationTypeStatus),
    Test: optional(PlainString),
    AnswerKey: optional(PlainString),
    TestDurationInSeconds: optional(PlainLong),
    RetryDelayInSeconds: optional(PlainLong),
    AutoGranted: optional(PlainBoolean),
    AutoGrantedValue: optional(PlainInteger),
  },
  output: { QualificationType: optional(QualificationType) },
})

export const GetQualificationType = operation('GetQualificationType', {
  idempotent: true,
  input: { QualificationTypeId: required(EntityId) },
  output: { QualificationType: optional(QualificationType) },
})

export const DeleteQualificationType = operation('DeleteQualificationType', {
  idempotent: true,
  input: { QualificationTypeId: required(EntityId) },
  output: {},
})

export const ListQualificationTypes = operation('ListQualificationTypes', {
  idempotent: true,
  input: {
    Query: optional(PlainString),
    MustBeRequestable: required(PlainBoolean),
    MustBeOwnedByCaller: optional(PlainBoolean),
    NextToken: optional(PaginationToken),
    MaxResults: optional(ResultSize),
  },
  output: {
    NumResults: optional(PlainInteger),
    NextToken: optional(PaginationToken),
    QualificationTypes: optional(QualificationTypeList),
  },
  pages: 'QualificationTypes',
})

export const ListHITsForQualificationType = operation('ListHITsForQualificationType', {
  idempotent: true,
  input: {
    QualificationTypeId: required(EntityId),
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

export const ListWorkersWithQualificationType = operation('ListWorkersWithQualificationType', {
  idempotent: true,
  input: {
    QualificationTypeId: required(EntityId),
    Status: optional(QualificationStatus),
    NextToken: optional(PaginationToken),
    MaxResults: optional(ResultSize),
  },
  output: {
    NextToken: optional(PaginationToken),
    NumResults: optional(PlainInteger),
    Qualifications: optional(QualificationList),
  },
  pages: 'Qualifications',
})

export const ListQualificationRequests = operation('ListQualificationRequests', {
  idempotent: true,
  input: {
    QualificationTypeId: optional(EntityId),
    NextToken: optional(PaginationToken),
    MaxResults: optional(ResultSize),
  },
  output: {
    NumResults: optional(PlainInteger),
    NextToken: optional(PaginationToken),
    QualificationRequests: optional(QualificationRequestList),
  },
  pages: 'QualificationRequests',
})

export const AcceptQualificationRequest = operation('AcceptQualificationRequest', {
  idempotent: false,
  input: { QualificationRequestId: required(PlainString), IntegerValue: optional(PlainInteger) },
  output: {},
})

export const RejectQualificationRequest = operation('RejectQualificationRequest', {
  idempotent: false,
  input: { QualificationRequestId: required(PlainString), Reason: optional(PlainString) },
  output: {},
})

export const AssociateQualificationWithWorker = operation('AssociateQualificationWithWorker', {
  idempotent: false,
  input: {
    QualificationTypeId: required(EntityId),
    WorkerId: required(CustomerId),
    IntegerValue: optional(PlainInteger),
    SendNotification: optional(PlainBoolean),
  },
  output: {},
})

export const DisassociateQualificationFromWorker = operation('DisassociateQualificationFromWorker', {
  idempotent: false,
  input: {
    WorkerId: required(CustomerId),
    QualificationTypeId: required(EntityId),
    Reason: optional(PlainString),
  },
  output: {},
})

export const GetQualificationScore = operation('GetQualificationScore', {
  idempotent: true,
  input: { QualificationTypeId: required(EntityId), WorkerId: required(CustomerId) },
  output: { Qualification: optional(Qualification) },
})
