import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

/**
 * The address of the client: the connection's, or, when that is a trusted proxy, the last address before it in
 * X-Forwarded-For that is not a trusted proxy itself.
 */
export function clientAddress(c: Context, trustedProxies: readonly string[]): string {
  // A socket of both address families writes IPv4 addresses in the IPv6 way.
  const direct = (getConnInfo(c).remote.address ?? '').replace(/^::ffff:/, '')
  if (!trustedProxies.includes(direct)) return direct
  const forwarded = (c.req.header('x-forwarded-for') ?? '').split(',').map((address) => address.trim())
  return forwarded.findLast((address) => address !== '' && !trustedProxies.includes(address)) ?? direct
}
