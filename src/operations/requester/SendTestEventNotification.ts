import { checkSpecification, type EventKind, type NotifiedEvent } from '../../domain/notification.ts'
import { writeAnswers } from '../../domain/question/answers.ts'
import type { OperationInput } from '../../model/operations.ts'
import * as outbox from '../../store/outbox.ts'
import type { Write } from '../../store/tx.ts'
import { messageFor, wholeSeconds } from '../events.ts'
import { readSpecification } from '../notification-parameters.ts'
import type { RequesterCaller, WriteOperation } from '../operation.ts'

type Input = OperationInput<'SendTestEventNotification'>

/**
 * Makes a test event, of the kind that is asked for whatever the specification lists [notifications 3]. It is sent
 * before the caller is answered: he wants to know whether it arrives. Until then it is a dead letter, so that nobody
 * else sends it.
 */
export const SendTestEventNotification: WriteOperation<RequesterCaller, Input, { messageId: string }, Input> =
  {
    mode: 'write',
    name: 'SendTestEventNotification',
    check: (input, { privateDestinations: allowPrivate }) =>
      checkSpecification(readSpecification(input.Notification), { allowPrivate, isTest: true }) ?? input,
    async perform(tx, { requesterId }, { Notification, TestEventType }) {
      const event = testEvent(tx, TestEventType)
      // Messages of one HIT go in order; a test waits for nobody.
      const order = tx.ids.entity(tx.now)
      const message = messageFor(
        tx,
        requesterId,
        readSpecification(Notification),
        event,
        event.hitId ?? order,
        tx.now,
      )
      await outbox.add(tx, { ...message, ...unsent, settledAt: tx.now })
      return { messageId: message.id }
    },
    subject: (_, __, { messageId }) => messageId,
    async answer({ attempt }, { Notification }, { messageId }) {
      const reason = await attempt(messageId)
      if (reason === undefined) return {}
      return { fault: 'InvalidTransportEndpoint', destination: Notification.Destination, reason }
    },
  }

/** A test event before its one attempt. */
const unsent = { kind: 'test', isSealed: true, state: 'dead', error: 'It was not sent yet.' } as const

/** An event with made-up ids: those that a real one of its kind has [notifications 3.2]. */
function testEvent(tx: Write, kind: EventKind): NotifiedEvent {
  const timestamp = wholeSeconds(tx.now)
  if (kind === 'Ping') return { kind, timestamp }
  const id = () => tx.ids.entity(tx.now)
  const ofHIT = { kind, timestamp, hitGroupId: id(), hitTypeId: id(), hitId: id() }
  if (!kind.startsWith('Assignment')) return ofHIT
  return {
    ...ofHIT,
    assignmentId: id(),
    workerId: tx.ids.person(),
    answer: kind === 'AssignmentSubmitted' ? writeAnswers([]) : undefined,
  }
}
