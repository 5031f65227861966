// Our description of the API against the schemas that the SDK for JavaScript v3 carries. Its types are compared
// at compile time in model-sdk.test-d.ts.
import * as sdk from '@aws-sdk/client-mturk'
import { describe, expect, test } from 'vitest'
import { errors } from '../../src/model/errors.ts'
import { operationNames, operations } from '../../src/model/operations.ts'
import type { Shape, StructureShape } from '../../src/model/shape.ts'

// A schema is a tuple that begins with its kind: 3 a structure, -3 an error, 1 a list, 9 an operation. A simple
// one is a number; 64 added to it makes a list of it. Structures name their required members first.
type Schema = number | readonly unknown[] | (() => Schema)
const schemas: Record<string, Schema> = Object.fromEntries(
  Object.entries(sdk).filter(([name]) => name.endsWith('$')) as [string, Schema][],
)
const simpleKinds: Record<number, string> = { 0: 'string', 1: 'number', 2: 'boolean', 4: 'timestamp' }
const listOf = 64

/** A shape of ours in words that both sides can be put in; the SDK knows no constraints and one kind of number. */
function describeOurs(shape: Shape): string {
  if (shape.kind === 'list') return `list of ${describeOurs(shape.item)}`
  if (shape.kind === 'structure') return shape.name
  return shape.kind === 'integer' || shape.kind === 'long' ? 'number' : shape.kind
}

function describeTheirs(schema: Schema): string {
  if (typeof schema === 'function') return describeTheirs(schema())
  if (typeof schema === 'number') {
    return schema >= listOf ? `list of ${simpleKinds[schema - listOf]}` : `${simpleKinds[schema]}`
  }
  return schema[0] === 1 ? `list of ${describeTheirs(schema[4] as Schema)}` : String(schema[2])
}

function membersOfOurs(structure: StructureShape): Record<string, string> {
  return Object.fromEntries(
    Object.entries(structure.members).map(([name, { shape, required }]) => [
      name,
      `${required ? 'required' : 'optional'} ${describeOurs(shape)}`,
    ]),
  )
}

function membersOfTheirs(schema: Schema): Record<string, string> {
  const [, , , , names, of, required = 0] = schema as [
    unknown,
    unknown,
    unknown,
    unknown,
    string[],
    Schema[],
    number?,
  ]
  return Object.fromEntries(
    names.map((name, index) => [
      name,
      `${index < required ? 'required' : 'optional'} ${describeTheirs(of[index] ?? -1)}`,
    ]),
  )
}

/** Every structure that the operations and errors are made of, by name. */
function structures(): Record<string, StructureShape> {
  const found: Record<string, StructureShape> = {}
  const visit = (shape: Shape): void => {
    if (shape.kind === 'list') visit(shape.item)
    if (shape.kind !== 'structure' || found[shape.name]) return
    found[shape.name] = shape
    for (const member of Object.values(shape.members)) visit(member.shape)
  }
  for (const { input, output } of Object.values(operations)) [input, output].forEach(visit)
  for (const { shape } of Object.values(errors)) visit(shape)
  return found
}

/** The names of the SDK's schemas of one kind, without the base class of its errors. */
function names(...kinds: number[]): string[] {
  return Object.values(schemas)
    .filter(
      (schema): schema is readonly unknown[] => Array.isArray(schema) && kinds.includes(schema[0] as number),
    )
    .map((schema) => String(schema[2]))
    .filter((name) => name !== 'MTurkServiceException')
    .sort()
}

describe('our model is that of the SDK for JavaScript v3 [wire 3.5]', () => {
  test('the SDK has a command for each of our 39 operations, and no other', () => {
    expect(operationNames).toHaveLength(39)
    expect(names(9)).toEqual(operationNames)
    const commands = Object.keys(sdk).filter((name) => name.endsWith('Command') && !name.startsWith('$'))
    expect(commands.sort()).toEqual(operationNames.map((name) => `${name}Command`).sort())
  })

  test.each(operationNames)('%s has the same input, output and idempotence', (name) => {
    const [, , , traits, input, output] = schemas[`${name}$`] as readonly Schema[]
    expect(describeOurs(operations[name].input)).toBe(describeTheirs(input ?? -1))
    expect(describeOurs(operations[name].output)).toBe(describeTheirs(output ?? -1))
    expect(traits).toBe(operations[name].idempotent ? 2 : 0)
  })

  test('there are the same structures, and no others', () => {
    expect(Object.keys(structures()).sort()).toEqual(names(3, -3))
  })

  test.each(Object.entries(structures()))('%s has the same members, required alike', (name, structure) => {
    expect(membersOfOurs(structure)).toEqual(membersOfTheirs(schemas[`${name}$`] ?? -1))
  })

  // The SDK pages whatever takes a token; botocore only what answers one list (`pages`).
  test('the same operations take a NextToken', () => {
    const paginators = Object.keys(sdk).filter((name) => name.startsWith('paginate'))
    const ours = operationNames.filter((name) => 'NextToken' in operations[name].input.members)
    expect(ours.map((name) => `paginate${name}`).sort()).toEqual(paginators.sort())
  })
})
