// Keeps what strangers name as a destination out of the networks behind the server: the name is looked up and every
// answer checked in the moment of connecting, so that a name cannot change its meaning in between.
import type { LookupAddress } from 'node:dns'
import { Resolver } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { isPrivateAddress, isPrivateHost } from '../domain/private-address.ts'
import { server } from '../limits.ts'
import { Undeliverable } from './transport.ts'

const bounds = server.notifications

const refusal = 'The destination lies in a private network, which this server does not send to.'

/** Throws when the host of an address says by itself that it is private: an IP address is never looked up. */
export function refusePrivateHost(url: URL): void {
  if (isPrivateHost(url.hostname)) throw new Undeliverable(refusal)
}

/** The addresses that a name has in the DNS, of one family (4 or 6) or of both. */
async function resolve(resolver: Resolver, name: string, family: number): Promise<LookupAddress[]> {
  const asked = [
    ...(family === 6 ? [] : [ofFamily(4, resolver.resolve4(name))]),
    ...(family === 4 ? [] : [ofFamily(6, resolver.resolve6(name))]),
  ]
  const answers = await Promise.allSettled(asked)
  const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
  const refused = answers.find((answer) => answer.status === 'rejected')
  if (found.length === 0 && refused !== undefined) throw refused.reason
  return found
}

async function ofFamily(family: 4 | 6, addresses: Promise<string[]>): Promise<LookupAddress[]> {
  return (await addresses).map((address) => ({ address, family }))
}

const families: Record<string, number> = { IPv4: 4, IPv6: 6 }

/** As `dns.lookup` by this resolver, but fails when any of the addresses is private. */
export function lookupBy(resolver: Resolver): LookupFunction {
  const find = async (name: string, family: string | number): Promise<LookupAddress[]> => {
    const given = isIP(name)
    if (isPrivateHost(name)) throw new Undeliverable(refusal)
    const addresses =
      given > 0
        ? [{ address: name, family: given }]
        : await resolve(resolver, name, families[family] ?? Number(family))
    if (addresses.length === 0 || addresses.some(({ address }) => isPrivateAddress(address)))
      throw new Undeliverable(refusal)
    return addresses
  }
  const answer = async (...[name, { family = 0, all = false }, callback]: Parameters<LookupFunction>) => {
    let addresses: LookupAddress[]
    try {
      addresses = await find(name, family)
    } catch (error) {
      return callback(error as Error, '', 0)
    }
    if (all) callback(null, addresses)
    else callback(null, addresses[0]!.address, addresses[0]!.family)
  }
  return (...asked) => void answer(...asked)
}

/**
 * The lookup of public destinations. The system's own holds one of very few threads until a name's servers have answered:
 * some names whose servers are silent would keep every other name waiting.
 */
export const publicLookup = lookupBy(new Resolver({ timeout: bounds.lookupTime, tries: bounds.lookupTries }))
