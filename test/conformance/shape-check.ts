// What the service's description says about a value: what is wrong with it, which members it has, and what is left of
// it without those that may be absent. Members are named as `Shape.Member`.
import type { OperationName } from '../../src/model/operations.ts'
import type { ShapeDescription } from '../../src/model/to-service-description.ts'
import { placesOf, shapeNamed, shapesOf, type Path } from './model-description.ts'

type Structure = Record<string, unknown>

const isStructure = (value: unknown): value is Structure =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What is wrong with a JSON value as one of the shape, a line each. */
export function problemsOf(name: string, value: unknown, path: string = name): string[] {
  const shape = shapeNamed(name)
  const wrong = (problem: string) => [`${path}: ${JSON.stringify(value)} ${problem}`]
  switch (shape.type) {
    case 'structure':
      return isStructure(value) ? structureProblems(shape, value, path) : wrong('is no structure')
    case 'list':
      if (!Array.isArray(value)) return wrong('is no list')
      return value.flatMap((item, index) => problemsOf(shape.member!.shape, item, `${path}[${index}]`))
    case 'string':
      return typeof value === 'string' ? textProblems(shape, value).flatMap(wrong) : wrong('is no text')
    case 'boolean':
      return typeof value === 'boolean' ? [] : wrong('is no boolean')
    case 'integer':
      return Number.isInteger(value) && Math.abs(value as number) < 2 ** 31 ? [] : wrong('is no integer')
    case 'long':
      return Number.isSafeInteger(value) ? [] : wrong('is no long')
    case 'timestamp':
      // Whole seconds; what is not of this age is in milliseconds, or no time at all.
      return Number.isInteger(value) && (value as number) > 1e9 && (value as number) < 1e10
        ? []
        : wrong('is no time in seconds')
    default:
      throw new Error(`a shape of the unknown type ${shape.type}`)
  }
}

function structureProblems(shape: ShapeDescription, value: Structure, path: string): string[] {
  const members = shape.members ?? {}
  const missing = (shape.required ?? []).filter((name) => !(name in value))
  return [
    ...missing.map((name) => `${path}: ${name} is missing`),
    ...Object.entries(value).flatMap(([name, inner]) => {
      const member = members[name]
      return member ? problemsOf(member.shape, inner, `${path}.${name}`) : [`${path}: ${name} is unknown`]
    }),
  ]
}

function textProblems({ enum: allowed, pattern, min = 0, max = Infinity }: ShapeDescription, text: string) {
  const problems: string[] = []
  if (allowed !== undefined && !allowed.includes(text)) problems.push(`is none of ${allowed.join(', ')}`)
  if (pattern !== undefined && !new RegExp(pattern).test(text)) problems.push(`does not match ${pattern}`)
  const { length } = Array.from(text)
  if (length < min || length > max) problems.push(`has not ${min} to ${max} characters`)
  return problems
}

/** The members that a value of the shape has, in all its structures. */
export function membersIn(name: string, value: unknown): string[] {
  const shape = shapeNamed(name)
  if (Array.isArray(value)) return value.flatMap((item) => membersIn(shape.member!.shape, item))
  if (!isStructure(value)) return []
  return Object.entries(value).flatMap(([member, inner]) => {
    const known = shape.members?.[member]
    return known ? [`${name}.${member}`, ...membersIn(known.shape, inner)] : []
  })
}

/** The members that values of the shape can have, in all their structures. */
export function membersOf(name: string): string[] {
  const shape = shapeNamed(name)
  if (shape.type === 'list') return membersOf(shape.member!.shape)
  return Object.entries(shape.members ?? {}).flatMap(([member, { shape: of }]) => [
    `${name}.${member}`,
    ...membersOf(of),
  ])
}

/** What is left of a value of the shape when only the members stay that are required, or that `isNeeded`. */
export function without(name: string, value: unknown, isNeeded: (member: string) => boolean): unknown {
  const shape = shapeNamed(name)
  if (Array.isArray(value)) return value.map((item) => without(shape.member!.shape, item, isNeeded))
  if (!isStructure(value)) return value
  const left = Object.entries(value).filter(
    ([member]) => (shape.required ?? []).includes(member) || isNeeded(`${name}.${member}`),
  )
  return Object.fromEntries(
    left.map(([member, inner]) => [member, without(shape.members![member]!.shape, inner, isNeeded)]),
  )
}

/** A place of an input in short: `HITReviewPolicy.Parameters[].Key`. */
const shortly = (path: Path) =>
  path
    .map((key) => (typeof key === 'number' ? '[]' : `.${key}`))
    .join('')
    .slice(1)

/** All members that inputs of the operation can have, by place, with whether they must be there. */
export function inputMembers(operation: OperationName): { place: string; required: boolean }[] {
  return placesOf(operation)
    .filter(({ path }) => typeof path.at(-1) === 'string')
    .map(({ path, required }) => ({ place: shortly(path), required }))
}

/** The places of members that an input has, and of those that one of its structures lacks. */
export function placesIn(operation: OperationName, input: object): { given: string[]; absent: string[] } {
  const given: string[] = []
  const absent: string[] = []
  const visit = (name: string, value: unknown, place: string): void => {
    const shape = shapeNamed(name)
    if (Array.isArray(value)) {
      for (const item of value) visit(shape.member!.shape, item, `${place}[]`)
    } else if (isStructure(value)) {
      for (const [member, { shape: of }] of Object.entries(shape.members ?? {})) {
        const inner = place === '' ? member : `${place}.${member}`
        if (member in value) {
          given.push(inner)
          visit(of, value[member], inner)
        } else absent.push(inner)
      }
    }
  }
  visit(shapesOf(operation).input, input, '')
  return { given, absent }
}
