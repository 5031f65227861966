// The tour's part about event notifications: settings, events, the sender, the operator's look at the outbox.
import { isFault } from '../../src/domain/fault.ts'
import { ListOutbox, ReplayDeadLetter, ReplayDeadLetters } from '../../src/operations/operator/Outbox.ts'
import { CreateHITType } from '../../src/operations/requester/CreateHITType.ts'
import { CreateHITWithHITType } from '../../src/operations/requester/CreateHITWithHITType.ts'
import { SendTestEventNotification } from '../../src/operations/requester/SendTestEventNotification.ts'
import { UpdateNotificationSettings } from '../../src/operations/requester/UpdateNotificationSettings.ts'
import * as outbox from '../../src/store/outbox.ts'
import type { Write } from '../../src/store/tx.ts'
import { externalQuestion, type TestMarket } from './market.ts'
import { aSpecification } from './notifications.ts'

/** Runs every statement about notifications once. */
export async function visitOutbox({ market }: TestMarket, requesterId: string): Promise<void> {
  const { runner, sender, store } = market
  const operator = { kind: 'operator' } as const
  const requester = { kind: 'requester', requesterId } as const
  const type = await runner.run(CreateHITType, requester, {
    AssignmentDurationInSeconds: 3600,
    Reward: '0.00',
    Title: 'A tour of the outbox',
    Description: 'Nobody does it.',
  })
  if (isFault(type)) throw new Error(type.fault)
  const HITTypeId = type.HITTypeId!
  const Notification = aSpecification()
  await runner.run(UpdateNotificationSettings, requester, { HITTypeId, Notification, Active: true })
  const hit = { HITTypeId, LifetimeInSeconds: 3600, Question: externalQuestion }
  const made = await runner.run(CreateHITWithHITType, requester, hit)
  if (isFault(made)) throw new Error(made.fault)
  await sender.flush()
  const test = await runner.run(SendTestEventNotification, requester, { Notification, TestEventType: 'Ping' })
  if (isFault(test)) throw new Error(test.fault)
  await sender.attempt(test.messageId)
  // What a market runs whose events share documents.
  const join = async (tx: Write) => {
    await outbox.seal(tx, test.messageId, '{}')
    await outbox.join(tx, test.messageId, test.messageId)
  }
  await store.write(0, join, { keep: () => false })
  for (const state of [undefined, 'waiting', 'delivered', 'dead'] as const)
    await runner.run(ListOutbox, operator, { before: undefined, limit: 100, state })
  await runner.run(ReplayDeadLetters, operator, { after: '' })
  await runner.run(ReplayDeadLetter, operator, { id: test.messageId })
}
