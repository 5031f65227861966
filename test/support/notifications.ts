// Notification settings in tests, and a look at what the outbox holds.
import type { OperationInput } from '../../src/model/operations.ts'
import type { NotificationSpecification } from '../../src/model/shapes.ts'
import * as outbox from '../../src/store/outbox.ts'
import type { TestClient, TestMarket } from './market.ts'

/** A specification that hears of everything. */
export function aSpecification(changes: Partial<NotificationSpecification> = {}): NotificationSpecification {
  return {
    Destination: 'https://queue.example.org/123456789012/birds',
    Transport: 'SQS',
    Version: '2014-08-15',
    EventTypes: [
      'AssignmentAccepted',
      'AssignmentAbandoned',
      'AssignmentReturned',
      'AssignmentSubmitted',
      'AssignmentRejected',
      'AssignmentApproved',
      'HITCreated',
      'HITExpired',
      'HITReviewable',
      'HITExtended',
      'HITDisposed',
    ],
    ...changes,
  }
}

/** A HIT type of its own; `changes` to its properties. */
export async function createType(
  client: Pick<TestClient, 'call'>,
  changes: Partial<OperationInput<'CreateHITType'>> = {},
): Promise<string> {
  const properties = {
    AssignmentDurationInSeconds: 3600,
    Reward: '0.10',
    Title: 'Listen to a bird',
    Description: 'Say which bird it is.',
  }
  return (await client.call('CreateHITType', { ...properties, ...changes })).HITTypeId!
}

export interface ToldEvent {
  EventType: string
  EventTimestamp: string
  HITTypeId?: string
  HITId?: string
  AssignmentId?: string
  WorkerId?: string
  Answer?: string
  HITGroupId?: string
}

export interface ToldDocument {
  Events: ToldEvent[]
  EventDocId: string
  SourceAccount: string
  CustomerId: string
  EventDocVersion: string
}

/** The messages about one requester's HITs, oldest first. */
export async function messagesOf(
  { market }: TestMarket,
  { requesterId }: TestClient,
): Promise<outbox.Message[]> {
  const all = await market.store.read(0, (tx) => outbox.list(tx, undefined, 10_000))
  return all.filter((message) => message.requesterId === requesterId).toReversed()
}

/** The documents about one requester's HITs, oldest first. */
export async function documentsOf(market: TestMarket, client: TestClient): Promise<ToldDocument[]> {
  const messages = await messagesOf(market, client)
  return messages.map(({ document }) => JSON.parse(document) as ToldDocument)
}

/** The names of the events that one requester was told of, oldest first. */
export async function eventsOf(market: TestMarket, client: TestClient): Promise<string[]> {
  return (await documentsOf(market, client)).map(({ Events }) => Events[0]!.EventType)
}
