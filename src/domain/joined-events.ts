// Which waiting events share a document [notifications 5.4]: those of one HIT type, while each HIT's events stay in their
// order. A document that was handed over once stays as it is, so nothing joins it.
import { market } from '../limits.ts'

/** An event that waits, with a document of its own. */
export interface WaitingEvent {
  requesterId: string
  hitId: string
  hitTypeId: string
  document: string
  /** Whether the document stays as it is. */
  isSealed: boolean
}

/** A document and the events in it; the first one's id is the document's. */
export interface Joined<E extends WaitingEvent> {
  first: E
  others: E[]
}

interface EventDocument {
  Events: object[]
  EventDocVersion: string
}

/** Puts events, in their order, into documents of at most `limit` events and not too many bytes. */
export function joinEvents<E extends WaitingEvent>(events: readonly E[], limit: number): Joined<E>[] {
  const documents: (Joined<E> & { bytes: number })[] = []
  /** The last document of each kind that others may join. */
  const open = new Map<string, number>()
  /** The last document that tells of each HIT: nothing of that HIT may come before it. */
  const lastOf = new Map<string, number>()
  for (const event of events) {
    const bytes = Buffer.byteLength(event.document)
    const kind = event.isSealed ? undefined : kindOf(event)
    // What is sealed may tell of HITs that are not known here: nothing behind it may come before it.
    if (kind === undefined) open.clear()
    const found = kind === undefined ? undefined : open.get(kind)
    const document = found === undefined ? undefined : documents[found]
    const mayJoin =
      document !== undefined &&
      document.others.length + 1 < limit &&
      document.bytes + bytes <= market.eventDocumentBytes &&
      (lastOf.get(event.hitId) ?? 0) <= found!
    if (mayJoin) {
      document.others.push(event)
      document.bytes += bytes
      lastOf.set(event.hitId, found!)
    } else {
      lastOf.set(event.hitId, documents.length)
      if (kind !== undefined) open.set(kind, documents.length)
      documents.push({ first: event, others: [], bytes })
    }
  }
  return documents.map(({ first, others }) => ({ first, others }))
}

function kindOf({ requesterId, hitTypeId, document }: WaitingEvent): string {
  const { EventDocVersion } = JSON.parse(document) as EventDocument
  return [requesterId, hitTypeId, EventDocVersion].join(' ')
}

/** The document that tells all events, under the id of the first one's. */
export function joinedDocument({ first, others }: Joined<WaitingEvent>): string {
  if (others.length === 0) return first.document
  const whole = JSON.parse(first.document) as EventDocument
  const more = others.flatMap(({ document }) => (JSON.parse(document) as EventDocument).Events)
  return JSON.stringify({ ...whole, Events: [...whole.Events, ...more] })
}
