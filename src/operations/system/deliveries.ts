// What the sender asks of the outbox and tells it. It sends between these operations, never inside one: a transaction
// must not wait for a stranger's server.
import { joinedDocument, joinEvents, type Joined } from '../../domain/joined-events.ts'
import { transports, type Transport } from '../../domain/notification.ts'
import { server } from '../../limits.ts'
import * as outbox from '../../store/outbox.ts'
import type { Read, Write } from '../../store/tx.ts'
import { read, write, type SystemCaller } from '../operation.ts'

const bounds = server.notifications

/** A destination of each transport: how far a look has come; '' is the beginning. */
export type Places = Readonly<Record<Transport, string>>

export interface Sendable {
  destinations: outbox.Destination[]
  /** Where the next look goes on. */
  places: Places
  /** Whether a transport has as many destinations as may be served at once, so that more may wait. */
  isCut: boolean
}

/**
 * Destinations to which something can be sent now, from the given places on. Of each transport at most as many as may
 * be served at once, and not all are looked at when many wait for their next attempt: the next look goes on there.
 */
export const ListSendable = read<SystemCaller, { wallNow: number; places: Places }, Sendable>(
  'ListSendable',
  async (tx, _, { wallNow, places }) => {
    const destinations: outbox.Destination[] = []
    const reached = { ...places }
    let isCut = false
    for (const transport of transports) {
      const looked = await lookAt(tx, transport, places[transport], wallNow)
      destinations.push(...looked.found)
      reached[transport] = looked.last
      isCut ||= looked.found.length === bounds.destinations[transport]
    }
    return { destinations, places: reached, isCut }
  },
)

async function lookAt(tx: Read, transport: Transport, place: string, wallNow: number) {
  const found: outbox.Destination[] = []
  let last = place
  for (let steps = 0; steps < bounds.lookSteps && found.length < bounds.destinations[transport]; steps++) {
    const next = await outbox.nextDestination(tx, transport, last)
    if (next === undefined) return { found, last: '' }
    if ((await outbox.listSendable(tx, next, wallNow, 1)).length > 0) found.push(next)
    last = next.destination
  }
  return { found, last }
}

export interface Lease {
  destination: outbox.Destination
  /** The process that sends. */
  holder: string
  wallNow: number
  until: number
  limit: number
}

export interface Leased {
  messages: outbox.Message[]
  /** Whether there may be more. */
  isCut: boolean
}

/** Leases a destination and answers what to send there, in order; Busy while another process sends to it. */
export const LeaseDestination = write<SystemCaller, Lease, Leased>(
  'LeaseDestination',
  (_, { destination }) => destination.destination,
  async (tx, _, { destination, holder, wallNow, until, limit }) => {
    if (!(await outbox.lease(tx, destination, holder, wallNow, until))) return { fault: 'Busy' }
    const rows = limit * tx.settings.eventsPerDocument
    const waiting = await outbox.listSendable(tx, destination, wallNow, rows)
    // Where nothing shares a document all are sealed from the beginning.
    const documents = joinEvents(waiting, tx.settings.eventsPerDocument)
    const messages: outbox.Message[] = []
    // A document that several HITs share is made when its turn has come: if the one before fails, some of its events must
    // wait, and others need not.
    const count = tx.settings.eventsPerDocument === 1 ? limit : 1
    for (const joined of documents.slice(0, count)) messages.push(await sealed(tx, joined))
    return { messages, isCut: waiting.length === rows || documents.length > count }
  },
)

/**
 * The message with its document as it is handed over. That is kept before anybody sees it: whatever happens afterwards,
 * the same events go under the same EventDocId again [notifications 10].
 */
async function sealed(tx: Write, joined: Joined<outbox.Message>): Promise<outbox.Message> {
  const { first, others } = joined
  if (first.isSealed) return first
  const document = joinedDocument(joined)
  await outbox.seal(tx, first.id, document)
  for (const { id } of others) await outbox.join(tx, id, first.id)
  return { ...first, document, isSealed: true }
}

export interface Deliveries {
  outcomes: readonly outbox.Outcome[]
  /** The lease to give back. */
  lease?: Pick<Lease, 'destination' | 'holder'> | undefined
}

/** Notes what became of messages. */
export const NoteDeliveries = write<SystemCaller, Deliveries, object>(
  'NoteDeliveries',
  (_, { outcomes, lease }) =>
    outcomes.map(({ id }) => id).join(' ') || (lease?.destination.destination ?? 'nothing'),
  async (tx, _, { outcomes, lease }) => {
    for (const outcome of outcomes) await outbox.settle(tx, outcome)
    if (lease !== undefined) await outbox.release(tx, lease.destination, lease.holder)
    return {}
  },
)

/** One message. */
export const FindMessage = read<SystemCaller, { id: string }, { message: outbox.Message | undefined }>(
  'FindMessage',
  async (tx, _, { id }) => ({ message: await outbox.find(tx, id) }),
)
