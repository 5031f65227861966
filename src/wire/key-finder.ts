import { isFault } from '../domain/fault.ts'
import { operator } from '../operations/operation.ts'
import { FindKey } from '../operations/operator/FindKey.ts'
import type { Runner } from '../operations/run.ts'
import type { Secrets } from '../secrets.ts'
import type { AccessKey } from './sigv4.ts'

/** Looks keys up with their secrets decrypted; an unchanged secret is decrypted once. */
export function createKeyFinder(runner: Runner, secrets: Secrets) {
  const opened = new Map<string, { sealed: string; secret: string }>()
  return async (accessKeyId: string): Promise<AccessKey | undefined> => {
    const found = await runner.run(FindKey, operator, { accessKeyId })
    if (isFault(found) || found.key === undefined) return undefined
    const { key } = found
    let known = opened.get(accessKeyId)
    if (known === undefined || known.sealed !== key.secret) {
      known = { sealed: key.secret, secret: secrets.decrypt(key.secret) }
      if (opened.size >= 10_000) opened.clear()
      opened.set(accessKeyId, known)
    }
    return {
      accessKeyId,
      secret: known.secret,
      secretVersion: key.version,
      requesterId: key.requesterId,
      suspended: key.suspended,
      linked: key.linked,
    }
  }
}
