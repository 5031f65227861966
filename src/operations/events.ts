// What a requester wants to hear of goes into the outbox in the transaction that causes it: an event is told if, and
// only if, the change it tells of was kept [notifications 4, design 4].
import { hash } from 'node:crypto'
import { toISO } from '../clock.ts'
import type { Assignment } from '../domain/assignment.ts'
import type { HIT } from '../domain/hit.ts'
import { eventDocument, type EventKind, type NotifiedEvent } from '../domain/notification.ts'
import type { Ids } from '../ids.ts'
import * as settings from '../store/notification-settings.ts'
import * as outbox from '../store/outbox.ts'
import type { Write } from '../store/tx.ts'

/** Something that happened to a HIT, or to an assignment of it. */
export interface Happening {
  kind: Exclude<EventKind, 'Ping'>
  assignment?: Pick<Assignment, 'id' | 'workerId'>
  /** The answer document of a submission. */
  answer?: string
}

// A batch of the timers works on many HITs of one type: the type's setting is looked up once a transaction.
const subscriptions = new WeakMap<Write, Map<string, settings.Subscription | undefined>>()

async function subscriptionOf(tx: Write, hitTypeId: string): Promise<settings.Subscription | undefined> {
  let known = subscriptions.get(tx)
  if (known === undefined) subscriptions.set(tx, (known = new Map<string, undefined>()))
  if (!known.has(hitTypeId)) known.set(hitTypeId, await settings.findActive(tx, hitTypeId))
  return known.get(hitTypeId)
}

/** Tells what happened to the HIT at `at`, in this order, to whoever wants to hear of it. */
export async function write(
  tx: Write,
  hit: HIT,
  at: number,
  ...happenings: readonly Happening[]
): Promise<void> {
  if (happenings.length === 0) return
  const subscription = await subscriptionOf(tx, hit.hitTypeId)
  if (subscription === undefined) return
  const { requesterId } = hit
  for (const { kind, assignment, answer } of happenings) {
    if (!subscription.events.includes(kind)) continue
    const event: NotifiedEvent = {
      kind,
      timestamp: wholeSeconds(at),
      hitGroupId: subscription.hitGroupId,
      hitTypeId: hit.hitTypeId,
      hitId: hit.id,
      assignmentId: assignment?.id,
      workerId: assignment?.workerId,
      answer,
    }
    const message = messageFor(tx, requesterId, subscription, event, hit.id, at)
    const last = await outbox.newestWaiting(tx, message)
    await outbox.add(tx, { ...message, id: tx.ids.entity(tx.now, last) })
  }
}

/** HITReviewable when a HIT that was not up for review now is [notifications 4, rules 1, 3, 5, 6]. */
export function reviewable(before: HIT, after: HIT): Happening[] {
  const wasReviewable = before.status === 'Reviewable' || before.status === 'Reviewing'
  return after.status === 'Reviewable' && !wasReviewable ? [{ kind: 'HITReviewable' }] : []
}

/** A message that waits to be sent at once. Messages of one `order` are sent one after the other. */
export function messageFor(
  tx: Write,
  requesterId: string,
  { destination, transport, version }: Pick<settings.Subscription, 'destination' | 'transport' | 'version'>,
  event: NotifiedEvent,
  order: string,
  at: number,
): outbox.Message {
  const documentId = newDocumentId(tx.ids)
  const head = { documentId, requesterId, sourceAccount: sourceAccount(requesterId), version }
  return {
    id: tx.ids.entity(tx.now),
    requesterId,
    kind: 'event',
    transport,
    destination,
    hitId: order,
    hitTypeId: event.hitTypeId ?? '',
    event: event.kind,
    document: eventDocument(head, event),
    isSealed: tx.settings.eventsPerDocument === 1,
    createdAt: at,
    ...outbox.waiting,
  }
}

/** A time as documents spell it: UTC, whole seconds [notifications 5.2]. */
export function wholeSeconds(time: number): string {
  return toISO(time).replace(/\.\d+Z$/, 'Z')
}

/** Forty hexadecimal digits, as in real messages [notifications 5.1]. */
function newDocumentId(ids: Ids): string {
  return Buffer.from(ids.secret(20), 'base64url').toString('hex')
}

/** Twelve digits that stand for the AWS account a requester would have, always the same for him [notifications 5.1]. */
export function sourceAccount(requesterId: string): string {
  const digits = BigInt(`0x${hash('sha256', requesterId, 'hex').slice(0, 16)}`) % 1_000_000_000_000n
  return String(digits).padStart(12, '0')
}
