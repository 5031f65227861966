// From the bytes of a body to a JSON object, before anything is known about the caller or the operation: the only
// step that anybody may make us do, so every bound is checked here [wire 1.3].

/** How deep a body may nest. The model's deepest input has 5 levels; nobody needs more than this. */
const deepestNesting = 64

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A JSON object as JSON.parse made it: not yet compared with any shape. */
export type JSONObject = Readonly<Record<string, unknown>>

/**
 * Reads a body as one JSON object; an empty body is `{}`. Undefined when it is not UTF-8, not JSON, not an object,
 * nested too deep, or holds a lone surrogate (text that no store could give back).
 */
export function readBody(body: Buffer): JSONObject | undefined {
  if (body.length === 0) return {}
  let value: unknown
  try {
    const text = utf8.decode(body)
    if (nestsTooDeep(text)) return undefined
    value = JSON.parse(text)
    // Strict UTF-8 holds no surrogate, so one can only come from an escape.
    if (text.includes('\\u') && !isWellFormed(value)) return undefined
  } catch {
    return undefined
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JSONObject)
    : undefined
}

/** Whether brackets outside of strings open more than `deepestNesting` levels. */
function nestsTooDeep(text: string): boolean {
  const mark = /["[\]{}]/g
  let depth = 0
  for (let match = mark.exec(text); match !== null; match = mark.exec(text)) {
    const character = match[0]
    if (character === '"') mark.lastIndex = endOfString(text, mark.lastIndex)
    else if (character === '[' || character === '{') {
      if (++depth > deepestNesting) return true
    } else depth--
  }
  return false
}

/** The index after the quote that ends the string whose first character is at `start`. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0
    while (quote - 1 - backslashes >= start && text[quote - 1 - backslashes] === '\\') backslashes++
    if (backslashes % 2 === 0) return quote + 1
  }
  return text.length
}

/** Whether no string, member names included, holds half of a surrogate pair. */
function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed()
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(isWellFormed)
  return Object.entries(value).every(([name, member]) => name.isWellFormed() && isWellFormed(member))
}
