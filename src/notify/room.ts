// How many destinations of a transport are served at once. Those that failed when they were last served get no more than
// half of the room: however many of them hang, each for as long as an attempt may take, the others find room at once.
import { server } from '../limits.ts'

/** How serving a destination ended: everything was taken, an attempt failed, or none was made. */
export type Served = 'well' | 'failed' | 'nothing'

export interface Room {
  /** Begins to serve a destination when it is not being served and there is room among `size`. `serve` never throws. */
  enter(destination: string, size: number, serve: () => Promise<Served>): void
  /** Waits for all that are being served now. */
  empty(): Promise<void>
}

/** Builds an empty room. It forgets at a restart who failed: then all are tried once as if they had not. */
export function createRoom(): Room {
  const served = new Map<string, Promise<void>>()
  const failing = new Set<string>()
  let servedFailing = 0

  async function follow(destination: string, serve: () => Promise<Served>): Promise<void> {
    const wasFailing = failing.has(destination)
    if (wasFailing) servedFailing++
    const ended = await serve()
    served.delete(destination)
    if (wasFailing) servedFailing--
    if (ended === 'well') failing.delete(destination)
    if (ended !== 'failed') return
    // Strangers choose destinations: the memory must have an end.
    if (failing.size >= server.notifications.failingRemembered) failing.clear()
    failing.add(destination)
  }

  return {
    enter(destination, size, serve) {
      if (served.has(destination) || served.size >= size) return
      if (failing.has(destination) && servedFailing >= Math.ceil(size / 2)) return
      served.set(destination, follow(destination, serve))
    },
    async empty() {
      await Promise.all(served.values())
    },
  }
}
