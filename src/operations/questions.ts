// The question of a HIT as it is shown. One that was made of a layout is kept as the layout's version and the values
// of its placeholders, and becomes a document when somebody asks for it [design 4, questions 8].
import { isFault, type Fault } from '../domain/fault.ts'
import { fillPage, placeholdersOf } from '../domain/question/layout.ts'
import { parseQuestion } from '../domain/question/parse-question.ts'
import { market } from '../limits.ts'
import * as layouts from '../store/layouts.ts'
import * as questions from '../store/questions.ts'
import type { Read } from '../store/tx.ts'
import type { RequesterCaller } from './operation.ts'

/** What a HIT asks. */
export interface Question {
  kind: string
  text: string
  /** The layout that it was made of. */
  layoutId?: string
}

/** A question that passed every check: what is kept of it, and what is shown. */
export interface CheckedQuestion {
  kept: { kind: string; text: string }
  shown: Question
}

/** The kind of a kept question that is made of a layout; its text is a LayoutUse. */
const fromLayout = 'HITLayout'

/** `values` holds the placeholders of the page and nothing else, in their order: equal HITs share one kept question. */
interface LayoutUse {
  layoutId: string
  version: number
  values: [string, string][]
}

/** A question that came as a document. */
export function documentQuestion(question: { kind: string; text: string }): CheckedQuestion {
  return { kept: question, shown: question }
}

/**
 * The question that the latest version of a layout makes with these parameters; surplus ones are ignored, and of two
 * with one name the last counts. HITLayoutDoesNotExist, PermissionDenied, MissingParameters, ParameterTooLong, and what
 * the values make of the document: XMLParseError, HTML5ParseError [questions 8, hits 11.5].
 */
export async function layoutQuestion(
  tx: Read,
  caller: RequesterCaller,
  layoutId: string,
  parameters: readonly { Name: string; Value: string }[],
): Promise<CheckedQuestion | Fault> {
  const layout = await layouts.findLatest(tx, layoutId)
  if (layout === undefined) return { fault: 'HITLayoutDoesNotExist', hitLayoutId: layoutId }
  if (layout.requesterId !== caller.requesterId) return { fault: 'PermissionDenied' }
  const given = new Map(parameters.map(({ Name, Value }) => [Name, Value]))
  const names = placeholdersOf(layout.page)
  const missing = names.filter((name) => !given.has(name))
  if (missing.length > 0) return missingParameters(missing)
  const text = fillPage(layout.page, given, market.questionBytes)
  if (text === undefined)
    return { fault: 'ParameterTooLong', parameter: 'Question', maximum: market.questionBytes }
  const parsed = await parseQuestion(text, tx.settings.questions)
  if (isFault(parsed)) return parsed
  const use: LayoutUse = {
    layoutId,
    version: layout.version,
    values: names.map((name) => [name, given.get(name)!]),
  }
  return {
    kept: { kind: fromLayout, text: JSON.stringify(use) },
    shown: { kind: parsed.kind, text, layoutId },
  }
}

function missingParameters(names: readonly string[]): Fault {
  const detail =
    'You have not provided all required HITLayout parameters. ' +
    `Missing parameter names: ${names.join(', ')}`
  return { fault: 'MissingParameters', parameter: 'HITLayoutParameter', detail }
}

/** Finds the questions of a list of HITs, of which many share a question or a layout: each is read once. */
export function createQuestionFinder(tx: Read): (hash: string) => Promise<Question | undefined> {
  const found = new Map<string, Question>()
  const pages = new Map<string, string>()
  const pageOf = async (layoutId: string, version: number): Promise<string> => {
    const key = `${layoutId} ${version}`
    const page = pages.get(key) ?? (await layouts.find(tx, layoutId, version))?.page
    if (page === undefined) throw new Error(`version ${version} of layout ${layoutId} is missing`)
    pages.set(key, page)
    return page
  }
  return async (hash) => {
    const known = found.get(hash)
    if (known !== undefined) return known
    const kept = await questions.find(tx, hash)
    if (kept === undefined) return undefined
    let question: Question = { kind: kept.kind, text: kept.text }
    if (kept.kind === fromLayout) {
      const { layoutId, version, values } = JSON.parse(kept.text) as LayoutUse
      const text = fillPage(await pageOf(layoutId, version), new Map(values), Infinity)
      question = { kind: 'HTMLQuestion', text: text!, layoutId }
    }
    found.set(hash, question)
    return question
  }
}

/** The question with this hash. */
export async function findQuestion(tx: Read, hash: string): Promise<Question | undefined> {
  return createQuestionFinder(tx)(hash)
}
