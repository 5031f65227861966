// How often a text was met, for millions of texts: of each only a hash of 64 bits is kept. That two of ten million texts
// have the same one has a chance of one in a hundred thousand.

const startSize = 1024
/** How full the table may be, and how much it grows then: so an entry takes at most 16 bytes with a count of one byte. */
const fullest = 0.85
const growth = 1.5

/** Counts texts. A count of one byte ends at 255. */
export class HashCounter {
  readonly #Counts: Uint8ArrayConstructor | Uint32ArrayConstructor
  #size = startSize
  #high: Uint32Array
  #low: Uint32Array
  #counts: Uint8Array | Uint32Array
  #used = 0

  constructor(Counts: Uint8ArrayConstructor | Uint32ArrayConstructor = Uint8Array) {
    this.#Counts = Counts
    this.#high = new Uint32Array(startSize)
    this.#low = new Uint32Array(startSize)
    this.#counts = new Counts(startSize)
  }

  /** Bytes that are held. */
  get byteLength(): number {
    return this.#high.byteLength + this.#low.byteLength + this.#counts.byteLength
  }

  /** Notes a text; answers how often it was noted, this time included. */
  add(text: string): number {
    let high = 0x9e3779b9
    let low = 0x85ebca6b
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      high = Math.imul(high ^ code, 0x01000193)
      low = Math.imul(low + code, 0x2c1b3c6d)
      low ^= low >>> 15
    }
    high = mix(high ^ text.length)
    low = mix(low)
    const at = this.#find(high, low)
    if (this.#counts[at] === 0) {
      this.#high[at] = high
      this.#low[at] = low
      this.#counts[at] = 1
      if (++this.#used > this.#size * fullest) this.#grow()
      return 1
    }
    const most = this.#Counts === Uint8Array ? 0xff : 0xffffffff
    if (this.#counts[at]! < most) this.#counts[at]!++
    return this.#counts[at]!
  }

  #find(high: number, low: number): number {
    // By the upper bits, so that the size need not be a power of two.
    let at = Math.floor((high / 0x1_0000_0000) * this.#size)
    while (this.#counts[at] !== 0 && !(this.#high[at] === high && this.#low[at] === low))
      if (++at === this.#size) at = 0
    return at
  }

  #grow(): void {
    const [highs, lows, counts] = [this.#high, this.#low, this.#counts]
    this.#size = Math.floor(this.#size * growth)
    this.#high = new Uint32Array(this.#size)
    this.#low = new Uint32Array(this.#size)
    this.#counts = new this.#Counts(this.#size)
    for (let i = 0; i < counts.length; i++) {
      if (counts[i] === 0) continue
      const at = this.#find(highs[i]!, lows[i]!)
      this.#high[at] = highs[i]!
      this.#low[at] = lows[i]!
      this.#counts[at] = counts[i]!
    }
  }
}

function mix(value: number): number {
  let mixed = value ^ (value >>> 16)
  mixed = Math.imul(mixed, 0x21f0aaad)
  mixed ^= mixed >>> 15
  mixed = Math.imul(mixed, 0x735a2d97)
  return (mixed ^ (mixed >>> 15)) >>> 0
}
