// The constraints of the service model, all violations of a request at once, in the words of Amazon's front end
// [wire 3.5, hits 11.4]. Business rules are not here: they answer with another error.
import type { ListShape, NumberShape, Shape, StringShape, StructureShape } from '../model/shape.ts'

const mostItems = 10
const longestValue = 256

/**
 * The message of the ValidationException for a decoded input, or undefined when every constraint of `shape` is
 * satisfied. Violations stand in the model's order, at most 10.
 */
export function validate(shape: StructureShape, input: unknown): string | undefined {
  const items: string[] = []
  structureCheck(shape)(input as Values, '', items)
  if (items.length === 0) return undefined
  const shown = items.slice(0, mostItems)
  return `${shown.length} validation error${shown.length === 1 ? '' : 's'} detected: ${shown.join('; ')}`
}

type Values = Readonly<Record<string, unknown>>

/** Appends the violations of a value that is there. `path` names it, `hITId` or `a.1.member.b`. */
type Check = (value: unknown, path: string, items: string[]) => void

/** A constraint of a scalar: whether a value satisfies it, and what it demands. */
interface Constraint {
  readonly demand: string
  readonly isSatisfied: (value: string | number) => boolean
}

const structureChecks = new WeakMap<
  StructureShape,
  (value: Values, prefix: string, items: string[]) => void
>()

/** Compiles a structure's check once; `prefix` stands before the names of its members. */
function structureCheck(shape: StructureShape): (value: Values, prefix: string, items: string[]) => void {
  const known = structureChecks.get(shape)
  if (known !== undefined) return known
  const members = Object.entries(shape.members).map(([name, member]) => ({
    name,
    label: name.charAt(0).toLowerCase() + name.slice(1),
    required: member.required,
    check: checkOf(member.shape),
  }))
  const check = (value: Values, prefix: string, items: string[]) => {
    for (const member of members) {
      if (items.length >= mostItems) return
      const memberValue = value[member.name]
      if (memberValue !== undefined) member.check?.(memberValue, prefix + member.label, items)
      else if (member.required)
        items.push(violation(undefined, prefix + member.label, 'Member must not be null'))
    }
  }
  structureChecks.set(shape, check)
  return check
}

/** The check of a shape; undefined when the shape cannot be violated. */
function checkOf(shape: Shape): Check | undefined {
  switch (shape.kind) {
    case 'string':
    case 'integer':
    case 'long':
      return scalarCheck(constraintsOf(shape))
    case 'list':
      return listCheck(shape)
    case 'structure': {
      const check = structureCheck(shape)
      return (value, path, items) => check(value as Values, `${path}.`, items)
    }
    case 'boolean':
    case 'timestamp':
      return undefined
  }
}

function scalarCheck(constraints: readonly Constraint[]): Check | undefined {
  if (constraints.length === 0) return undefined
  // Within one member the pattern comes first; a list of scalars names it last.
  const ordered = [...constraints].reverse()
  return (value, path, items) => {
    for (const { demand, isSatisfied } of ordered) {
      if (!isSatisfied(value as string | number)) items.push(violation(value, path, demand))
    }
  }
}

function listCheck(shape: ListShape): Check | undefined {
  const lengths = lengthConstraints(shape)
  const itemsCheck = shape.item.kind === 'structure' ? structuresCheck(shape.item) : scalarsCheck(shape.item)
  if (lengths.length === 0 && itemsCheck === undefined) return undefined
  return (value, path, items) => {
    const { length } = value as readonly unknown[]
    for (const { demand, isSatisfied } of lengths) {
      if (!isSatisfied(length)) items.push(violation(value, path, demand))
    }
    itemsCheck?.(value, path, items)
  }
}

/** Structures in a list are checked one by one; the path of the second begins `list.2.member`. */
function structuresCheck(item: StructureShape): Check {
  const check = structureCheck(item)
  return (value, path, items) => {
    for (const [index, one] of (value as readonly Values[]).entries()) {
      if (items.length >= mostItems) return
      check(one, `${path}.${index + 1}.member.`, items)
    }
  }
}

