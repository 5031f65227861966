// Patterns of a document that this server cannot check: their requester is told, as he must not count on them.
import { isFault } from '../fault.ts'
import { uncheckable } from './answer-regex.ts'
import { questionsOf, regexesOf } from './form.ts'
import { parseQuestion } from './parse-question.ts'

/** A name for each question of a QuestionForm with a pattern that only the page can check [questions 2.5]. */
export async function pageOnlyPatterns(document: string | undefined): Promise<string[]> {
  if (document === undefined || !document.includes('AnswerFormatRegex')) return []
  const question = await parseQuestion(document, { allowHTTP: true })
  if (isFault(question) || question.kind !== 'QuestionForm') return []
  const names: string[] = []
  for (const part of questionsOf(question.form)) {
    const left = await uncheckable(regexesOf({ ...question.form, parts: [part] }))
    if (left.length > 0) names.push(`AnswerFormatRegex of ${part.identifier}`)
  }
  return names
}
