// What the sender asks of the outbox and tells it. It sends between these operations, never inside one: a transaction
// must not wait for a stranger's server.
import * as outbox from '../../store/outbox.ts'
import { read, write, type SystemCaller } from '../operation.ts'

/** Destinations for which something can be sent now. */
export const ListSendable = read<SystemCaller, { wallNow: number }, outbox.Destination[]>(
  'ListSendable',
  async (tx, _, { wallNow }) => {
    const sendable: outbox.Destination[] = []
    for (const destination of await outbox.listDestinations(tx)) {
      if ((await outbox.listSendable(tx, destination, wallNow, 1)).length > 0) sendable.push(destination)
    }
    return sendable
  },
)

export interface Lease {
  destination: outbox.Destination
  /** The process that sends. */
  holder: string
  wallNow: number
  until: number
  limit: number
}

/** Leases a destination and answers what to send there, in order; Busy while another process sends to it. */
export const LeaseDestination = write<SystemCaller, Lease, { messages: outbox.Message[] }>(
  'LeaseDestination',
  (_, { destination }) => destination.destination,
  async (tx, _, { destination, holder, wallNow, until, limit }) => {
    if (!(await outbox.lease(tx, destination, holder, wallNow, until))) return { fault: 'Busy' }
    return { messages: await outbox.listSendable(tx, destination, wallNow, limit) }
  },
)

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
