// The service's description that generated tests are made from: the one in an installed botocore, so that the tests do
// not repeat what our model says; where this machine has none, ours in the same form.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { OperationName } from '../../src/model/operations.ts'
import {
  toServiceDescription,
  type ServiceDescription,
  type ShapeDescription,
} from '../../src/model/to-service-description.ts'

function installed(): ServiceDescription | undefined {
  const script = fileURLToPath(new URL('botocore-model.py', import.meta.url))
  const run = spawnSync('python3', [script], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    timeout: 60_000,
  })
  if (run.status !== 0) return undefined
  return (JSON.parse(run.stdout) as { service: ServiceDescription | null }).service ?? undefined
}

const botocore = installed()
const description = botocore ?? toServiceDescription('without')

/** Whose description it is, for the titles of tests. */
export const source = botocore === undefined ? 'our own description' : 'botocore’s description'

/** Why the description is not that of an installed botocore, or undefined. */
export const botocoreMissing =
  botocore === undefined ? 'python3 has no botocore here that knows the service' : undefined

export const operationNames = Object.keys(description.operations).sort() as OperationName[]

export function shapeNamed(name: string): ShapeDescription {
  const shape = description.shapes[name]
  if (shape === undefined) throw new Error(`no shape ${name}`)
  return shape
}

export function inputOf(operation: OperationName): ShapeDescription {
  return shapeNamed(description.operations[operation]!.input.shape)
}

/** The names of an operation's shapes. */
export function shapesOf(operation: OperationName): { input: string; output: string } {
  const { input, output } = description.operations[operation]!
  return { input: input.shape, output: output.shape }
}

/** Names of members, and from 0 the places in lists, from the input down. */
export type Path = readonly (string | number)[]

/** Something in an input that has a type: a member, or an item of a list. */
export interface Place {
  path: Path
  shape: ShapeDescription
  /** Whether the structure that it is a member of demands it; an item of a list is not demanded. */
  required: boolean
}

/** Every place of an operation's input, in the model's order; the second item of a list stands for all of them. */
export function placesOf(operation: OperationName): Place[] {
  return placesIn(inputOf(operation), [])
}

function placesIn(shape: ShapeDescription, path: Path): Place[] {
  if (shape.type === 'list') {
    const item = shapeNamed(shape.member!.shape)
    const place = [...path, 1]
    return [{ path: place, shape: item, required: false }, ...placesIn(item, place)]
  }
  return Object.entries(shape.members ?? {}).flatMap(([name, { shape: of }]) => {
    const member = shapeNamed(of)
    const place = [...path, name]
    const required = shape.required?.includes(name) ?? false
    return [{ path: place, shape: member, required }, ...placesIn(member, place)]
  })
}

/** An input that breaks no constraint, with every member that there is and two items in every list. */
export function wholeInput(operation: OperationName): Record<string, unknown> {
  return sample(inputOf(operation)) as Record<string, unknown>
}

function sample(shape: ShapeDescription): unknown {
  switch (shape.type) {
    case 'structure':
      return Object.fromEntries(
        Object.entries(shape.members ?? {}).map(([name, { shape: of }]) => [name, sample(shapeNamed(of))]),
      )
    case 'list': {
      const item = shapeNamed(shape.member!.shape)
      return [sample(item), sample(item)]
    }
    case 'string':
      return sampleText(shape)
    case 'boolean':
      return true
    case 'timestamp':
      return 1482351916
    case 'integer':
    case 'long':
      return 7
    default:
      throw new Error(`a shape of the unknown type ${shape.type}`)
  }
}

function sampleText({ enum: allowed, pattern }: ShapeDescription): string {
  if (allowed !== undefined) return allowed[0]!
  // Two characters: what countries have.
  const text = ['A1', '12'].find((candidate) => pattern === undefined || new RegExp(pattern).test(candidate))
  if (text === undefined) throw new Error(`no sample for the pattern ${pattern}`)
  return text
}

/** A copy of `input` with another value at `path`; undefined takes the member away. */
export function changed(input: Record<string, unknown>, path: Path, value: unknown): Record<string, unknown> {
  const copy = structuredClone(input)
  const owner = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], copy)
  const key = path.at(-1)!
  if (value === undefined) delete (owner as Record<string, unknown>)[key]
  else (owner as Record<string, unknown>)[key] = value
  return copy
}

/** A path as the front end's messages spell it: `a.2.member.b` [wire 3.5]. */
export function label(path: Path): string {
  return path
    .map((key) =>
      typeof key === 'number' ? `${key + 1}.member` : key.charAt(0).toLowerCase() + key.slice(1),
    )
    .join('.')
}

/** The structures of an input: itself, and every place that is one. */
export function structuresOf(operation: OperationName): Path[] {
  return [[], ...placesOf(operation).flatMap(({ path, shape }) => (shape.type === 'structure' ? [path] : []))]
}
