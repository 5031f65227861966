// The first block of every operation's tests: what JSON may be given for each member, and what is made of it. The
// cases are generated from the service's description, and go through the whole endpoint [wire 1.3, 3.4].
import { describe, expect, test } from 'vitest'
import { operationNames as ourNames, type OperationName } from '../../src/model/operations.ts'
import type { ShapeDescription } from '../../src/model/to-service-description.ts'
import {
  changed,
  label,
  operationNames,
  placesOf,
  source,
  structuresOf,
  wholeInput,
  type Path,
} from './model-description.ts'
import { harness, type Sent } from './wire-harness.ts'

const number = 'class com.amazon.coral.value.json.numbers.TruncatingBigNumber'
const text = 'class java.lang.String'
const truth = 'class java.lang.Boolean'
const listStart = 'Start of list found where not expected'
const structureStart = 'Start of structure or map found where not expected.'

/** JSON values of another type for a shape, with the texts of the table in wire 1.3. */
function wrongValues({ type }: ShapeDescription): [unknown, string][] {
  const collections: [unknown, string][] = [
    [[], listStart],
    [{}, structureStart],
    [['A1'], listStart],
    [{ A: 1 }, structureStart],
  ]
  switch (type) {
    case 'string':
      return [
        ...[0, 5, -1, 1.5, 1e300].map((value): [unknown, string] => [
          value,
          `${number} can not be converted to an String`,
        ]),
        [true, `${truth} can not be converted to an String`],
        [false, `${truth} can not be converted to an String`],
        ...collections,
      ]
    case 'integer':
    case 'long': {
      const as = type === 'integer' ? 'an Integer' : 'an Long'
      const beyond = type === 'integer' ? [2 ** 31, -(2 ** 31) - 1, 99999999999] : [2 ** 63, -(2 ** 64)]
      return [
        ...['5', '', '1.5', 'NaN', 'A1'].map((value): [unknown, string] => [
          value,
          `${text} can not be converted to ${as}`,
        ]),
        ...[1.5, -0.1, 1e300, ...beyond].map((value): [unknown, string] => [
          value,
          `${number} can not be converted to ${as}`,
        ]),
        [true, `${truth} can not be converted to ${as}`],
        ...collections,
      ]
    }
    case 'boolean':
      return [
        ['true', "'TRUE' can not be converted to an Boolean"],
        ['no', "'NO' can not be converted to an Boolean"],
        ['', "'' can not be converted to an Boolean"],
        [0, `${number} can not be converted to an Boolean`],
        [1, `${number} can not be converted to an Boolean`],
        ...collections,
      ]
    case 'timestamp':
      return [
        ...['1482351916', '2016-12-21T20:25:16Z', 'Wed, 21 Dec 2016 20:25:16 GMT', 'NaN', ''].map(
          (value): [unknown, string] => [value, `${text} can not be converted to milliseconds since epoch`],
        ),
        [true, `${truth} can not be converted to milliseconds since epoch`],
        ...collections,
      ]
    case 'list':
      return [
        ['A1', 'Expected list or null'],
        [5, 'Expected list or null'],
        [true, 'Expected list or null'],
        [{}, structureStart],
        [{ 0: 'A1' }, structureStart],
      ]
    case 'structure':
      return [
        ['A1', 'Expected null'],
        [5, 'Expected null'],
        [false, 'Expected null'],
        [[], listStart],
        [[{}], listStart],
      ]
    default:
      throw new Error(`a shape of the unknown type ${type}`)
  }
}

const mistyped = (message: string) =>
  `{"__type":"SerializationException","Message":${JSON.stringify(message)}}`
const notAllowed = '{"__type":"MissingAuthenticationTokenException","message":"Missing Authentication Token"}'

function open(operation: OperationName) {
  const { send, calls } = harness()
  return {
    calls,
    /** The body of the 400 that an input gets; whatever else it gets is told as well. */
    async refusal(input: object, more: Sent = {}): Promise<string> {
      const answer = await send({ operation, body: JSON.stringify(input), ...more })
      return answer.status === 400 ? String(answer.body) : `${answer.status} ${String(answer.body)}`
    },
    /** What the operation is given of an input; the refusal when it is given nothing. */
    async decoded(body: string): Promise<unknown> {
      const before = calls.length
      const answer = await send({ operation, body })
      return calls.length > before ? calls.at(-1)!.input : String(answer.body)
    },
  }
}

/** An input as operations take it: the one timestamp of the API in milliseconds [wire 1.4]. */
function taken(input: Record<string, unknown>): unknown {
  const { ExpireAt: seconds } = input
  return typeof seconds === 'number' ? { ...input, ExpireAt: seconds * 1000 } : input
}

test('the operations are the 39 of the description', () => {
  expect(operationNames).toEqual(ourNames)
})

