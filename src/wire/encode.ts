// From an operation's output to the bytes that the real service sent: compact, in the model's order, absent
// members left out, times as Java prints a double. Recorded answers are reproduced byte for byte [hits 1.2].
import type { Shape, StructureShape, Value } from '../model/shape.ts'

/** Writes `value` as JSON by its shape. Throws when a number is none: that is a bug in an operation. */
export function encode<S extends Shape>(shape: S, value: Value<S>): string {
  return writerOf(shape)(value)
}

/**
 * A time as the real service spelled it: whole epoch seconds in the spelling of a Java double, `1.558393704E9`,
 * and `86400.0` under 10^7. `time` is epoch milliseconds [hits 1.1, client W3].
 */
export function spellTime(time: number): string {
  const seconds = Math.floor(time / 1000)
  const size = Math.abs(seconds)
  if (size < 10_000_000) return `${seconds}.0`
  const digits = size.toString()
  const fraction = digits.slice(1).replace(/0+$/, '') || '0'
  return `${seconds < 0 ? '-' : ''}${digits[0]}.${fraction}E${digits.length - 1}`
}

type Writer = (value: unknown) => string

const writers = new WeakMap<Shape, Writer>()

function writerOf(shape: Shape): Writer {
  let writer = writers.get(shape)
  if (writer === undefined) {
    writer = createWriter(shape)
    writers.set(shape, writer)
  }
  return writer
}

function createWriter(shape: Shape): Writer {
  switch (shape.kind) {
    case 'string':
      return (value) => JSON.stringify(String(value))
    case 'integer':
    case 'long':
      return (value) => wholeNumber(value).toString()
    case 'boolean':
      return (value) => (value === true ? 'true' : 'false')
    case 'timestamp':
      return (value) => spellTime(finiteNumber(value))
    case 'list': {
      const write = writerOf(shape.item)
      return (value) => `[${(value as readonly unknown[]).map(write).join(',')}]`
    }
    case 'structure':
      return structureWriter(shape)
  }
}

function structureWriter(shape: StructureShape): Writer {
  const members = Object.entries(shape.members).map(([name, member]) => {
    return { name, label: `${JSON.stringify(name)}:`, write: writerOf(member.shape) }
  })
  return (value) => {
    let text = ''
    for (const { name, label, write } of members) {
      const member = (value as Readonly<Record<string, unknown>>)[name]
      if (member === undefined || member === null) continue
      text += `${text === '' ? '' : ','}${label}${write(member)}`
    }
    return `{${text}}`
  }
}

function wholeNumber(value: unknown): number {
  if (!Number.isSafeInteger(value)) throw new TypeError(`not a whole number: ${String(value)}`)
  return value as number
}

function finiteNumber(value: unknown): number {
  if (!Number.isFinite(value)) throw new TypeError(`not a time: ${String(value)}`)
  return value as number
}
