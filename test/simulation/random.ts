// A small seeded generator of random numbers: the same seed gives the same simulation, on every machine.

/** Random choices that depend on a seed alone. */
export interface Random {
  /** In [0, 1). */
  number(): number
  /** A whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number
  /** One of `items`, which is not empty. */
  of<T>(items: readonly T[]): T
  /** True once in `times` calls, on average. */
  once(times: number): boolean
}

/** Builds the generator (mulberry32: 32 bits of state, good enough to choose actions). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const number = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const integer = (least: number, most: number) => least + Math.floor(number() * (most - least + 1))
  return {
    number,
    integer,
    of: (items) => items[integer(0, items.length - 1)]!,
    once: (times) => number() < 1 / times,
  }
}

/** A source of bytes for ids, so that the choices which the program leaves to chance are the seed's too. */
export function seededBytes(random: Random): (count: number) => Buffer {
  return (count) => Buffer.from(Array.from({ length: count }, () => random.integer(0, 255)))
}
