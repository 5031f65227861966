// Blocks of workers, and what became of messages to them [hits 13, 14].
import { list, optional, string, structure, type Value } from '../shape.ts'
import { CustomerId, PlainString } from './basic.ts'

export type WorkerBlock = Value<typeof WorkerBlock>
export const WorkerBlock = structure('WorkerBlock', {
  WorkerId: optional(CustomerId),
  Reason: optional(PlainString),
})
export const WorkerBlockList = list('WorkerBlockList', WorkerBlock)

export type NotifyWorkersFailureCode = Value<typeof NotifyWorkersFailureCode>
export const NotifyWorkersFailureCode = string('NotifyWorkersFailureCode', {
  enum: ['SoftFailure', 'HardFailure'],
})

export type NotifyWorkersFailureStatus = Value<typeof NotifyWorkersFailureStatus>
export const NotifyWorkersFailureStatus = structure('NotifyWorkersFailureStatus', {
  NotifyWorkersFailureCode: optional(NotifyWorkersFailureCode),
  NotifyWorkersFailureMessage: optional(PlainString),
  WorkerId: optional(CustomerId),
})
export const NotifyWorkersFailureStatusList = list(
  'NotifyWorkersFailureStatusList',
  NotifyWorkersFailureStatus,
)
