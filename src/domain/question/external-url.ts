// What an ExternalURL may be. The page is shown with the storage and cookies of its own origin; were that our own,
// a requester's page could act as the worker who looks at it.

import type { Fault } from '../fault.ts'
import { RESERVED_NAMES } from './frame-url.ts'

export interface ExternalURLOptions {
  /** Accept http:// too, for tests and servers without certificates. */
  allowHTTP?: boolean
  /** Origins of this server, as `https://host[:port]`: a URL on one of them is refused. */
  ownOrigins?: readonly string[]
}

/** The fault of an ExternalURL, or undefined when it may be shown: InvalidParameterValue on `ExternalURL` [questions 5.1, 11.2]. */
export function checkExternalURL(url: string, options: ExternalURLOptions = {}): Fault | undefined {
  const schemes = options.allowHTTP ? /^https?:\/\//i : /^https:\/\//i
  if (!schemes.test(url)) return refuse(url, 'This URL must use the HTTPS protocol.')
  const parsed = URL.parse(url)
  if (!parsed) return refuse(url)
  const reserved = RESERVED_NAMES.find((name) => parsed.searchParams.has(name))
  if (reserved) return refuse(url, `The query parameter ${reserved} is reserved`)
  const own = options.ownOrigins?.some((origin) => URL.parse(origin)?.origin === parsed.origin)
  if (own) return refuse(url, 'A page of this server cannot be a task')
  return undefined
}

function refuse(value: string, explanation?: string): Fault {
  return {
    fault: 'InvalidParameterValue',
    parameter: 'ExternalURL',
    value,
    ...(explanation && { explanation }),
  }
}
