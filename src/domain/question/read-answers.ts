// Our own answer documents read back, for result tables and pages. They are written by answers.ts alone, in one
// form, so a small reader does: it is many times faster than the XML parser and needs no waiting, which counts when
// a hundred thousand rows go into a file. Texts of other origin go through xml.ts.

import type { Answer } from './answers.ts'

const ELEMENT = /<(\/?)(\w+)(?: xmlns="[^"]*")?>([^<]*)/g
const REFERENCE = /&(?:amp|lt|gt|#(\d+));/g
const NAMED: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' }

/**
 * The answers of a document that `writeAnswers` made, in its order; what was left out or changed in writing stays
 * so. An empty text (no answer stored) gives none. Anything else is a bug and throws [questions 9.1].
 */
export function readAnswers(document: string): Answer[] {
  if (document === '') return []
  if (!document.endsWith('</QuestionFormAnswers>')) throw new Error('not an answer document of this server')
  const answers: Answer[] = []
  let fields: [string, string][] = []
  for (const [, slash, name = '', text = ''] of document.matchAll(ELEMENT)) {
    if (name === 'Answer' && !slash) fields = []
    else if (name === 'Answer') answers.push(toAnswer(fields))
    else if (!slash) fields.push([name, unescape(text)])
  }
  return answers
}

function toAnswer(fields: [string, string][]): Answer {
  const value = (name: string) => fields.find(([field]) => field === name)?.[1]
  const identifier = value('QuestionIdentifier') ?? ''
  const text = value('FreeText')
  if (text !== undefined) return { kind: 'FreeText', identifier, text }
  const fileKey = value('UploadedFileKey')
  if (fileKey !== undefined) {
    return { kind: 'File', identifier, fileKey, size: Number(value('UploadedFileSizeInBytes')) }
  }
  const selections = fields
    .filter(([field]) => field === 'SelectionIdentifier')
    .map(([, selection]) => selection)
  const other = value('OtherSelectionText')
  return { kind: 'Selection', identifier, selections, ...(other !== undefined && { other }) }
}

function unescape(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(REFERENCE, (reference, code?: string) =>
    code === undefined ? (NAMED[reference] ?? reference) : String.fromCodePoint(Number(code)),
  )
}
