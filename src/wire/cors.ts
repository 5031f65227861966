// Browsers may call the API (Amazon's allowed any origin). The operator says which origins may; every other
// browser request is refused before anything runs, because a demo server's keys are public knowledge [wire 1.6].
import type { HeaderTable } from './headers.ts'

/** `*`, or the origins that may call; an empty list allows none. */
export type CORSOrigins = '*' | readonly string[]

const exposed = 'x-amzn-RequestId,x-amzn-ErrorType,x-amz-request-id,x-amz-id-2,x-amzn-ErrorMessage,Date'
const preflightSeconds = '172800'

/** Whether a request that names this origin may be answered. Programs outside of browsers name none. */
export function isAllowedOrigin(origin: string | undefined, allowed: CORSOrigins): boolean {
  return origin === undefined || allowed === '*' || allowed.includes(origin)
}

/** What every answer to an allowed origin carries. `Date` is exposed: browser SDKs correct their clock by it. */
export function corsHeaders(origin: string | undefined, allowed: CORSOrigins): Record<string, string> {
  if (origin === undefined || !isAllowedOrigin(origin, allowed)) return {}
  return {
    'Access-Control-Allow-Origin': allowed === '*' ? '*' : origin,
    'Access-Control-Expose-Headers': exposed,
    ...(allowed === '*' ? {} : { Vary: 'Origin' }),
  }
}

/** What the answer to a preflight adds: whatever was asked for, since the signature guards the call itself. */
export function preflightHeaders(headers: HeaderTable): Record<string, string> {
  return {
    'Access-Control-Allow-Headers': headers.get('access-control-request-headers') ?? '',
    'Access-Control-Allow-Methods': headers.get('access-control-request-method') ?? 'POST',
    'Access-Control-Max-Age': preflightSeconds,
  }
}