/** Scalars in a list give one violation for the whole list, which recites every constraint of an item. */
function scalarsCheck(item: Shape): Check | undefined {
  const constraints = item.kind === 'list' || item.kind === 'structure' ? [] : constraintsOf(item)
  if (constraints.length === 0) return undefined
  const demand = `Member must satisfy constraint: [${constraints.map((one) => one.demand).join(', ')}]`
  const isRight = (one: string | number) => constraints.every((constraint) => constraint.isSatisfied(one))
  return (value, path, items) => {
    if (!(value as readonly (string | number)[]).every(isRight)) items.push(violation(value, path, demand))
  }
}

/** The constraints of a scalar, in the order in which a list's message recites them. */
function constraintsOf(shape: Exclude<Shape, ListShape | StructureShape>): readonly Constraint[] {
  switch (shape.kind) {
    case 'string':
      return textConstraints(shape)
    case 'integer':
    case 'long':
      return rangeConstraints(shape)
    case 'boolean':
    case 'timestamp':
      return []
  }
}

function textConstraints(shape: StringShape): readonly Constraint[] {
  const constraints = lengthConstraints(shape).map(({ demand, isSatisfied }) => {
    return { demand, isSatisfied: (value: string | number) => isSatisfied((value as string).length) }
  })
  if (shape.enum !== undefined) {
    const allowed: ReadonlySet<unknown> = new Set([...shape.enum, ...(shape.added ?? [])])
    constraints.push({
      demand: `Member must satisfy enum value set: [${shape.enum.join(', ')}]`,
      isSatisfied: (value) => allowed.has(value),
    })
  }
  if (shape.pattern !== undefined) {
    const pattern = new RegExp(shape.pattern)
    constraints.push({
      demand: `Member must satisfy regular expression pattern: ${shape.pattern}`,
      isSatisfied: (value) => pattern.test(value as string),
    })
  }
  return constraints
}

/** Bounds of a length; the maximum is named before the minimum. */
function lengthConstraints(
  shape: StringShape | ListShape,
): { demand: string; isSatisfied: (length: number) => boolean }[] {
  const { minimumLength, maximumLength } = shape
  const constraints = []
  if (maximumLength !== undefined) {
    constraints.push({
      demand: `Member must have length less than or equal to ${maximumLength}`,
      isSatisfied: (length: number) => length <= maximumLength,
    })
  }
  if (minimumLength !== undefined) {
    constraints.push({
      demand: `Member must have length greater than or equal to ${minimumLength}`,
      isSatisfied: (length: number) => length >= minimumLength,
    })
  }
  return constraints
}

function rangeConstraints(shape: NumberShape): readonly Constraint[] {
  const { minimum, maximum } = shape
  const constraints: Constraint[] = []
  if (maximum !== undefined) {
    constraints.push({
      demand: `Member must have value less than or equal to ${maximum}`,
      isSatisfied: (value) => (value as number) <= maximum,
    })
  }
  if (minimum !== undefined) {
    constraints.push({
      demand: `Member must have value greater than or equal to ${minimum}`,
      isSatisfied: (value) => (value as number) >= minimum,
    })
  }
  return constraints
}

function violation(value: unknown, path: string, demand: string): string {
  const shown = value === undefined ? 'null' : `'${spell(value).slice(0, longestValue).toWellFormed()}'`
  return `Value ${shown} at '${path}' failed to satisfy constraint: ${demand}`
}

/** A value as Java prints it: lists as `[a, b]`, structures as `{name=value}`. */
function spell(value: unknown): string {
  if (Array.isArray(value)) return `[${value.slice(0, longestValue).map(spell).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const members = Object.entries(value).map(([name, member]) => `${name}=${spell(member)}`)
  return `{${members.join(', ')}}`
}
