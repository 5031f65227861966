import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { Refused } from './command.ts'

/** The text of a file, or of standard input for `-`. Throws a Refused when it cannot be read or is not UTF-8. */
export async function readText(path: string): Promise<string> {
  const bytes = await (path === '-' ? buffer(process.stdin) : readFile(path)).catch((error: Error) => {
    throw new Refused(`${path} cannot be read: ${error.message}`)
  })
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Refused(`${path} is not text in UTF-8.`)
  }
}
