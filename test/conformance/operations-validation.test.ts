// The second block of every operation's tests: the constraints of the model, at each bound and one beyond it, one at a
// time and all at once. Cases and texts are generated from the service's description [wire 3.5, hits 11.4].
import { describe, expect, test } from 'vitest'
import type { OperationName } from '../../src/model/operations.ts'
import type { ShapeDescription } from '../../src/model/to-service-description.ts'
import {
  changed,
  inputOf,
  label,
  operationNames,
  placesOf,
  shapeNamed,
  source,
  wholeInput,
  type Path,
  type Place,
} from './model-description.ts'
import { harness, type Sent } from './wire-harness.ts'

const failed = 'failed to satisfy constraint:'
const missing = (path: Path) => `Value null at '${label(path)}' ${failed} Member must not be null`
const demands = {
  pattern: ({ pattern }: ShapeDescription) => `Member must satisfy regular expression pattern: ${pattern}`,
  enum: (shape: ShapeDescription) => `Member must satisfy enum value set: [${shape.enum!.join(', ')}]`,
  longest: ({ max }: ShapeDescription) => `Member must have length less than or equal to ${max}`,
  shortest: ({ min }: ShapeDescription) => `Member must have length greater than or equal to ${min}`,
  greatest: ({ max }: ShapeDescription) => `Member must have value less than or equal to ${max}`,
  least: ({ min }: ShapeDescription) => `Member must have value greater than or equal to ${min}`,
}

/** A value to try, and the demands that it does not meet, in the order in which they are told. */
interface Trial {
  value: unknown
  unmet: string[]
}

/** Values within the constraints of a shape, at every bound. */
function rightValues(shape: ShapeDescription): unknown[] {
  const { type, enum: allowed, min, max, pattern } = shape
  if (allowed !== undefined) return allowed
  if (type !== 'string') return [min, max].filter((bound) => bound !== undefined)
  if (isMoney(shape)) return ['0', '1', '1.', '0.5', '0.50', '007.07', '9'.repeat(40), '0'.repeat(300)]
  const texts = [min, max].flatMap((length) =>
    length === undefined ? [] : [text(length), '7'.repeat(length)],
  )
  // Lengths are counted in UTF-16 units: a character beyond the first plane has two of them.
  if (max !== undefined) texts.push(`${text(max - 2)}😀`)
  return texts.filter((one) => pattern === undefined || new RegExp(pattern).test(one))
}

/** Values beyond them. */
function wrongValues(shape: ShapeDescription): Trial[] {
  const { type, enum: allowed, min, max, pattern } = shape
  if (allowed !== undefined) {
    const others = [
      'Zorp',
      '',
      allowed[0]!.toLowerCase(),
      `${allowed[0]} `,
      `${allowed[0]}\n`,
      allowed.join(', '),
    ]
    return others.map((value) => ({ value, unmet: [demands.enum(shape)] }))
  }
  if (type !== 'string') {
    return [
      ...(max === undefined
        ? []
        : [max + 1, 2 ** 31 - 1].map((value) => ({ value, unmet: [demands.greatest(shape)] }))),
      ...(min === undefined
        ? []
        : [min - 1, -(2 ** 31)].map((value) => ({ value, unmet: [demands.least(shape)] }))),
    ]
  }
  if (isMoney(shape)) {
    const others = ['', '-1', '.5', '0.100', '1,00', '$1', ' 1', '1 ', '1\n', '1e2', '0x1', '١', '1.1.', '..']
    return others.map((value) => ({ value, unmet: [demands.pattern(shape)] }))
  }
  const trials: Trial[] = []
  if (max !== undefined) {
    trials.push({ value: text(max + 1), unmet: [demands.longest(shape)] })
    if (pattern === undefined && max > 2)
      trials.push({ value: `${text(max - 1)}😀`, unmet: [demands.longest(shape)] })
  }
  if (min !== undefined) {
    const unmet = pattern === undefined ? [] : [demands.pattern(shape)]
    trials.push({ value: text(min - 1), unmet: [...unmet, demands.shortest(shape)] })
  }
  if (pattern !== undefined) {
    const others = [
      '3abc',
      'ABC\n',
      '\nABC',
      'AB C',
      'ABC-1',
      'ÄBC',
      'AB\u0000C',
      '😀',
      ...(pattern.includes('^A') ? ['BA', 'A'] : []),
    ]
    trials.push(...others.map((value) => ({ value, unmet: [demands.pattern(shape)] })))
  }
  return trials
}

