// Request headers as they came. Node's own table keeps only the first of some repeated headers; a signature is
// over all of them, and a second `X-Amz-Target` must not pass unseen, so the wire reads the raw list [wire 4.1].

/** The headers of one request under lower-case names; the values of a repeated header are joined by `,`. */
export interface HeaderTable {
  /** The value, with blanks trimmed and inner runs of blanks as one space [wire 4.2]. */
  get(name: string): string | undefined
  /** Whether the header came more than once. */
  isRepeated(name: string): boolean
}

/** Reads Node's `rawHeaders`: name, value, name, value … Values are Latin-1 text, one character per byte. */
export function readHeaders(rawHeaders: readonly string[]): HeaderTable {
  const values = new Map<string, string>()
  let repeated: Set<string> | undefined
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!.toLowerCase()
    const value = foldBlanks(rawHeaders[index + 1]!)
    const earlier = values.get(name)
    if (earlier === undefined) {
      values.set(name, value)
    } else {
      values.set(name, `${earlier},${value}`)
      repeated = (repeated ?? new Set()).add(name)
    }
  }
  return {
    get: (name) => values.get(name),
    isRepeated: (name) => repeated?.has(name) ?? false,
  }
}

// Only ASCII blanks count: byte A0, which JavaScript takes for a space, is the second half of many UTF-8 letters.
const needsFolding = /^[ \t\r\n]|[\t\r\n]|  |[ \t\r\n]$/

function foldBlanks(value: string): string {
  if (!needsFolding.test(value)) return value
  return value
    .split(/[ \t\r\n]+/)
    .filter((word) => word !== '')
    .join(' ')
}
