// What becomes of a message after an attempt: delivered, tried again after a growing pause, or a dead letter.
import { server } from '../limits.ts'
import type { Message, Outcome } from '../store/outbox.ts'
import { Undeliverable } from './transport.ts'

const bounds = server.notifications

/**
 * Milliseconds until the next attempt after so many: twice as long each time, up to a bound, less up to half of it by
 * chance, so that destinations that failed together do not come back together. `chance` is in [0, 1).
 */
export function pauseAfter(attempts: number, chance: number): number {
  const full = Math.min(bounds.firstPause * 2 ** (attempts - 1), bounds.longestPause)
  return Math.round(full * (1 - chance / 2))
}

/** The outcome of an attempt at `wallNow`; `error` is what was thrown, undefined when the message was taken. */
export function outcomeOf(
  message: Pick<Message, 'id' | 'attempts'>,
  error: Error | undefined,
  wallNow: number,
  chance: number,
): Outcome {
  const { id } = message
  const attempts = message.attempts + 1
  if (error === undefined) {
    return { id, state: 'delivered', dueAt: 0, attempts, error: undefined, settledAt: wallNow }
  }
  const text = error.message.slice(0, bounds.errorLength)
  if (attempts >= bounds.attempts || error instanceof Undeliverable)
    return { id, state: 'dead', dueAt: 0, attempts, error: text, settledAt: wallNow }
  const dueAt = wallNow + pauseAfter(attempts, chance)
  return { id, state: 'waiting', dueAt, attempts, error: text, settledAt: undefined }
}
