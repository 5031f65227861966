// What a transport is: it hands one message to one destination, or throws the reason why not. One file each.
import type { Transport } from '../domain/notification.ts'
import type { Message } from '../store/outbox.ts'

export type Deliverable = Pick<Message, 'id' | 'requesterId' | 'kind' | 'destination' | 'event' | 'document'>

/** Sends a message; fulfilled when the destination has taken it. */
export type Send = (message: Deliverable, signal: AbortSignal) => Promise<void>

export type Transports = Readonly<Record<Transport, Send>>

/** A failure that no further attempt can mend. */
export class Undeliverable extends Error {}
