// The requester's account: balance, blocked workers, messages to workers, event notifications
// [hits 9, 13, 14; notifications].
import { operation } from '../operation.ts'
import { optional, required } from '../shape.ts'
import {
  CurrencyAmount,
  CustomerId,
  CustomerIdList,
  EntityId,
  EventType,
  NotificationSpecification,
  NotifyWorkersFailureStatusList,
  PaginationToken,
  PlainBoolean,
  PlainInteger,
  PlainString,
  ResultSize,
  WorkerBlockList,
} from '../shapes.ts'

export const GetAccountBalance = operation('GetAccountBalance', {
  idempotent: true,
  input: {},
  output: { AvailableBalance: optional(CurrencyAmount), OnHoldBalance: optional(CurrencyAmount) },
})

export const CreateWorkerBlock = operation('CreateWorkerBlock', {
  idempotent: false,
  input: { WorkerId: required(CustomerId), Reason: required(PlainString) },
  output: {},
})

export const DeleteWorkerBlock = operation('DeleteWorkerBlock', {
  idempotent: true,
  input: { WorkerId: required(CustomerId), Reason: optional(PlainString) },
  output: {},
})

export const ListWorkerBlocks = operation('ListWorkerBlocks', {
  idempotent: true,
  input: { NextToken: optional(PaginationToken), MaxResults: optional(ResultSize) },
  output: {
    NextToken: optional(PaginationToken),
    NumResults: optional(PlainInteger),
    WorkerBlocks: optional(WorkerBlockList),
  },
  pages: 'WorkerBlocks',
})

export const NotifyWorkers = operation('NotifyWorkers', {
  idempotent: false,
  input: {
    Subject: required(PlainString),
    MessageText: required(PlainString),
    WorkerIds: required(CustomerIdList),
  },
  output: { NotifyWorkersFailureStatuses: optional(NotifyWorkersFailureStatusList) },
})

export const UpdateNotificationSettings = operation('UpdateNotificationSettings', {
  idempotent: true,
  input: {
    HITTypeId: required(EntityId),
    Notification: optional(NotificationSpecification),
    Active: optional(PlainBoolean),
  },
  output: {},
})

export const SendTestEventNotification = operation('SendTestEventNotification', {
  idempotent: false,
  input: { Notification: required(NotificationSpecification), TestEventType: required(EventType) },
  output: {},
})
