// The operator's terms: a file of plain text, or our own words where he names none.
import { readFileSync, statSync } from 'node:fs'
import { toISO } from '../clock.ts'
import type { Terms } from '../domain/account.ts'
import { server } from '../limits.ts'
import { fingerprint } from '../secrets.ts'
import { usualTerms, usualTermsDate } from '../web/messages/en/reading.ts'

const versionLength = 12

/** Reads the terms. Throws with a sentence when the file cannot be read, is empty or too long, or is not UTF-8. */
export function loadTerms(path: string | undefined): Terms {
  if (path === undefined) return termsOf(usualTerms, usualTermsDate)
  const refuse = (what: string) => new Error(`The terms ${path} (KEMPELEN_TERMS) ${what}.`)
  let bytes: Buffer
  let dated: string
  try {
    bytes = readFileSync(path)
    dated = toISO(statSync(path).mtimeMs).slice(0, 10)
  } catch (error) {
    throw refuse(`cannot be read: ${(error as Error).message}`)
  }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw refuse('are not text in UTF-8')
  }
  if (text.trim() === '') throw refuse('are empty')
  if (text.length > server.account.termsLength) throw refuse('are longer than 100,000 characters')
  return termsOf(text, dated)
}

function termsOf(text: string, dated: string): Terms {
  return { text, version: fingerprint(text).slice(0, versionLength), dated }
}
