// Ids are made here and nowhere else. HITs, types, groups and assignments have ids in order of time, so that
// inserts stay at the right end of every index; the random tail makes them unguessable [hits 3].
import { randomBytes, randomUUID } from 'node:crypto'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const timeCharacters = 10
const tailCharacters = 19
const workerCharacters = 13

/** Makes ids. One per process; tests may inject their own source of random bytes. */
export interface Ids {
  /** `3`, the time in microseconds (base 36, 10 characters), 19 random characters. `now` is epoch milliseconds. */
  entity(now: number): string
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
  let lastMicroseconds = 0
  return {
    entity(now) {
      // Two ids of one millisecond still differ in their time part and keep their order within a process.
      const floor = now * 1000
      lastMicroseconds =
        floor > lastMicroseconds || lastMicroseconds - floor > 1_000_000 ? floor : lastMicroseconds + 1
      return (
        '3' +
        lastMicroseconds.toString(36).toUpperCase().padStart(timeCharacters, '0') +
        tail(random, tailCharacters)
      )
    },
    person: () => 'A' + tail(random, workerCharacters),
    request: () => randomUUID(),
    secret: (bytes) => random(bytes).toString('base64url'),
    pick: () => random(4).readUInt32BE() >>> 1,
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
