// Answers: from what a worker sent to the document that the requester gets, and back for our own pages.

import type { Fault } from '../fault.ts'
import { loadMatcher, type Matcher } from './answer-regex.ts'
import { checkAnswers } from './check-answers.ts'
import { type FormQuestion, type QuestionForm, questionsOf, regexesOf } from './form.ts'
import { isReserved } from './frame-url.ts'
import { QUESTION_FORM_ANSWERS } from './namespaces.ts'

/** One answer: to a question of a form, or a field of a page (always free text) [questions 9.1]. */
export type Answer = FreeTextAnswered | SelectionAnswered | FileAnswered

export interface FreeTextAnswered {
  kind: 'FreeText'
  identifier: string
  text: string
}

export interface SelectionAnswered {
  kind: 'Selection'
  identifier: string
  selections: string[]
  other?: string
}

export interface FileAnswered {
  kind: 'File'
  identifier: string
  fileKey: string
  /** Bytes. */
  size: number
}

/** What a worker gave for one question of a form. */
export type FormAnswer =
  | string
  | readonly string[]
  | { selections: readonly string[]; other?: string }
  | { fileKey: string; size: number }

const START = `<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="${QUESTION_FORM_ANSWERS}">`
const END = '</QuestionFormAnswers>'

/**
 * The answers in the fields of a submitted page, in the order sent: reserved names left out, the values of a
 * repeated name joined with `|`, empty values kept. Fault: AnswerEmpty when nothing but assignmentId was sent; any
 * other field, a reserved one too, counts [questions 5.3, 9.2, 9.3].
 */
export function answersFromFields(fields: readonly (readonly [string, string])[]): Answer[] | Fault {
  if (!fields.some(([name]) => name !== 'assignmentId')) return { fault: 'AnswerEmpty' }
  const values = new Map<string, string[]>()
  for (const [name, value] of fields) {
    if (isReserved(name)) continue
    const earlier = values.get(name)
    if (earlier) earlier.push(value)
    else values.set(name, [value])
  }
  return Array.from(values, ([identifier, texts]) => ({
    kind: 'FreeText',
    identifier,
    text: texts.join('|'),
  }))
}

/** The field that a crowd-form posts: its object as a JSON array that holds exactly one object [questions 7]. */
export function taskAnswersField(taskAnswers: Record<string, unknown>): [string, string] {
  return ['taskAnswers', JSON.stringify([taskAnswers])]
}

/**
 * The answers to a QuestionForm, one per question in form order; what was not answered is an empty text or an empty
 * selection, a file that was not sent is left out. Faults: InvalidInput for an answer to no question, of the wrong
 * kind, or naming a selection that the question does not have; AnswersRefused when constraints are broken
 * [questions 2.5 to 2.7, 9.2].
 */
export async function answersFromForm(
  form: QuestionForm,
  given: Readonly<Record<string, FormAnswer>>,
): Promise<Answer[] | Fault> {
  const answers = readGiven(form, given)
  if ('fault' in answers) return answers
  const problems = checkAnswers(form, answers, await matcherFor(form))
  return problems.length > 0 ? { fault: 'AnswersRefused', problems } : answers
}

function readGiven(form: QuestionForm, given: Readonly<Record<string, FormAnswer>>): Answer[] | Fault {
  const questions = questionsOf(form)
  const known = new Set(questions.map(({ identifier }) => identifier))
  const stray = Object.keys(given).find((identifier) => !known.has(identifier))
  if (stray !== undefined) return invalid(stray, 'The form has no such question.')
  const answers: Answer[] = []
  for (const question of questions) {
    const value = Object.hasOwn(given, question.identifier) ? given[question.identifier] : undefined
    const answer = answerTo(question, value)
    if (answer === undefined) continue
    if ('fault' in answer) return answer
    answers.push(answer)
  }
  return answers
}

/** Most forms have no pattern, and need no library for them. */
async function matcherFor(form: QuestionForm): Promise<Matcher> {
  return regexesOf(form).length > 0 ? loadMatcher() : () => undefined
}

