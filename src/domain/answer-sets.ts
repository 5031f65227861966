// Answers as review policies compare them: each is the set of its values, without the white space around them
// [qualifications 6.2]. Case, punctuation and inner white space count.
import type { Answer } from './question/answers.ts'

export type AnswerSet = ReadonlySet<string>

/** A worker's answers by question; of a question that is not here nothing was answered. */
export type AnswerSets = ReadonlyMap<string, AnswerSet>

/** The set of some values. An empty text is no value: a blank answer is the empty set. */
export function answerSet(values: readonly string[]): AnswerSet {
  return new Set(values.map((value) => value.trim()).filter((value) => value !== ''))
}

/** The answers of one submission. */
export function answerSets(answers: readonly Answer[]): AnswerSets {
  return new Map(answers.map((answer) => [answer.identifier, answerSet(valuesOf(answer))]))
}

function valuesOf(answer: Answer): string[] {
  switch (answer.kind) {
    case 'FreeText':
      return [answer.text]
    case 'File':
      return [answer.fileKey]
    case 'Selection':
      return answer.other === undefined ? answer.selections : [...answer.selections, answer.other]
  }
}

/** What the worker answered to a question. */
export function answerTo(answers: AnswerSets, questionId: string): AnswerSet {
  return answers.get(questionId) ?? new Set()
}

/** Whether two answers are the same, in whatever order their values were given. */
export function isSameAnswer(one: AnswerSet, other: AnswerSet): boolean {
  return one.size === other.size && [...one].every((value) => other.has(value))
}

/** An answer as one text, the same for equal answers [qualifications 8.3]. */
export function answerText(answer: AnswerSet): string {
  return [...answer].toSorted().join('|')
}
