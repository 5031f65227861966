// Derived signing keys. Deriving costs four HMACs, as much as the rest of a verification, and a client signs a
// whole day with one derived key, so they are kept [wire 4.5, 4.6].
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'

/** Scopes kept for one access key: today and yesterday in two regions. The region is chosen by the client. */
const scopesPerKey = 4

/** A secret under the name that changes when it is rotated. */
export interface Secret {
  readonly accessKeyId: string
  readonly secret: string
  readonly secretVersion: string
}

export interface SigningKeys {
  /** The signing key of a secret for a day (`yyyymmdd`), region and service. */
  derive(secret: Secret, date: string, region: string, service: string): KeyObject
  /** Access keys with something kept. */
  readonly size: number
}

interface Kept {
  readonly secretVersion: string
  readonly scopes: Map<string, KeyObject>
}

/**
 * A cache of signing keys of at most `accessKeys` access keys, least recently used dropped first. Nobody can fill
 * it with invented regions: each access key has a few places of its own. A new `secretVersion` drops the old keys.
 */
export function createSigningKeys(accessKeys: number): SigningKeys {
  const kept = new Map<string, Kept>()
  return {
    get size() {
      return kept.size
    },
    derive(secret, date, region, service) {
      let own = kept.get(secret.accessKeyId)
      if (own?.secretVersion !== secret.secretVersion) {
        own = { secretVersion: secret.secretVersion, scopes: new Map() }
      }
      touch(kept, secret.accessKeyId, own, accessKeys)
      const scope = `${date}/${region}/${service}`
      const key = own.scopes.get(scope) ?? deriveKey(secret.secret, date, region, service)
      touch(own.scopes, scope, key, scopesPerKey)
      return key
    },
  }
}

/** Puts an entry at the young end of a map (maps keep the order of insertion) and drops the oldest over `limit`. */
function touch<Entry>(map: Map<string, Entry>, name: string, entry: Entry, limit: number): void {
  map.delete(name)
  map.set(name, entry)
  if (map.size > limit) map.delete(map.keys().next().value!)
}

function deriveKey(secret: string, date: string, region: string, service: string): KeyObject {
  const ofDate = hmac(`AWS4${secret}`, date)
  const ofRegion = hmac(ofDate, region)
  const ofService = hmac(ofRegion, service)
  return createSecretKey(hmac(ofService, 'aws4_request'))
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
