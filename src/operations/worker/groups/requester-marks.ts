// Which requesters have reviewed work since their record was made: each is counted anew once a minute at most.
import type { Clock } from '../../../clock.ts'
import { server } from '../../../limits.ts'

const { recordInterval } = server.groups

/** Requesters whose record is out of date. */
export class RequesterMarks {
  readonly #wallClock: Clock
  readonly #marked = new Set<string>()
  /** When each was counted last, by the wall clock. */
  readonly #countedAt = new Map<string, number>()

  constructor(wallClock: Clock) {
    this.#wallClock = wallClock
  }

  mark(requesterId: string): void {
    this.#marked.add(requesterId)
  }

  forget(): void {
    this.#marked.clear()
    this.#countedAt.clear()
  }

  /** Has those counted whose minute is over, until `isStopped`. One that fails stays marked. */
  async countDue(
    count: (requesterId: string, wallNow: number) => Promise<void>,
    isStopped: () => boolean,
  ): Promise<void> {
    for (const requesterId of [...this.#marked]) {
      const wallNow = this.#wallClock.now()
      const last = this.#countedAt.get(requesterId)
      if (isStopped() || (last !== undefined && wallNow < last + recordInterval)) continue
      this.#marked.delete(requesterId)
      this.#countedAt.set(requesterId, wallNow)
      try {
        await count(requesterId, wallNow)
      } catch (error) {
        this.#marked.add(requesterId)
        throw error
      }
    }
  }
}
