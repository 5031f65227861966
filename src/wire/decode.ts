// From a JSON object to an operation's input, by its shape: the members that the model names and nothing else.
// Strict where Amazon's own front ends differ among themselves; the texts are theirs [wire 1.3].
import type { Shape, StructureShape, Value } from '../model/shape.ts'
import type { JSONObject } from './json-body.ts'

/** A JSON value of another type than the model's; `message` is the text of the SerializationException. */
export class Mistyped {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

/**
 * Reads the members of `shape` out of `json`. Null is absent, unknown members are left out, timestamps become
 * epoch milliseconds. The first member of a wrong type, in the model's order, makes the answer a `Mistyped`.
 */
export function decode<S extends StructureShape>(shape: S, json: JSONObject): Value<S> | Mistyped {
  return readerOf(shape)(json) as Value<S> | Mistyped
}

type Reader = (json: unknown) => unknown

const readers = new WeakMap<Shape, Reader>()

/** Builds a shape's reader once: walking the description anew on every call would cost more than the reading. */
function readerOf(shape: Shape): Reader {
  let reader = readers.get(shape)
  if (reader === undefined) {
    reader = createReader(shape)
    readers.set(shape, reader)
  }
  return reader
}

function createReader(shape: Shape): Reader {
  switch (shape.kind) {
    case 'string':
      return (json) => (typeof json === 'string' ? json : mistypedScalar(json, 'an String'))
    case 'integer':
      return (json) => readNumber(json, 'an Integer', -(2 ** 31), 2 ** 31 - 1)
    case 'long':
      return (json) => readNumber(json, 'an Long', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
    case 'boolean':
      return readBoolean
    case 'timestamp':
      return readTimestamp
    case 'list':
      return listReader(readerOf(shape.item))
    case 'structure':
      return structureReader(shape)
  }
}

function structureReader(shape: StructureShape): Reader {
  const members = Object.entries(shape.members).map(([name, member]) => ({
    name,
    read: readerOf(member.shape),
  }))
  return (json) => {
    if (Array.isArray(json)) return startOfList()
    if (typeof json !== 'object' || json === null) return new Mistyped('Expected null')
    const value: Record<string, unknown> = {}
    for (const { name, read } of members) {
      if (!Object.hasOwn(json, name)) continue
      const member = (json as JSONObject)[name]
      if (member === null) continue
      const decoded = read(member)
      if (decoded instanceof Mistyped) return decoded
      value[name] = decoded
    }
    return value
  }
}

function listReader(read: Reader): Reader {
  return (json) => {
    if (!Array.isArray(json)) {
      return typeof json === 'object' ? startOfStructure() : new Mistyped('Expected list or null')
    }
    const items: unknown[] = []
    for (const item of json) {
      // Amazon's lists are not sparse; a null would reach an operation that counts on a value.
      const decoded = item === null ? new Mistyped('A list must not contain null') : read(item)
      if (decoded instanceof Mistyped) return decoded
      items.push(decoded)
    }
    return items
  }
}

function readNumber(json: unknown, as: string, minimum: number, maximum: number): number | Mistyped {
  // Adding 0 makes -0 plain 0, which is what it will be read back as.
  if (Number.isInteger(json) && (json as number) >= minimum && (json as number) <= maximum) {
    return (json as number) + 0
  }
  return mistypedScalar(json, as)
}

function readBoolean(json: unknown): boolean | Mistyped {
  if (typeof json === 'boolean') return json
  if (typeof json === 'string') {
    return new Mistyped(
      `'${json.slice(0, 256).toWellFormed().toUpperCase()}' can not be converted to an Boolean`,
    )
  }
  return mistypedScalar(json, 'an Boolean')
}

/** The furthest moments from the epoch, either way, that a calendar in JavaScript knows; in milliseconds. */
const furthestTime = 8_640_000_000_000_000

/** Any JSON number of seconds, however far, negative and fractional included [wire 1.4]. */
function readTimestamp(json: unknown): number | Mistyped {
  if (typeof json !== 'number') return mistypedScalar(json, 'milliseconds since epoch')
  return Math.max(-furthestTime, Math.min(furthestTime, Math.round(json * 1000))) + 0
}

function mistypedScalar(json: unknown, as: string): Mistyped {
  if (Array.isArray(json)) return startOfList()
  if (typeof json === 'object') return startOfStructure()
  return new Mistyped(`class ${javaClass(json)} can not be converted to ${as}`)
}

function javaClass(json: unknown): string {
  if (typeof json === 'string') return 'java.lang.String'
  if (typeof json === 'boolean') return 'java.lang.Boolean'
  return 'com.amazon.coral.value.json.numbers.TruncatingBigNumber'
}

function startOfList(): Mistyped {
  return new Mistyped('Start of list found where not expected')
}

function startOfStructure(): Mistyped {
  return new Mistyped('Start of structure or map found where not expected.')
}
