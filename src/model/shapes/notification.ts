// Which events a requester hears of, and where [notifications].
import { eventKinds } from '../../domain/notification.ts'
import { list, required, string, structure, type Value } from '../shape.ts'
import { PlainString } from './basic.ts'

export type EventType = Value<typeof EventType>
export const EventType = string('EventType', { enum: eventKinds })
export const EventTypeList = list('EventTypeList', EventType)

export type NotificationTransport = Value<typeof NotificationTransport>
export const NotificationTransport = string('NotificationTransport', {
  enum: ['Email', 'SQS', 'SNS'],
  added: ['Webhook'],
})

export type NotificationSpecification = Value<typeof NotificationSpecification>
export const NotificationSpecification = structure('NotificationSpecification', {
  Destination: required(PlainString),
  Transport: required(NotificationTransport),
  Version: required(PlainString),
  EventTypes: required(EventTypeList),
})
