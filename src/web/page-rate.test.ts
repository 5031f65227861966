import { describe, expect, test } from 'vitest'
import { server } from '../limits.ts'
import { createPageRate } from './page-rate.ts'

const { burst } = server.pages

/** A limit with a clock that the test turns. */
function limit(perSecond: number) {
  let now = 1_000_000
  const rate = createPageRate(perSecond, { now: () => now })
  return {
    advance: (milliseconds: number) => void (now += milliseconds),
    take: (workerId = 'A1') => rate.take(workerId),
    /** How many of these loads are served. */
    served(times: number, workerId = 'A1') {
      let served = 0
      for (let load = 0; load < times; load++) if (rate.take(workerId) === undefined) served++
      return served
    },
  }
}

describe('the rate of pages [websites 1.1]', () => {
  test('lets a burst through, then tells how long to wait', () => {
    const { take, served } = limit(2)
    expect(served(burst)).toBe(burst)
    expect(take()).toBe(1)
  })

  test.each([
    [2, 1],
    [0.5, 2],
    [0.001, 1000],
  ])('of %d per second: after the burst the wait is %d s, and who waits so long is served', (rate, wait) => {
    const { take, served, advance } = limit(rate)
    served(burst)
    expect(take()).toBe(wait)
    advance(wait * 1000)
    expect(take()).toBeUndefined()
  })

  test('fills evenly, and never beyond the burst', () => {
    const { served, advance } = limit(2)
    served(burst)
    advance(5000)
    expect(served(20)).toBe(10)
    advance(86_400_000)
    expect(served(burst + 10)).toBe(burst)
  })

  test('does not punish who asks too often while he waits', () => {
    const { served, advance } = limit(1)
    served(burst)
    expect(served(100)).toBe(0)
    advance(1000)
    expect(served(100)).toBe(1)
  })

  test('is one for each worker', () => {
    const { served } = limit(1)
    expect([served(burst + 5, 'A1'), served(burst + 5, 'A2')]).toEqual([burst, burst])
  })

  test('stands still when the clock of the machine is set back', () => {
    const { served, advance } = limit(1)
    served(burst)
    advance(-60_000)
    expect(served(1)).toBe(0)
    advance(1000)
    expect(served(5)).toBe(1)
  })

  test('forgets who has been away long enough, and nobody else', () => {
    const { served, advance } = limit(1)
    served(burst, 'A-early')
    advance((burst + 1) * 1000)
    served(burst, 'A-late')
    for (let worker = 0; worker < server.pages.buckets; worker++) served(1, `B${worker}`)
    expect(served(1, 'A-late')).toBe(0)
    expect(served(burst + 1, 'A-early')).toBe(burst)
  })
})
