// How fast one worker may load pages [websites 1.1]: a bucket of page loads for each worker and process, filled again at
// an even rate on the wall clock. Who waits as long as he is told is served again.
import type { Clock } from '../clock.ts'
import { server } from '../limits.ts'

export interface PageRate {
  /** Takes one page load of a worker; when none is left, answers after how many whole seconds there is one. */
  take(workerId: string): number | undefined
}

interface Bucket {
  /** Page loads left, at `time`. */
  left: number
  time: number
}

/** Builds the limit: `perSecond` pages each second, more than 0, with bursts of `server.pages.burst`. */
export function createPageRate(perSecond: number, wallClock: Clock): PageRate {
  const buckets = new Map<string, Bucket>()
  const { burst, buckets: kept } = server.pages

  function leftOf({ left, time }: Bucket, now: number): number {
    return Math.min(burst, left + (Math.max(0, now - time) / 1000) * perSecond)
  }

  /** A bucket that is full again says what no bucket says, so it need not be kept. */
  function forgetFull(now: number): void {
    for (const [workerId, bucket] of buckets) if (leftOf(bucket, now) >= burst) buckets.delete(workerId)
  }

  return {
    take(workerId) {
      const now = wallClock.now()
      if (buckets.size >= kept && !buckets.has(workerId)) forgetFull(now)
      const left = leftOf(buckets.get(workerId) ?? { left: burst, time: now }, now)
      const served = left >= 1
      buckets.set(workerId, { left: served ? left - 1 : left, time: now })
      return served ? undefined : Math.max(1, Math.ceil((1 - left) / perSecond))
    },
  }
}
