// AnswerFormatRegex on the server. The pattern is JavaScript's; RE2 matches it in time that grows only with the text,
// whatever a requester wrote. What RE2 cannot express (look-around, back references, counts over 1000) and what
// JavaScript itself does not accept is left to the page [questions 2.5].

import type { RE2JS } from 're2js'
import { server } from '../../limits.ts'
import type { FreeTextAnswer } from './form.ts'

export type AnswerFormatRegex = FreeTextAnswer['regexes'][number]

/** Whether a text matches a pattern anywhere; undefined when that cannot be said here. */
export type Matcher = (regex: AnswerFormatRegex, text: string) => boolean | undefined

interface Pattern {
  test(text: string): boolean
}

const compiled = new Map<string, Pattern | undefined>()

/**
 * A matcher for the answers of one submission. The library is imported at the first pattern. Texts beyond the bounds
 * of `limits.ts` are not judged, neither one alone nor all of a submission together.
 */
export async function loadMatcher(): Promise<Matcher> {
  const { RE2JS: library } = await import('re2js')
  let left: number = server.matchedCharacters
  return ({ regex, flags = '' }, text) => {
    left -= text.length + 1
    if (left < 0 || text.length > server.matchedLength) return undefined
    const key = `${flags.includes('i') ? 'i' : ''} ${regex}`
    let pattern = compiled.get(key)
    if (pattern === undefined && !compiled.has(key)) {
      pattern = compile(library, regex, flags)
      if (compiled.size >= server.keptPatterns) compiled.clear()
      compiled.set(key, pattern)
    }
    return pattern?.test(text)
  }
}

/** The patterns among these that only a page can check, each once. */
export async function uncheckable(regexes: readonly AnswerFormatRegex[]): Promise<string[]> {
  if (regexes.length === 0) return []
  const matches = await loadMatcher()
  const left = regexes.filter((regex) => matches(regex, '') === undefined).map(({ regex }) => regex)
  return [...new Set(left)]
}

type Library = typeof RE2JS

function compile(library: Library, regex: string, flags: string): Pattern | undefined {
  const source = inRE2(regex)
  if (source === undefined) return undefined
  try {
    const pattern = library.compile(
      library.translateRegExp(source),
      flags.includes('i') ? library.CASE_INSENSITIVE : 0,
    )
    return { test: (text) => pattern.matcher(text).find() }
  } catch {
    return undefined
  }
}

/** White space and ends of line as JavaScript knows them; RE2 knows those of ASCII alone. */
const spaces = String.raw`\t\n\v\f\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}`
const anything = String.raw`[^\n\r\x{2028}\x{2029}]`

/** The pattern with the meaning that JavaScript gives it; undefined when it has none, or halves of characters in it. */
function inRE2(regex: string): string | undefined {
  try {
    new RegExp(regex)
  } catch {
    return undefined
  }
  if (/\\u[dD][89a-fA-F]/.test(regex)) return undefined
  let source = ''
  let isInClass = false
  for (let at = 0; at < regex.length; at += 1) {
    const character = regex.charAt(at)
    if (character === '\\') {
      at += 1
      source += escapeInRE2(regex.charAt(at), isInClass)
    } else if (isInClass) {
      if (character === ']') isInClass = false
      // RE2 would read [:alpha:] as the name of a class.
      source += character === '[' ? '\\[' : character
    } else if (character === '[') {
      isInClass = true
      source += character
    } else {
      source += character === '.' ? anything : character
    }
  }
  return source
}

/** An escape whose letter is `letter`. A letter that means nothing to JavaScript stands for itself. */
function escapeInRE2(letter: string, isInClass: boolean): string {
  if (letter === 's') return isInClass ? spaces : `[${spaces}]`
  if (letter === 'S' && !isInClass) return `[^${spaces}]`
  if (letter === 'b' && isInClass) return '\\x08'
  return /[A-Za-z]/.test(letter) && !'bBdDSwWfnrtvcxuk'.includes(letter) ? letter : `\\${letter}`
}
