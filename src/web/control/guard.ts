// Who may use the control API: programs on this machine, or with the token. A web page never may: not one on
// another origin, and not a task in a frame; browsers say where a request comes from [design 7].
import { timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'

export interface ControlAccess {
  /** Host names, ports included, under which this server is known. */
  hosts: readonly string[]
  token: string | undefined
  /** Whether a host name means this machine only. */
  isLocal(host: string): boolean
}

/** Of what kind a file may say that it is: none that a web page could send without asking first. */
const fileTypes = ['application/json', 'text/csv', 'application/octet-stream']

/** Why a request is refused, or undefined. */
export function refuseAccess(c: Context, access: ControlAccess): string | undefined {
  const header = (name: string) => c.req.header(name)
  if (header('origin') !== undefined)
    return 'The control API is not for web pages: the request has an Origin.'
  const site = header('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return 'The control API is not for web pages of other sites.'
  }
  const type = header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  const types = c.req.path.startsWith('/_control/imports') ? fileTypes : ['application/json']
  if (c.req.method === 'POST' && !types.includes(type)) return `Send the body as ${types.join(' or ')}.`
  const host = (header('host') ?? '').toLowerCase()
  const name = URL.parse(`http://${host}`)?.hostname ?? ''
  if (!access.isLocal(name) && !access.hosts.includes(host)) return `The Host "${host}" is not this server's.`
  if (access.token !== undefined && !isToken(header('authorization'), access.token)) {
    return 'Send the token: Authorization: Bearer <KEMPELEN_CONTROL_TOKEN>.'
  }
  return undefined
}

function isToken(authorization: string | undefined, token: string): boolean {
  const given = Buffer.from(/^Bearer +(.*)$/i.exec(authorization ?? '')?.[1] ?? '')
  const expected = Buffer.from(token)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
