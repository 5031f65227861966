// Our description of the API in botocore's own format, for clients whose makers have dropped the service: a
// folder of these files named by AWS_DATA_PATH brings boto3 and the AWS CLI their MTurk client back.
import { errors } from './errors.ts'
import type { Operation } from './operation.ts'
import { operations } from './operations.ts'
import { service } from './service.ts'
import type { Shape, StructureShape } from './shape.ts'

interface ShapeReference {
  shape: string
  deprecated?: true
}

/** A shape as `service-2.json` spells it. */
export interface ShapeDescription {
  type: string
  members?: Record<string, ShapeReference>
  required?: string[]
  member?: ShapeReference
  pattern?: string
  enum?: string[]
  min?: number
  max?: number
  exception?: true
  fault?: true
}

export interface OperationDescription {
  name: string
  http: { method: 'POST'; requestUri: '/' }
  input: ShapeReference
  output: ShapeReference
  errors: ShapeReference[]
  idempotent?: true
}

/** The content of botocore's `service-2.json`, without its documentation. */
export interface ServiceDescription {
  version: '2.0'
  metadata: Record<string, string | string[]>
  operations: Record<string, OperationDescription>
  shapes: Record<string, ShapeDescription>
}

export interface PaginatorDescription {
  input_token: string
  output_token: string
  limit_key: string
  result_key: string
}

/** The content of `mturk/2017-01-17/service-2.json` in a folder that botocore loads, with our own values or without. */
export function toServiceDescription(additions: 'with' | 'without' = 'with'): ServiceDescription {
  const collected = new Map<string, Shape>()
  for (const operation of Object.values(operations)) {
    collect(operation.input, collected)
    collect(operation.output, collected)
  }
  const shapes: Record<string, ShapeDescription> = {}
  for (const { shape, fault } of Object.values(errors)) {
    collect(shape, collected)
    shapes[shape.name] = {
      ...describeShape(shape, additions),
      exception: true,
      ...(fault ? { fault: true } : {}),
    }
  }
  for (const shape of collected.values()) shapes[shape.name] ??= describeShape(shape, additions)
  return {
    version: '2.0',
    metadata: metadata(),
    operations: mapValues(operations, describeOperation),
    shapes,
  }
}

/** The content of `paginators-1.json` beside it. */
export function toPaginators(): { pagination: Record<string, PaginatorDescription> } {
  const pagination: Record<string, PaginatorDescription> = {}
  for (const [name, operation] of Object.entries<Operation>(operations)) {
    if (operation.pages === undefined) continue
    pagination[name] = {
      input_token: 'NextToken',
      output_token: 'NextToken',
      limit_key: 'MaxResults',
      result_key: operation.pages,
    }
  }
  return { pagination }
}

function metadata(): ServiceDescription['metadata'] {
  return {
    apiVersion: service.apiVersion,
    endpointPrefix: service.signingName,
    jsonVersion: service.jsonVersion,
    protocol: 'json',
    protocols: ['json'],
    serviceAbbreviation: service.shortName,
    serviceFullName: service.fullName,
    serviceId: service.serviceId,
    signatureVersion: 'v4',
    targetPrefix: service.targetPrefix,
    uid: `${service.signingName}-${service.apiVersion}`,
    auth: ['aws.auth#sigv4'],
  }
}

function describeOperation(operation: Operation, name: string): OperationDescription {
  return {
    name,
    http: { method: 'POST', requestUri: '/' },
    input: { shape: operation.input.name },
    output: { shape: operation.output.name },
    errors: operation.errors.map((shape) => ({ shape })),
    ...(operation.idempotent ? { idempotent: true } : {}),
  }
}

/** Puts `shape` and all that it is made of under their names. Two shapes of one name are a bug in the model. */
function collect(shape: Shape, into: Map<string, Shape>): void {
  const known = into.get(shape.name)
  if (known === shape) return
  if (known) throw new Error(`Two different shapes are called ${shape.name}`)
  into.set(shape.name, shape)
  if (shape.kind === 'list') collect(shape.item, into)
  if (shape.kind === 'structure') {
    for (const member of Object.values(shape.members)) collect(member.shape, into)
  }
}

function describeShape(shape: Shape, additions: 'with' | 'without'): ShapeDescription {
  switch (shape.kind) {
    case 'string':
      return defined({
        type: shape.kind,
        min: shape.minimumLength,
        max: shape.maximumLength,
        pattern: shape.pattern,
        enum: shape.enum && [...shape.enum, ...((additions === 'with' && shape.added) || [])],
      })
    case 'integer':
    case 'long':
      return defined({ type: shape.kind, min: shape.minimum, max: shape.maximum })
    case 'boolean':
    case 'timestamp':
      return { type: shape.kind }
    case 'list':
      return defined({
        type: shape.kind,
        member: { shape: shape.item.name },
        min: shape.minimumLength,
        max: shape.maximumLength,
      })
    case 'structure':
      return describeStructure(shape)
  }
}

function describeStructure({ members }: StructureShape): ShapeDescription {
  const required = Object.keys(members).filter((name) => members[name]?.required)
  return {
    type: 'structure',
    ...(required.length > 0 ? { required } : {}),
    members: mapValues(members, ({ shape, deprecated }) => ({
      shape: shape.name,
      ...(deprecated ? { deprecated } : {}),
    })),
  }
}

function mapValues<T, U>(object: { readonly [name: string]: T }, map: (value: T, name: string) => U) {
  const result: Record<string, U> = {}
  for (const [name, value] of Object.entries(object)) result[name] = map(value, name)
  return result
}

/** The members of `object` that have a value. */
function defined<T extends object>(object: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as never
}
