// What a description of an API is made of: shapes as plain frozen data. The wire layer validates by walking
// them, `Value` turns them into TypeScript types, and `to-service-description.ts` into botocore's own format,
// so that each fact about the API is written down once.

/** Text; its length is limited in UTF-16 units. `pattern` is the regular expression's source, anchored. */
export interface StringShape<Text extends string = string> {
  readonly kind: 'string'
  readonly name: string
  readonly minimumLength?: number
  readonly maximumLength?: number
  readonly pattern?: string
  readonly enum?: readonly Text[]
  /** Values of our own beside those of `enum`, which Amazon never had. Errors list Amazon's alone. */
  readonly added?: readonly Text[]
}

/** A whole number: `integer` has 32 bits, `long` has 64 [wire 1.5]. */
export interface NumberShape {
  readonly kind: 'integer' | 'long'
  readonly name: string
  readonly minimum?: number
  readonly maximum?: number
}

export interface BooleanShape {
  readonly kind: 'boolean'
  readonly name: string
}

/** A moment: epoch milliseconds in our code, epoch seconds on the wire [wire 1.4]. */
export interface TimestampShape {
  readonly kind: 'timestamp'
  readonly name: string
}

export interface ListShape<Item extends Shape = Shape> {
  readonly kind: 'list'
  readonly name: string
  readonly item: Item
  readonly minimumLength?: number
  readonly maximumLength?: number
}

/** Members stand in the model's own order: validation errors and answers are emitted in it [wire 2.3, 3.5]. */
export interface StructureShape<Named extends Members = Members> {
  readonly kind: 'structure'
  readonly name: string
  readonly members: Named
}

export type ScalarShape = StringShape | NumberShape | BooleanShape | TimestampShape
export type Shape = ScalarShape | ListShape | StructureShape
export type ShapeKind = Shape['kind']

/** A member of a structure: its shape, and what the structure says about it. */
export interface Member<Of extends Shape = Shape, Required extends boolean = boolean> {
  readonly shape: Of
  readonly required: Required
  readonly deprecated?: true
}

export interface Members {
  readonly [name: string]: Member
}

/** The TypeScript type of the values of a shape. */
export type Value<S extends Shape> =
  S extends StringShape<infer Text>
    ? Text
    : S extends NumberShape | TimestampShape
      ? number
      : S extends BooleanShape
        ? boolean
        : S extends ListShape<infer Item>
          ? readonly Value<Item>[]
          : S extends StructureShape<infer Named>
            ? StructureValue<Named>
            : never

type RequiredNames<Named extends Members> = {
  [Name in keyof Named]: Named[Name]['required'] extends true ? Name : never
}[keyof Named]

/** An object with the required members, and the others as `?: T | undefined`. */
export type StructureValue<Named extends Members> = Flat<
  { -readonly [Name in RequiredNames<Named>]: Value<Named[Name]['shape']> } & {
    -readonly [Name in Exclude<keyof Named, RequiredNames<Named>>]?: Value<Named[Name]['shape']> | undefined
  }
>

/** One object type instead of an intersection: shorter in errors and in an editor. */
type Flat<T> = { [Name in keyof T]: T[Name] }

interface StringConstraints<Text extends string> {
  minimumLength?: number
  maximumLength?: number
  pattern?: string
  enum?: readonly Text[]
  added?: readonly Text[]
}

/** A string shape; with `enum`, its value is the union of the listed texts. */
export function string<const Text extends string = string>(
  name: string,
  constraints: StringConstraints<Text> = {},
): StringShape<Text> {
  if (constraints.enum) Object.freeze(constraints.enum)
  if (constraints.added) Object.freeze(constraints.added)
  return Object.freeze({ kind: 'string', name, ...constraints })
}

/** A whole number of 32 bits. */
export function integer(name: string, range: { minimum?: number; maximum?: number } = {}): NumberShape {
  return Object.freeze({ kind: 'integer', name, ...range })
}

/** A whole number of 64 bits. */
export function long(name: string, range: { minimum?: number; maximum?: number } = {}): NumberShape {
  return Object.freeze({ kind: 'long', name, ...range })
}

/** True or false. */
export function boolean(name: string): BooleanShape {
  return Object.freeze({ kind: 'boolean', name })
}

/** A moment; epoch milliseconds in our code. */
export function timestamp(name: string): TimestampShape {
  return Object.freeze({ kind: 'timestamp', name })
}

/** A list of one kind of item; never sparse [wire 1.3]. */
export function list<Item extends Shape>(
  name: string,
  item: Item,
  length: { minimumLength?: number; maximumLength?: number } = {},
): ListShape<Item> {
  return Object.freeze({ kind: 'list', name, item, ...length })
}

/** A structure with the given members, in the model's order. */
export function structure<const Named extends Members>(name: string, members: Named): StructureShape<Named> {
  return Object.freeze({ kind: 'structure', name, members: Object.freeze(members) })
}

/** A member that must be there; null counts as absent [wire 1.3]. */
export function required<S extends Shape>(shape: S): Member<S, true> {
  return Object.freeze({ shape, required: true })
}

/** A member that may be absent. */
export function optional<S extends Shape>(shape: S): Member<S, false> {
  return Object.freeze({ shape, required: false })
}

/** An optional member that Amazon had superseded, but still took and answered. */
export function deprecated<S extends Shape>(shape: S): Member<S, false> {
  return Object.freeze({ shape, required: false, deprecated: true })
}
