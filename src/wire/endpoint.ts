// The API as one plain function: a request's bytes in, an answer's bytes out. It runs the front end's checks in
// the real service's order, because that order decides which error a client sees [wire 3.4, hits 11.6].
import type { Clock } from '../clock.ts'
import { isFault, type Fault } from '../domain/fault.ts'
import type { CallEvent } from '../log.ts'
import { isOperationName, operations, type OperationName } from '../model/operations.ts'
import { service } from '../model/service.ts'
import { isAmazonHost } from './amazon-hosts.ts'
import { corsHeaders, isAllowedOrigin, preflightHeaders, type CORSOrigins } from './cors.ts'
import {
  accessDenied,
  bodyTooLarge,
  faultAnswer,
  frameworkError,
  notTheProtocol,
  serializationError,
  serviceFault,
  throttled,
  unknownOperation,
  type ErrorAnswer,
} from './errors.ts'
import { readHeaders, type HeaderTable } from './headers.ts'
import { decode, encode, jsonContentType, Mistyped, readBody } from './json11.ts'
import { retryKey } from './retry.ts'
import { createVerifier, isRefusal, type AccessKey, type FindKey, type Verifier } from './sigv4.ts'
import { validate } from './validate.ts'

/** A request as received: `target` is path and query, `rawHeaders` Node's list of names and values. */
export interface WireRequest {
  readonly method: string
  readonly target: string
  readonly rawHeaders: readonly string[]
  readonly body: Buffer
  /** The body was over the limit; what `body` holds is not looked at. */
  readonly tooLarge?: boolean
}

/** An answer. `Date` is left to the HTTP server, which has it anyway. */
export interface WireAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer
}

/** The connection is to be destroyed without an answer: a test asked for it. */
export interface WireDrop {
  readonly drop: true
}

/** A checked call, as the runner of operations takes it. `input` is the decoded input of `operation`. */
export interface Call {
  readonly operation: OperationName
  readonly requesterId: string
  readonly accessKeyId: string
  readonly input: unknown
  /** Present when a repetition of this call must get the first answer again [wire 3.7]. */
  readonly retry?: { readonly key: string }
}

/** What came of a call; `ignored` are names in its input that meant nothing, for the log. */
export interface Executed {
  readonly output: unknown
  readonly ignored?: readonly string[]
}

/** A fault that a test injects into the next call of an operation. */
export type InjectedFault = 'ServiceFault' | 'ThrottlingException' | 'drop after commit'

export interface EndpointDependencies {
  readonly environment: 'production' | 'sandbox'
  /** The time in the stamps of error messages. */
  readonly marketClock: Clock
  /** The time that signatures are judged by. */
  readonly wallClock: Clock
  readonly requestId: () => string
  readonly findKey: FindKey
  readonly corsOrigins: CORSOrigins
  readonly execute: (call: Call) => Promise<Executed | Fault>
  readonly log: (event: CallEvent) => void
  /** The fault to inject into a call of `operation` that has passed every check, if any. */
  readonly nextFault?: (operation: OperationName) => InjectedFault | undefined
  /** Settings of the signature check [wire 4.3]. */
  readonly signature?: { readonly windowMinutes?: number; readonly explain?: boolean }
}

/** Answers one request. Never throws; bad input never gives a 500. */
export type Endpoint = (request: WireRequest) => Promise<WireAnswer | WireDrop>

/** Builds the endpoint of one market. */
export function createEndpoint(dependencies: EndpointDependencies): Endpoint {
  const { wallClock, corsOrigins, log } = dependencies
  const verifier = createVerifier({
    findKey: dependencies.findKey,
    clock: wallClock,
    service: service.signingName,
    ...dependencies.signature,
  })
  return async (request) => {
    const started = wallClock.now()
    const headers = readHeaders(request.rawHeaders)
    const trail: Trail = {}
    const outcome = await answer(request, headers, dependencies, verifier, trail).catch((error: unknown) => {
      trail.error = error
      return serviceFault(context(dependencies))
    })
    const requestId = dependencies.requestId()
    const milliseconds = wallClock.now() - started
    if ('drop' in outcome) {
      log({ requestId, ...trail, status: 'dropped', milliseconds })
      return outcome
    }
    const errorType = 'type' in outcome ? { errorType: outcome.type } : {}
    log({ requestId, ...trail, ...errorType, status: outcome.status, milliseconds })
    return finish(outcome, requestId, corsHeaders(headers.get('origin'), corsOrigins))
  }
}

/** What became known about a request while it was checked, for the log. */
interface Trail {
  operation?: OperationName
  accessKeyId?: string
  requesterId?: string
  ignored?: readonly string[]
  error?: unknown
}

