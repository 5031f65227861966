// The members of an object, read one after the other as what they should be. What is wrong is noted, not thrown: whoever
// has to mend a file wants to hear all of it at once.
import { greatestWhole } from '../domain/import/record.ts'
import { cents, formatDollars, parseDollars, zero, type Cents } from '../domain/money.ts'
import { server } from '../limits.ts'
import { entityId, entityIdMeaning, shownLength, workerId, workerIdMeaning } from './ids.ts'
import { readTime } from './json-times.ts'

export type JSONObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JSONObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export class Members {
  /** What is wrong, in whole sentences. */
  readonly faults: string[] = []
  readonly #object: JSONObject

  constructor(object: JSONObject) {
    this.#object = object
  }

  /** Whether the member is there and not null. */
  has(name: string): boolean {
    return this.#value(name) !== undefined
  }

  /** An id of a HIT, an assignment, a type. */
  id(name: string): string {
    return this.#matching(name, entityId, entityIdMeaning)
  }

  optionalId(name: string): string | undefined {
    return this.has(name) ? this.id(name) : undefined
  }

  workerId(name: string): string {
    return this.#matching(name, workerId, workerIdMeaning)
  }

  text(name: string): string {
    const value = this.#needed(name)
    if (value === undefined) return ''
    if (typeof value !== 'string') return this.#wrong(name, 'should be a text', '')
    if (value.includes('\0')) return this.#wrong(name, 'holds the character NUL, which cannot be kept', '')
    return value.isWellFormed() ? value : value.toWellFormed()
  }

  /** A text that is not empty. */
  name(name: string): string {
    const text = this.text(name)
    return text === '' && this.#value(name) === ''
      ? this.#wrong(name, 'should be a text of at least one character', '')
      : text
  }

  optionalText(name: string): string | undefined {
    return this.has(name) ? this.text(name) : undefined
  }

  time(name: string): number {
    const value = this.#needed(name)
    if (value === undefined) return 0
    const time = readTime(value)
    return typeof time === 'number' ? time : this.#wrong(name, time, 0)
  }

  optionalTime(name: string): number | undefined {
    return this.has(name) ? this.time(name) : undefined
  }

  /** A whole number that is not below `least`. */
  whole(name: string, least: number | undefined): number {
    const value = this.#needed(name)
    if (value === undefined) return 0
    if (Number.isInteger(value)) {
      const number = value as number
      if (number > greatestWhole || number < -greatestWhole)
        return this.#wrong(name, `should not be greater than ${greatestWhole}`, 0)
      if (number >= (least ?? number)) return number
    }
    const bound = least === undefined ? '' : `, ${least} or more`
    return this.#wrong(name, `should be a whole number${bound}`, 0)
  }

  optionalWhole(name: string, least: number | undefined): number | undefined {
    return this.has(name) ? this.whole(name, least) : undefined
  }

  /** An amount of dollars: a text as in the API, or a number. */
  money(name: string): Cents {
    const value = this.#needed(name)
    if (value === undefined) return zero
    const text = typeof value === 'number' ? centsText(value) : value
    const amount = typeof text === 'string' ? parseDollars(text.replace(/^\$/, '')) : undefined
    if (amount !== undefined && amount > server.greatestPayment)
      return this.#wrong(
        name,
        `should not be more than $${formatDollars(cents(server.greatestPayment))}`,
        zero,
      )
    return amount ?? this.#wrong(name, 'should be dollars and cents, such as "0.05"', zero)
  }

  truth(name: string): boolean | undefined {
    const value = this.#value(name)
    if (value === undefined || typeof value === 'boolean') return value
    return this.#wrong(name, 'should be true or false', undefined)
  }

  oneOf<Value extends string>(name: string, values: readonly Value[]): Value {
    const value = this.#needed(name)
    if (value === undefined) return values[0]!
    const found = values.find((known) => known === value)
    return found ?? this.#wrong(name, `should be one of ${values.join(', ')}`, values[0]!)
  }

  optionalOneOf<Value extends string>(name: string, values: readonly Value[]): Value | undefined {
    return this.has(name) ? this.oneOf(name, values) : undefined
  }

  /** A list of objects as JSON. */
  optionalList(name: string): string | undefined {
    const value = this.#value(name)
    if (value === undefined) return undefined
    if (Array.isArray(value) && value.every(isObject)) return JSON.stringify(value)
    return this.#wrong(name, 'should be a list of objects', undefined)
  }

  #value(name: string): unknown {
    return this.#object[name] ?? undefined
  }

  #needed(name: string): unknown {
    const value = this.#value(name)
    if (value === undefined) this.faults.push(`${name} is missing.`)
    return value
  }

  #matching(name: string, pattern: RegExp, meaning: string): string {
    const value = this.#needed(name)
    if (value === undefined || (typeof value === 'string' && pattern.test(value))) return value ?? ''
    return this.#wrong(name, `should be ${meaning}`, '')
  }

  #wrong<Value>(name: string, expected: string, instead: Value): Value {
    const value = this.#object[name]
    const shown = JSON.stringify(value).slice(0, shownLength + 1)
    const cut = shown.length > shownLength ? `${shown.slice(0, shownLength).toWellFormed()}…` : shown
    this.faults.push(`${name} ${expected}; it is ${cut}.`)
    return instead
  }
}

/** Undefined when the number has more than cents. */
function centsText(value: number): string | undefined {
  const text = value.toFixed(2)
  return Number(text) === value ? text : undefined
}
