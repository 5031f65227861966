// What a requester hears of, where, and the document that tells it [notifications]. The document is what programs
// parse, so its keys, their order and the lack of white space are those of real messages.
import type { Fault } from './fault.ts'
import { market } from '../limits.ts'
import { checkCharacters } from './parameters.ts'
import { isPrivateHost } from './private-address.ts'

/** What can happen to a HIT or an assignment, in the order of the model [notifications 1.4]. */
export const eventKinds = [
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
  'Ping',
] as const

export type EventKind = (typeof eventKinds)[number]

/** `Webhook` is ours; Amazon knew the other three. */
export const transports = ['Email', 'SQS', 'SNS', 'Webhook'] as const

export type Transport = (typeof transports)[number]

/** Where events go, and which [notifications 1.1]. */
export interface NotificationSpecification {
  destination: string
  transport: Transport
  /** Given back in every document. */
  version: string
  events: readonly EventKind[]
}

const versions: ReadonlySet<string> = new Set(['2006-05-05', '2014-08-15'])

const destinationShapes: Record<Transport, (destination: string, allowPrivate: boolean) => boolean> = {
  Email: isMailAddress,
  SQS: (destination, allowPrivate) => isAddress(destination, ['http:', 'https:'], allowPrivate),
  SNS: (destination) => /^arn:[a-z0-9-]+:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]+(\.fifo)?$/.test(destination),
  Webhook: (destination, allowPrivate) =>
    isAddress(destination, allowPrivate ? ['http:', 'https:'] : ['https:'], allowPrivate),
}

/** Whether a text is one e-mail address, and nothing in it could be read as more. */
export function isMailAddress(text: string): boolean {
  return /^[^@\s,;<>]+@[^@\s,;<>]+$/.test(text)
}

function isAddress(destination: string, protocols: readonly string[], allowPrivate: boolean): boolean {
  const url = /\s/.test(destination) ? null : URL.parse(destination)
  if (url === null || !protocols.includes(url.protocol)) return false
  return allowPrivate || !isPrivateHost(url.hostname)
}

/** How a specification is checked. */
export interface SpecificationRules {
  /** Whether a destination may lie in a private network. */
  allowPrivate: boolean
  /** In a test the list of events is no filter: it may be empty, or name Ping [notifications 3.2]. */
  isTest: boolean
}

/** What is wrong with a specification, the first of its members that is wrong [notifications 2.3]. */
export function checkSpecification(
  specification: NotificationSpecification,
  rules: SpecificationRules,
): Fault | undefined {
  const { destination, transport, version, events } = specification
  if (
    checkCharacters('Destination', destination) !== undefined ||
    destination.length > market.destinationLength ||
    !destinationShapes[transport](destination, rules.allowPrivate)
  )
    return wrong('Destination', destination)
  if (!versions.has(version)) return wrong('Version', version)
  if (rules.isTest) return undefined
  if (events.length === 0) return { fault: 'ParameterTooShort', parameter: 'EventTypes' }
  return events.includes('Ping') ? wrong('EventType', 'Ping') : undefined
}

function wrong(parameter: string, value: string): Fault {
  return { fault: 'InvalidParameterValue', parameter, value }
}

/** One event as a document tells it; ids that the event does not have are left out [notifications 5.2]. */
export interface NotifiedEvent {
  kind: EventKind
  /** UTC with whole seconds: 2031-02-03T04:05:06Z. */
  timestamp: string
  hitGroupId?: string | undefined
  hitTypeId?: string | undefined
  hitId?: string | undefined
  assignmentId?: string | undefined
  workerId?: string | undefined
  /** The answer document of a submission. */
  answer?: string | undefined
}

/** Who tells, to whom, in which version. */
export interface DocumentHead {
  /** Stays the same when the document is sent again: receivers know a repetition by it [notifications 5.1]. */
  documentId: string
  requesterId: string
  /** Twelve digits. */
  sourceAccount: string
  version: string
}

/** The document as it is sent: JSON without white space [notifications 5.1 to 5.3]. */
export function eventDocument(head: DocumentHead, event: NotifiedEvent): string {
  const whole = spell(head, event)
  if (event.answer === undefined || Buffer.byteLength(whole) <= market.eventDocumentBytes) return whole
  // Queues and topics refuse more: the answer is left out, and receivers read it with GetAssignment.
  return spell(head, { ...event, answer: undefined })
}

function spell(head: DocumentHead, event: NotifiedEvent): string {
  return JSON.stringify({
    Events: [
      {
        HITGroupId: event.hitGroupId,
        EventType: event.kind,
        EventTimestamp: event.timestamp,
        HITId: event.hitId,
        AssignmentId: event.assignmentId,
        WorkerId: event.workerId,
        HITTypeId: event.hitTypeId,
        Answer: event.answer,
      },
    ],
    EventDocId: head.documentId,
    SourceAccount: head.sourceAccount,
    CustomerId: head.requesterId,
    EventDocVersion: head.version,
  })
}