interface Success {
  readonly status: 200
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

async function answer(
  request: WireRequest,
  headers: HeaderTable,
  dependencies: EndpointDependencies,
  verifier: Verifier,
  trail: Trail,
): Promise<Success | ErrorAnswer | WireDrop> {
  const refusalOfBrowser = answerBrowser(request, headers, dependencies.corsOrigins)
  if (refusalOfBrowser !== undefined) return refusalOfBrowser
  if (request.tooLarge === true) return bodyTooLarge
  const other = answerOther(request, headers)
  if (other !== undefined) return other

  const json = readBody(request.body)
  if (json === undefined) return serializationError()
  const operation = operationOf(headers.get('x-amz-target'))
  if (operation === undefined) return unknownOperation
  trail.operation = operation

  const { method, target, body } = request
  const signed = await verifier.verify({ method, target, headers, body })
  if (isRefusal(signed)) return frameworkError(signed.refused, signed.message)
  const { accessKey, bodyHash } = signed
  const { accessKeyId, requesterId } = accessKey
  trail.accessKeyId = accessKeyId

  const { input: shape } = operations[operation]
  const input = decode(shape, json)
  if (input instanceof Mistyped) return serializationError(input.message)
  const barred = checkAccount(accessKey)
  if (barred !== undefined || requesterId === undefined) {
    return faultAnswer(barred ?? { fault: 'AccountNotLinked' }, context(dependencies))
  }
  trail.requesterId = requesterId
  const violations = validate(shape, input)
  if (violations !== undefined) return frameworkError('ValidationException', violations)

  const invocationId = headers.get('amz-sdk-invocation-id')
  const key = retryKey({ operation, accessKeyId, bodyHash, invocationId })
  const call = { operation, requesterId, accessKeyId, input, ...(key && { retry: { key } }) }
  return run(call, dependencies, trail)
}

/** Preflights, and browsers whose origin is not allowed [wire 1.6]. */
function answerBrowser(
  request: WireRequest,
  headers: HeaderTable,
  allowed: CORSOrigins,
): Success | ErrorAnswer | undefined {
  const origin = headers.get('origin')
  if (origin === undefined) return undefined
  if (!isAllowedOrigin(origin, allowed)) {
    return accessDenied(`The origin ${origin} is not allowed to call this service.`)
  }
  if (request.method !== 'OPTIONS') return undefined
  return { status: 200, body: '', headers: preflightHeaders(headers) }
}

/** The health text on Amazon's host names, and everything that does not speak the protocol [wire 1.6, 3.4]. */
function answerOther(request: WireRequest, headers: HeaderTable): Success | ErrorAnswer | undefined {
  if (request.method === 'POST') {
    return request.body.length === 0 || isOurContentType(headers.get('content-type'))
      ? undefined
      : notTheProtocol
  }
  const asksForHealth = request.method === 'GET' || request.method === 'HEAD'
  if (!asksForHealth || request.target !== '/' || !isAmazonHost(headers.get('host'))) return notTheProtocol
  const body = `healthy: ${service.signingName}`
  return {
    status: 200,
    body: request.method === 'HEAD' ? '' : body,
    headers: { 'Content-Type': 'text/plain', 'Content-Length': String(body.length) },
  }
}

/** Parameters such as `; charset=utf-8` do not count, nor does case [wire 1.2]. */
function isOurContentType(contentType: string | undefined): boolean {
  return contentType?.split(';', 1)[0]!.trim().toLowerCase() === jsonContentType
}

/** The operation that `X-Amz-Target` names, in exact case, with the service before the first dot [wire 1.2]. */
function operationOf(target: string | undefined): OperationName | undefined {
  const prefix = `${service.targetPrefix}.`
  if (target?.startsWith(prefix) !== true) return undefined
  const name = target.slice(prefix.length)
  return isOperationName(name) ? name : undefined
}

function checkAccount(accessKey: AccessKey): Fault | undefined {
  if (!accessKey.linked || accessKey.requesterId === undefined) return { fault: 'AccountNotLinked' }
  return accessKey.suspended ? { fault: 'PermissionDenied' } : undefined
}

async function run(
  call: Call,
  dependencies: EndpointDependencies,
  trail: Trail,
): Promise<Success | ErrorAnswer | WireDrop> {
  const injected = dependencies.nextFault?.(call.operation)
  if (injected === 'ServiceFault') return serviceFault(context(dependencies))
  if (injected === 'ThrottlingException') return throttled(1)
  const outcome = await dependencies.execute(call)
  if (injected === 'drop after commit') return { drop: true }
  if (isFault(outcome)) return faultAnswer(outcome, context(dependencies))
  if (outcome.ignored !== undefined) trail.ignored = outcome.ignored
  // The output's type belongs to the operation, which is known by name only here; its own types checked it.
  return { status: 200, body: encode(operations[call.operation].output, outcome.output as never) }
}

function context({ environment, marketClock }: EndpointDependencies) {
  return { environment, now: marketClock.now() }
}

/** The headers that every answer carries [wire 2.1]; the 404 of a foreign protocol alone has no content type. */
function finish(
  outcome: Success | ErrorAnswer,
  requestId: string,
  cors: Readonly<Record<string, string>>,
): WireAnswer {
  const { status, body } = outcome
  const isJSON = body.startsWith('{')
  return {
    status,
    headers: {
      'x-amzn-RequestId': requestId,
      ...(isJSON ? { 'Content-Type': jsonContentType } : {}),
      'Content-Length': String(Buffer.byteLength(body)),
      ...outcome.headers,
      ...cors,
    },
    body,
  }
}