const text = (length: number) => 'A'.repeat(length)
const isMoney = ({ pattern }: ShapeDescription) => pattern?.startsWith('^[0-9]') === true

/** The demands on a scalar as an item of a list: all of them, the pattern last [wire 3.5]. */
function recital(shape: ShapeDescription): string {
  const { enum: allowed, min, max, pattern } = shape
  const all = [
    ...(max === undefined ? [] : [demands.longest(shape)]),
    ...(min === undefined ? [] : [demands.shortest(shape)]),
    ...(allowed === undefined ? [] : [demands.enum(shape)]),
    ...(pattern === undefined ? [] : [demands.pattern(shape)]),
  ]
  return `Member must satisfy constraint: [${all.join(', ')}]`
}

/** A whole list for an item of one: what is told of a scalar's list names the list itself. */
interface Case {
  path: Path
  value: unknown
  items: string[]
}

const item = (path: Path, value: unknown, demand: string) =>
  `Value '${String(value).slice(0, 256)}' at '${label(path)}' ${failed} ${demand}`

/** Every broken constraint that one place can have. */
function brokenCases({ path, shape, required }: Place): Case[] {
  const cases = wrongValues(shape).map(({ value, unmet }): Case => {
    if (typeof path.at(-1) !== 'number')
      return { path, value, items: unmet.map((demand) => item(path, value, demand)) }
    const list = path.slice(0, -1)
    const values = [rightValues(shape)[0], value]
    return { path: list, value: values, items: [item(list, `[${values.join(', ')}]`, recital(shape))] }
  })
  if (!required) return cases
  return [...cases, ...[undefined, null].map((value) => ({ path, value, items: [missing(path)] }))]
}

const refusalOf = (items: string[]) =>
  JSON.stringify({
    __type: 'ValidationException',
    message: `${items.length} validation error${items.length === 1 ? '' : 's'} detected: ${items.join('; ')}`,
  })

function open(operation: OperationName) {
  const { send, calls } = harness()
  return {
    calls,
    async answer(input: object, more: Sent = {}): Promise<string> {
      const { status, body } = await send({ operation, body: JSON.stringify(input), ...more })
      return status === 400 ? String(body) : `${status} ${String(body)}`
    },
  }
}

/** Tries many inputs; answers what came of each beside what should have, by the names of the trials. */
async function compare(
  operation: OperationName,
  trials: Iterable<[string, object, string]>,
): Promise<{ found: object; expected: object; calls: number }> {
  const { answer, calls } = open(operation)
  const found: Record<string, string> = {}
  const expected: Record<string, string> = {}
  for (const [name, input, wanted] of trials) {
    found[name] = await answer(input)
    expected[name] = wanted
  }
  return { found, expected, calls: calls.length }
}

const shown = (path: Path, value: unknown) => `${label(path)} is ${JSON.stringify(value)?.slice(0, 80)}`

