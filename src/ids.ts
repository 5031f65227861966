// Ids are made here and nowhere else. HITs, types, groups and assignments have ids in order of time, so that
// inserts stay at the right end of every index; the random tail makes them unguessable [hits 3].
import { randomBytes, randomUUID } from 'node:crypto'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const timeCharacters = 10
const tailCharacters = 19
const workerCharacters = 13

/** Makes ids. One per process; tests may inject their own source of random bytes. */
export interface Ids {
  /**
   * `3`, the time in microseconds (base 36, 10 characters), 19 random characters. `now` is epoch milliseconds. The id
   * comes behind `after`, whoever made that one and whatever his clock showed.
   */
  entity(now: number, after?: string): string
  /** `A` and 13 random characters: a worker's or requester's public id. */
  person(): string
  /** A lower-case UUID for the `x-amzn-RequestId` header. */
  request(): string
  /** `bytes` random bytes, base64url: tokens and passwords. */
  secret(bytes: number): string
  /** A random number in [0, 2^31): a HIT's place in the order in which its group is offered. */
  pick(): number
}

/** Builds an id source over `random`, which returns the asked number of random bytes. */
export function createIds(random: (bytes: number) => Buffer = pooledRandom()): Ids {
  const next = risingMicroseconds()
  return {
    entity(now, after) {
      const floor = after === undefined ? now * 1000 : Math.max(now * 1000, timeOf(after) + 1)
      return (
        '3' +
        next(floor).toString(36).toUpperCase().padStart(timeCharacters, '0') +
        tail(random, tailCharacters)
      )
    },
    person: () => 'A' + tail(random, workerCharacters),
    request: () => randomUUID(),
    secret: (bytes) => random(bytes).toString('base64url'),
    pick: () => random(4).readUInt32BE() >>> 1,
  }
}

/** The microseconds at the beginning of an id. */
function timeOf(id: string): number {
  return Number.parseInt(id.slice(1, 1 + timeCharacters), 36)
}

/** Moments of which the last id is remembered. Beside now there are few: those of due work that is being carried out. */
const rememberedMoments = 16
const second = 1_000_000

/**
 * Microseconds that rise within a process. Two ids of one millisecond differ and keep their order, and so do those of
 * a moment of the past, at which due work is carried out while other things happen now.
 */
function risingMicroseconds(): (floor: number) => number {
  // The one that was used last comes first.
  const last: number[] = []
  return (floor) => {
    // Of the moments within a second the latest goes on.
    let found = -1
    for (const [i, time] of last.entries()) {
      if (Math.abs(time - floor) <= second && (found < 0 || time > last[found]!)) found = i
    }
    const next = found < 0 ? floor : Math.max(floor, last[found]! + 1)
    if (found >= 0) last.splice(found, 1)
    else if (last.length === rememberedMoments) last.pop()
    last.unshift(next)
    return next
  }
}

/** Random characters of the id alphabet without bias: bytes of 252 and more are thrown away. */
function tail(random: (bytes: number) => Buffer, length: number): string {
  let text = ''
  while (text.length < length) {
    for (const byte of random(length - text.length + 2)) {
      if (byte < 252 && text.length < length) text += alphabet[byte % 36]
    }
  }
  return text
}

/** One system call serves many ids: an id costs 0.5 µs instead of 2. */
function pooledRandom(): (bytes: number) => Buffer {
  let pool = Buffer.alloc(0)
  return (bytes) => {
    if (bytes > 1024) return randomBytes(bytes)
    if (pool.length < bytes) pool = randomBytes(4096)
    const taken = pool.subarray(0, bytes)
    pool = pool.subarray(bytes)
    return Buffer.from(taken)
  }
}