function answerTo(
  { identifier, answer }: FormQuestion,
  given: FormAnswer | undefined,
): Answer | Fault | undefined {
  switch (answer.kind) {
    case 'FreeTextAnswer':
      if (given !== undefined && typeof given !== 'string')
        return invalid(identifier, 'The answer must be a text.')
      return { kind: 'FreeText', identifier, text: given ?? '' }
    case 'FileUploadAnswer':
      if (given === undefined) return undefined
      if (typeof given === 'string' || !('fileKey' in given))
        return invalid(identifier, 'The answer must be a file.')
      return { kind: 'File', identifier, fileKey: given.fileKey, size: given.size }
    case 'SelectionAnswer': {
      const chosen = selectionOf(given)
      if (!chosen) return invalid(identifier, 'The answer must be one or more selections.')
      const offered = new Set(answer.selections.map((selection) => selection.identifier))
      const unknown = chosen.selections.find((selection) => !offered.has(selection))
      if (unknown !== undefined) return invalid(identifier, `The question has no selection "${unknown}".`)
      if (chosen.other !== undefined && !answer.otherSelection) {
        return invalid(identifier, 'The question takes no other text.')
      }
      return { kind: 'Selection', identifier, ...chosen }
    }
  }
}

function selectionOf(given: FormAnswer | undefined): { selections: string[]; other?: string } | undefined {
  if (given === undefined) return { selections: [] }
  if (typeof given === 'string') return { selections: [given] }
  if ('fileKey' in given) return undefined
  if (!('selections' in given)) return { selections: [...new Set(given)] }
  const selections = [...new Set(given.selections)]
  return given.other === undefined ? { selections } : { selections, other: given.other }
}

function invalid(member: string, explanation: string): Fault {
  return { fault: 'InvalidInput', member, explanation }
}

/**
 * The QuestionFormAnswers document: one line of ASCII, other characters as decimal references, characters that XML
 * does not allow left out. Without answers it is a root that holds nothing [questions 9.2, 9.4; client-contract W18].
 */
export function writeAnswers(answers: readonly Answer[]): string {
  return START + answers.map(writeAnswer).join('') + END
}

function writeAnswer(answer: Answer): string {
  const identifier = element('QuestionIdentifier', answer.identifier)
  switch (answer.kind) {
    case 'FreeText':
      return `<Answer>${identifier}${element('FreeText', answer.text)}</Answer>`
    case 'File':
      return `<Answer>${identifier}${element('UploadedFileSizeInBytes', String(answer.size))}${element('UploadedFileKey', answer.fileKey)}</Answer>`
    case 'Selection': {
      const selections = answer.selections
        .map((selection) => element('SelectionIdentifier', selection))
        .join('')
      const other = answer.other === undefined ? '' : element('OtherSelectionText', answer.other)
      return `<Answer>${identifier}${selections}${other}</Answer>`
    }
  }
}

function element(name: string, text: string): string {
  return `<${name}>${escape(text)}</${name}>`
}

// Control characters are what these two are about.
/* oxlint-disable no-control-regex */
/** Everything but plain ASCII text, line feeds and tabs. With the flag `u` a lone surrogate is a character of its own. */
const SPECIAL = /[&<>\0-\x08\x0B-\x1F\u{80}-\u{10FFFF}]/gu
const ILLEGAL = /[\0-\x08\x0B\x0C\x0E-\x1F\u{D800}-\u{DFFF}\u{FFFE}\u{FFFF}]/u
/* oxlint-enable no-control-regex */
const NAMED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Whether a text comes out of a document as it went in: characters that XML does not know are left out. */
export function isWritable(text: string): boolean {
  return !ILLEGAL.test(text)
}

function escape(text: string): string {
  return text.replace(SPECIAL, (character) => {
    if (ILLEGAL.test(character)) return ''
    return NAMED[character] ?? `&#${character.codePointAt(0)};`
  })
}