describe.each(operationNames)(`%s, from ${source}`, (operation) => {
  const whole = wholeInput(operation)
  const places = placesOf(operation)

  test('every member arrives as it was given [wire 1.3]', async () => {
    expect(await open(operation).decoded(JSON.stringify(whole))).toEqual(taken(whole))
    expect(await open(operation).decoded(JSON.stringify(whole, undefined, '\t'))).toEqual(taken(whole))
  })

  test('a value of another JSON type is refused in the front end’s words [wire 1.3, 3.4]', async () => {
    const { refusal, calls } = open(operation)
    const [found, expected]: Record<string, string>[] = [{}, {}]
    for (const { path, shape } of places) {
      for (const [value, message] of wrongValues(shape)) {
        const name = `${label(path)} is ${JSON.stringify(value)}`
        found![name] = await refusal(changed(whole, path, value))
        expected![name] = mistyped(message)
      }
    }
    expect(found).toEqual(expected)
    expect(calls).toEqual([])
  })

  test('the first mistyped member in the model’s order is named, before every constraint [wire 3.4, case 37]', async () => {
    const { refusal, calls } = open(operation)
    const members = places.filter(({ path }) => path.length === 1)
    // Everything is missing but the mistyped members, so that constraints are broken too where there are any.
    for (const [index, { shape }] of members.entries()) {
      const input: Record<string, unknown> = {}
      // Members are sent last first: the order of the model counts, not the client's.
      for (const later of members.slice(index).reverse()) {
        input[String(later.path[0])] = wrongValues(later.shape)[0]![0]
      }
      expect(await refusal(input)).toBe(mistyped(wrongValues(shape)[0]![1]))
    }
    expect(calls).toEqual([])
  })

  test('null and absence are the same for a member that may be absent [wire 1.3, case 19]', async () => {
    const { decoded } = open(operation)
    for (const { path, required } of places) {
      if (required || typeof path.at(-1) === 'number') continue
      const without = taken(changed(whole, path, undefined))
      expect(await decoded(JSON.stringify(changed(whole, path, undefined))), label(path)).toEqual(without)
      expect(await decoded(JSON.stringify(changed(whole, path, null))), label(path)).toEqual(without)
    }
  })

  test('no list may hold null, and every list may be empty [wire 1.3, cases 27, 30]', async () => {
    const { decoded, refusal } = open(operation)
    for (const { path, shape } of places) {
      if (shape.type !== 'list') continue
      const empty = changed(whole, path, [])
      expect(await decoded(JSON.stringify(empty)), label(path)).toEqual(taken(empty))
      const broken = JSON.parse(await refusal(changed(whole, [...path, 1], null))) as object
      expect(broken, label(path)).toEqual({ __type: 'SerializationException', Message: expect.any(String) })
    }
  })

  test('members that the model does not name are ignored, in every structure [wire 1.3, case 18]', async () => {
    const { decoded } = open(operation)
    const expected = taken(whole)
    for (const structure of structuresOf(operation)) {
      for (const [name, value] of unknownMembers(whole)) {
        const body = withMember(whole, structure, name, value)
        expect(await decoded(body), `${label(structure)} ${name}`).toEqual(expected)
      }
    }
  })

  test('who has not signed learns nothing about his input [wire 3.4]', async () => {
    const { refusal, calls } = open(operation)
    const wrong = changed(whole, ['HITId'], 5)
    for (const input of [whole, {}, wrong]) {
      expect(await refusal(input, { unsigned: true })).toBe(notAllowed)
      expect(JSON.parse(await refusal(input, { secret: 'another' }))).toMatchObject({
        __type: 'InvalidSignatureException',
      })
    }
    expect(calls).toEqual([])
  })
})

/** Names that no member has, JSON texts beside them; the last are members spelt in another case. */
function unknownMembers(input: Record<string, unknown>): [string, string][] {
  const values = ['{"x":[1]}', '[null]', '"text"', '0', 'true', 'null']
  const names = ['Unknown', '', '__proto__', 'constructor', 'toString', 'hasOwnProperty']
  const otherCase = Object.keys(input).map((name) => name.toLowerCase())
  return [...names, ...otherCase].map((name, index) => [name, values[index % values.length]!])
}

/** `input` as JSON, with one more member in the structure at `path`; `__proto__` cannot be set on an object. */
function withMember(input: Record<string, unknown>, path: Path, name: string, value: string): string {
  const marked = path.length === 0 ? { ...input, '@': 0 } : changed(input, [...path, '@'], 0)
  return JSON.stringify(marked).replace('"@":0', `${JSON.stringify(name)}:${value}`)
}

describe('numbers, whatever the operation [wire 1.4, 1.5]', () => {
  const bounds: [OperationName, string, string, number][] = [
    ['CreateHIT', 'MaxAssignments', '2147483647', 2147483647],
    ['CreateHIT', 'MaxAssignments', '-2147483648', -2147483648],
    ['CreateHIT', 'MaxAssignments', '7.0', 7],
    ['CreateHIT', 'MaxAssignments', '7e0', 7],
    ['CreateHIT', 'MaxAssignments', '-0', 0],
    ['CreateHIT', 'LifetimeInSeconds', '9007199254740991', 9007199254740991],
    ['CreateHIT', 'LifetimeInSeconds', '-9007199254740991', -9007199254740991],
    ['UpdateExpirationForHIT', 'ExpireAt', '1.482351916E9', 1482351916000],
    ['UpdateExpirationForHIT', 'ExpireAt', '1482351916.123', 1482351916123],
    ['UpdateExpirationForHIT', 'ExpireAt', '-315619200', -315619200000],
    ['UpdateExpirationForHIT', 'ExpireAt', '-0.001', -1],
    ['UpdateExpirationForHIT', 'ExpireAt', '253402300799', 253402300799000],
  ]
  test.each(bounds)('%s %s %s', async (operation, member, json, value) => {
    const body = JSON.stringify({ ...wholeInput(operation), [member]: 0.125 }).replace('0.125', json)
    expect(await open(operation).decoded(body)).toMatchObject({ [member]: value })
  })
})