describe.each(operationNames)(`%s, from ${source}`, (operation) => {
  const whole = wholeInput(operation)
  const places = placesOf(operation)

  test('every value at a bound is accepted [wire 3.5]', async () => {
    const trials = places.flatMap(({ path, shape }) =>
      rightValues(shape).map((value): [string, object, string] => [
        shown(path, value),
        changed(whole, path, value),
        '200 {}',
      ]),
    )
    const { found, expected, calls } = await compare(operation, trials)
    expect(found).toEqual(expected)
    expect(calls).toBe(trials.length)
  })

  test('every value one beyond it, and every missing member, is refused word for word [wire 3.5, hits 11.4]', async () => {
    const trials = places.flatMap((place) =>
      brokenCases(place).map(({ path, value, items }): [string, object, string] => [
        shown(path, value),
        changed(whole, path, value),
        refusalOf(items),
      ]),
    )
    const { found, expected, calls } = await compare(operation, trials)
    expect(found).toEqual(expected)
    expect(calls).toBe(0)
  })

  test('nothing but what is demanded is enough; nothing at all names every demanded member [case 36]', async () => {
    const { answer, calls } = open(operation)
    const members = places.filter(({ path }) => path.length === 1)
    const required = members.filter((place) => place.required)
    const least = Object.fromEntries(required.map(({ path }) => [path[0], whole[String(path[0])]]))
    expect(await answer(least)).toBe('200 {}')
    expect(calls).toHaveLength(1)
    const expected = required.length === 0 ? '200 {}' : refusalOf(required.map(({ path }) => missing(path)))
    expect(await answer({})).toBe(expected)
    const nulls = Object.fromEntries(members.map(({ path }) => [path[0], null]))
    expect(await answer(nulls)).toBe(expected)
  })

  test('all that is broken is told at once, in the model’s order, ten at most [wire 3.5]', async () => {
    for (const choose of [0, -1, -2]) {
      // The broken members are put in from the last to the first: the client's order does not count.
      let input = structuredClone(whole)
      const items: string[] = []
      for (const place of places) {
        const broken = brokenCases(place).at(choose)
        // The demands of a structure are told only while it is there.
        if (broken === undefined || isGone(input, place.path)) continue
        input = changed(input, broken.path, broken.value)
        items.push(...broken.items)
      }
      const { answer, calls } = open(operation)
      const backwards = Object.fromEntries(Object.entries(input).reverse())
      expect(await answer(backwards)).toBe(items.length === 0 ? '200 {}' : refusalOf(items.slice(0, 10)))
      expect(calls).toHaveLength(items.length === 0 ? 1 : 0)
    }
  })

  test('the account comes before constraints, types come before both [hits 11.6]', async () => {
    const { send, calls } = harness(undefined, {}, [unlinked])
    const [broken] = places.flatMap(brokenCases)
    if (broken === undefined) return
    const body = JSON.stringify(changed(whole, broken.path, broken.value))
    const answer = await send({ operation, body, accessKeyId: unlinked.accessKeyId })
    expect(answer.json).toMatchObject({ __type: 'RequestError', TurkErrorCode: 'AWS.AccountNotLinked' })
    expect(calls).toEqual([])
  })
})

const unlinked = {
  accessKeyId: 'AKIDUNLINKED',
  secret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  secretVersion: '1',
  requesterId: 'A1REQUESTER',
  suspended: false,
  linked: false,
}

function isGone(input: unknown, path: Path): boolean {
  let at = input
  for (const key of path.slice(0, -1)) at = (at as Record<string, unknown> | undefined)?.[key]
  return at === undefined || at === null
}

describe(`the constraints that there are, from ${source}`, () => {
  test('are those that the generated cases try, and no list is bounded [wire 3.5]', () => {
    const kinds = new Map<string, string>()
    for (const operation of operationNames) {
      for (const { shape } of [{ shape: inputOf(operation) }, ...placesOf(operation)]) {
        const limits = ['min', 'max', 'pattern', 'enum'].filter((name) => name in shape)
        if (limits.length > 0) kinds.set(`${shape.type} ${limits.join(' ')}`, '')
      }
    }
    expect([...kinds.keys()].sort()).toEqual([
      'integer min max',
      'string enum',
      'string min max',
      'string min max pattern',
      'string pattern',
    ])
  })

  test('a text that is too long is shown up to its 256th character [wire 3.5]', async () => {
    const { answer } = open('ListHITs')
    const token = 'x'.repeat(1000)
    expect(await answer({ NextToken: token })).toBe(
      refusalOf([item(['NextToken'], token, demands.longest(shapeNamed('PaginationToken')))]),
    )
  })
})
