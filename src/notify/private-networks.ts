// Keeps what strangers name as a destination out of the networks behind the server: the name is looked up and every
// answer checked in the moment of connecting, so that a name cannot change its meaning in between.
import { lookup as lookUp, type LookupAddress, type LookupAllOptions } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { isPrivateAddress, isPrivateHost } from '../domain/notification.ts'
import { Undeliverable } from './transport.ts'

const refusal = 'The destination lies in a private network, which this server does not send to.'

/** Throws when the host of an address says by itself that it is private: an IP address is never looked up. */
export function refusePrivateHost(url: URL): void {
  if (isPrivateHost(url.hostname)) throw new Undeliverable(refusal)
}

/** As `dns.lookup`, but fails when any of the addresses is private. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  const all: LookupAllOptions = { ...(options as object), all: true }
  lookUp(hostname, all, (error, addresses: LookupAddress[]) => {
    if (error !== null) return callback(error, '', 0)
    if (addresses.some(({ address }) => isPrivateAddress(address)))
      return callback(new Undeliverable(refusal), '', 0)
    const [first] = addresses
    if (options.all === true) callback(null, addresses)
    else callback(null, first?.address ?? '', first?.family ?? 0)
  })
}
