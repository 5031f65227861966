// What is wrong with an answer, in words for its worker [questions 2.9].
import type { AnswerProblem, Problem } from '../../domain/question/check-answers.ts'
import type { FormQuestion } from '../../domain/question/form.ts'
import type { Texts } from './en.ts'

/** A problem in one or a few sentences: what is wrong, and what to do. */
export function problemText(
  texts: Texts,
  problem: Problem,
  answerKind: FormQuestion['answer']['kind'],
): string {
  const { problem: words } = texts
  const bytes = new Intl.NumberFormat(texts.language)
  switch (problem.kind) {
    case 'Required':
      return words.required[answerKind]
    case 'Length':
      return bounded(words.length, problem, words.leastLength, words.mostLength)
    case 'Numeric': {
      const isFree = problem.minimum === undefined && problem.maximum === undefined
      return isFree
        ? `${words.numeric} ${words.number}`
        : bounded(words.numeric, problem, words.least, words.most)
    }
    case 'Format':
      return problem.errorText || words.format
    case 'SelectionCount':
      return words.choices(String(problem.minimum), String(problem.maximum))
    case 'FileSize':
      return words.file(bytes.format(problem.minimum), bytes.format(problem.maximum))
  }
}

/** A problem with the question in front, as a list of problems has it. */
export function problemLine(texts: Texts, problem: AnswerProblem): string {
  const text = problemText(texts, problem, problem.answerKind)
  return `${questionName(texts, problem)}: ${problem.other ? texts.problem.other(text) : text}`
}

/** What a worker knows a question by. Its identifier is a name for programs. */
export function questionName(
  texts: Texts,
  { displayName, number }: Pick<AnswerProblem, 'displayName' | 'number'>,
): string {
  return displayName || texts.form.question(String(number))
}

function bounded(
  start: string,
  { minimum, maximum }: { minimum?: number; maximum?: number },
  least: (bound: string) => string,
  most: (bound: string) => string,
): string {
  return [
    start,
    ...(minimum === undefined ? [] : [least(String(minimum))]),
    ...(maximum === undefined ? [] : [most(String(maximum))]),
  ].join(' ')
}
