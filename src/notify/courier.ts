// Makes one attempt to send a message, within a bounded time, and says what became of it.
import type { Clock } from '../clock.ts'
import type { Ids } from '../ids.ts'
import type { Message, Outcome } from '../store/outbox.ts'
import { outcomeOf } from './attempt.ts'
import type { Transports } from './transport.ts'

/** Sends a message; undefined when the server stops, because then the destination is not to blame. */
export type Courier = (message: Message) => Promise<Outcome | undefined>

export interface CourierDependencies {
  transports: Transports
  wallClock: Clock
  ids: Ids
  /** Milliseconds that an attempt may take. */
  attemptTime: number
  /** Aborted when the server stops. */
  stopping: AbortSignal
}

/** Builds the courier. */
export function createCourier(dependencies: CourierDependencies): Courier {
  const { transports, wallClock, ids, attemptTime, stopping } = dependencies
  return async (message) => {
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(attemptTime)])
    let error: Error | undefined
    try {
      await untilAborted(transports[message.transport](message, signal), signal)
    } catch (thrown) {
      if (stopping.aborted) return undefined
      const late = `There was no answer within ${attemptTime / 1000} seconds.`
      error = signal.aborted ? new Error(late) : asError(thrown)
    }
    return outcomeOf(message, error, wallClock.now(), ids.pick() / 2 ** 31)
  }
}

/** The promise, or a rejection as soon as the signal is aborted: no transport is trusted to heed it. */
async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const onAbort = () => reject(asError(signal.reason))
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)))
