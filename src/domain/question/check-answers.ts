// The constraints of a QuestionForm, judged [questions 2.5 to 2.7]. The page judges the same while the worker writes:
// web/static/form.js.

import type { Answer } from './answers.ts'
import type { Matcher } from './answer-regex.ts'
import { questionsOf, type FormQuestion, type FreeTextAnswer, type QuestionForm } from './form.ts'

/** What is wrong with an answer, and the bounds that hold for it; an absent bound is none. */
export type Problem =
  | { kind: 'Required' }
  | { kind: 'Length'; minimum?: number; maximum?: number }
  | { kind: 'Numeric'; minimum?: number; maximum?: number }
  | { kind: 'Format'; errorText?: string }
  | { kind: 'SelectionCount'; minimum: number; maximum: number }
  | { kind: 'FileSize'; minimum: number; maximum: number }

/** A problem and where it is. */
export type AnswerProblem = Problem & {
  identifier: string
  /** What the worker knows the question by: its DisplayName, else its number from 1. */
  displayName?: string
  number: number
  /** It is about the other text of a selection. */
  other?: true
  answerKind: FormQuestion['answer']['kind']
}

/**
 * Every constraint that the answers to a form break, in form order; none when they may be submitted. Lengths count
 * code points, and the end of a line as one. A pattern that `matches` cannot judge is not held against the answer.
 */
export function checkAnswers(
  form: QuestionForm,
  answers: readonly Answer[],
  matches: Matcher,
): AnswerProblem[] {
  const given = new Map(answers.map((answer) => [answer.identifier, answer]))
  return questionsOf(form).flatMap((question, index) => {
    const { identifier, displayName } = question
    return problemsOf(question, given.get(identifier), matches).map((problem) => ({
      ...problem,
      identifier,
      ...(displayName !== undefined && { displayName }),
      number: index + 1,
      answerKind: question.answer.kind,
    }))
  })
}

type Placed = Problem & { other?: true }

function problemsOf(question: FormQuestion, given: Answer | undefined, matches: Matcher): Placed[] {
  const { answer, isRequired } = question
  switch (answer.kind) {
    case 'FreeTextAnswer':
      return checkText(answer, given?.kind === 'FreeText' ? given.text : '', isRequired, matches)
    case 'FileUploadAnswer': {
      if (given?.kind !== 'File') return isRequired ? [{ kind: 'Required' }] : []
      const { minFileSize: minimum, maxFileSize: maximum } = answer
      const fits = given.size >= minimum && given.size <= maximum
      return fits ? [] : [{ kind: 'FileSize', minimum, maximum }]
    }
    case 'SelectionAnswer': {
      const selections = given?.kind === 'Selection' ? given.selections : []
      const other = (given?.kind === 'Selection' && given.other) || ''
      // Other text counts as one selection [questions 2.6].
      const count = selections.length + (other === '' ? 0 : 1)
      if (count === 0) return isRequired ? [{ kind: 'Required' }] : []
      const { minSelectionCount: minimum, maxSelectionCount: maximum } = answer
      const problems: Placed[] = []
      if (count < minimum || count > maximum) problems.push({ kind: 'SelectionCount', minimum, maximum })
      if (other === '' || !answer.otherSelection) return problems
      const inOther = checkText(answer.otherSelection, other, false, matches)
      return [...problems, ...inOther.map((problem): Placed => ({ ...problem, other: true }))]
    }
  }
}

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)$/

/** All constraints must hold; a blank answer that is not required is held against the patterns alone [questions 2.5]. */
function checkText(
  { length, numeric, regexes }: FreeTextAnswer,
  sent: string,
  isRequired: boolean,
  matches: Matcher,
): Problem[] {
  if (sent === '' && isRequired) return [{ kind: 'Required' }]
  // Forms send the end of a line as two characters.
  const text = sent.replaceAll('\r\n', '\n')
  const problems: Problem[] = []
  if (numeric && text !== '') {
    const value = number.test(text.trim()) ? Number(text) : Number.NaN
    const { minValue, maxValue } = numeric
    const bounds = boundsOf(minValue, maxValue)
    if (!isWithin(value, bounds)) problems.push({ kind: 'Numeric', ...bounds })
  }
  if (length && text !== '') {
    const bounds = boundsOf(length.minLength, length.maxLength)
    if (!isWithin(codePoints(text), bounds)) problems.push({ kind: 'Length', ...bounds })
  }
  for (const regex of regexes) {
    if (matches(regex, text) !== false) continue
    problems.push({ kind: 'Format', ...(regex.errorText !== undefined && { errorText: regex.errorText }) })
  }
  return problems
}

interface Bounds {
  minimum?: number
  maximum?: number
}

function boundsOf(minimum: number | undefined, maximum: number | undefined): Bounds {
  return { ...(minimum !== undefined && { minimum }), ...(maximum !== undefined && { maximum }) }
}

function isWithin(value: number, { minimum = -Infinity, maximum = Infinity }: Bounds): boolean {
  return value >= minimum && value <= maximum
}

function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}
