// The server key: from the environment, else from a file that only the server's user can read, made on first use.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Ids } from './ids.ts'

/**
 * Keys of 32 bytes. Throws with a sentence when the file is not one, or others can read it, or it is missing and no
 * `ids` are given to make it of.
 */
export function loadServerKeys(
  given: readonly Buffer[] | undefined,
  dataFolder: string,
  ids: Ids | undefined,
): readonly Buffer[] {
  if (given !== undefined) return given
  const path = join(dataFolder, 'secret.key')
  if (!existsSync(path)) {
    if (ids === undefined)
      throw new Error(
        `There is no server key ${path}: set KEMPELEN_DATA or KEMPELEN_SECRET_KEY as for the server.`,
      )
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
    const key = Buffer.from(ids.secret(32), 'base64url').toString('base64')
    writeFileSync(path, `${key}\n`, { mode: 0o600, flag: 'wx' })
  }
  if ((statSync(path).mode & 0o077) !== 0) {
    throw new Error(`${path} can be read by others; run: chmod 600 ${path}`)
  }
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64')
  if (key.length !== 32) throw new Error(`${path} does not hold a server key of 32 bytes in base64.`)
  return [key]
}
