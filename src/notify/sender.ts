// Empties the outbox: at least once, in order for each destination and HIT, each destination by one process at a
// time and on its own, so that a slow or dead one delays no other. It holds no state that a restart could lose: what
// was not noted as delivered is sent again, under the same EventDocId.
import type { Clock } from '../clock.ts'
import { isFault } from '../domain/fault.ts'
import type { Transport } from '../domain/notification.ts'
import type { Ids } from '../ids.ts'
import { server } from '../limits.ts'
import { system } from '../operations/operation.ts'
import type { Runner } from '../operations/run.ts'
import {
  FindMessage,
  LeaseDestination,
  ListSendable,
  NoteDeliveries,
  type Places,
} from '../operations/system/deliveries.ts'
import type { Destination, Outcome } from '../store/outbox.ts'
import { createCourier, type Courier } from './courier.ts'
import { createRoom, type Served } from './room.ts'
import type { Transports } from './transport.ts'

export interface Sender {
  start(): void
  /** Sends everything that can be sent now, and waits for it. */
  flush(): Promise<void>
  /** Makes one attempt to send a message now; answers why it failed, or undefined. */
  attempt(id: string): Promise<string | undefined>
  /** Breaks off what is under way, and begins nothing more. What was broken off is sent after the next start. */
  stop(): Promise<void>
}

export interface SenderDependencies {
  runner: Runner
  wallClock: Clock
  ids: Ids
  transports: Transports
  failed(error: unknown): void
  /** Milliseconds that an attempt may take. */
  attemptTime?: number
}

const bounds = server.notifications

/** Builds the sender of one market. */
export function createSender(dependencies: SenderDependencies): Sender {
  const { runner, wallClock, failed, attemptTime = bounds.attemptTime } = dependencies
  const stopping = new AbortController()
  const courier = createCourier({ ...dependencies, attemptTime, stopping: stopping.signal })
  // Each transport has room of its own: a slow mail server keeps no queue waiting.
  const rooms = byTransport(createRoom)
  let places: Places = byTransport(() => '')
  let timeout: NodeJS.Timeout | undefined
  let looking: Promise<void> = Promise.resolve()

  const sendBatch = createBatches(dependencies, courier, stopping.signal)

  async function serve(destination: Destination): Promise<Served> {
    try {
      for (;;) {
        const sent = await sendBatch(destination)
        if (sent !== 'more') return sent
      }
    } catch (error) {
      failed(error)
      return 'nothing'
    }
  }

  /** Begins to serve every destination that can be sent to and is not being served; answers how soon to look again. */
  async function look(): Promise<number> {
    const sendable = await runner.run(ListSendable, system, { wallNow: wallClock.now(), places })
    if (isFault(sendable)) return server.timerInterval
    places = sendable.places
    for (const destination of sendable.destinations) {
      const { transport, destination: key } = destination
      if (stopping.signal.aborted) break
      rooms[transport].enter(key, bounds.destinations[transport], () => serve(destination))
    }
    return sendable.isCut ? bounds.busyInterval : server.timerInterval
  }

  const allServed = () => Promise.all(Object.values(rooms).map((room) => room.empty()))

  function tick(): void {
    const next = look().catch((error: unknown) => {
      failed(error)
      return server.timerInterval
    })
    looking = next.then((pause) => {
      if (!stopping.signal.aborted) timeout = setTimeout(tick, pause)
    })
  }

  return {
    start: tick,
    async flush() {
      await look()
      await allServed()
    },
    attempt: (id) => attemptOnce(dependencies, courier, id),
    async stop() {
      stopping.abort()
      clearTimeout(timeout)
      await looking
      await allServed()
    },
  }
}

/** Makes one attempt to send a message; answers why it failed, or undefined. */
async function attemptOnce(
  { runner, wallClock }: SenderDependencies,
  courier: Courier,
  id: string,
): Promise<string | undefined> {
  const found = await runner.run(FindMessage, system, { id })
  if (isFault(found) || found.message === undefined) return 'The message is gone.'
  if (found.message.state === 'delivered') return undefined
  const outcome = await courier(found.message)
  if (outcome === undefined) return 'The server stops.'
  // One attempt is all that a test gets: its caller hears what became of it.
  const last: Outcome =
    outcome.state === 'waiting'
      ? { ...outcome, state: 'dead', dueAt: 0, settledAt: wallClock.now() }
      : outcome
  await runner.run(NoteDeliveries, system, { outcomes: [last] })
  return outcome.error
}

function byTransport<T>(make: () => T): Record<Transport, T> {
  return { Email: make(), SQS: make(), SNS: make(), Webhook: make() }
}

/** How one batch is sent; the answer is whether there may be more to send at once, or an attempt has failed. */
function createBatches(
  { runner, wallClock, ids }: SenderDependencies,
  courier: Courier,
  stopping: AbortSignal,
) {
  const holder = ids.request()
  return async (destination: Destination): Promise<'more' | Served> => {
    const begun = wallClock.now()
    const lease = { destination, holder, wallNow: begun, until: begun + bounds.lease }
    const leased = await runner.run(LeaseDestination, system, { ...lease, limit: bounds.batch })
    if (isFault(leased)) return 'nothing'
    const outcomes: Outcome[] = []
    for (const message of leased.messages) {
      if (stopping.aborted || wallClock.now() - begun > bounds.batchTime) break
      const outcome = await courier(message)
      if (outcome !== undefined) outcomes.push(outcome)
      // What follows may be of the same HIT, and the destination may be down: the rest waits for the next look.
      if (outcome?.state !== 'delivered') break
    }
    const isWell = outcomes.every(({ state }) => state === 'delivered') && !stopping.aborted
    const isCut = leased.isCut || outcomes.length < leased.messages.length
    const mayHaveMore = isWell && isCut && outcomes.length > 0
    await runner.run(NoteDeliveries, system, {
      outcomes,
      lease: mayHaveMore ? undefined : { destination, holder },
    })
    if (mayHaveMore) return 'more'
    if (outcomes.length === 0) return 'nothing'
    return isWell ? 'well' : 'failed'
  }
}
