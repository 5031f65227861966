// From the text of a Question or Test parameter to what it means, in the order in which the real service checked:
// length, well-formedness, root and namespace, schema, then what only the content tells [questions 1.1].

import { market } from '../../limits.ts'
import { isFault, type Fault } from '../fault.ts'
import { checkExternalURL, type ExternalURLOptions } from './external-url.ts'
import type { QuestionForm } from './form.ts'
import { checkHTML5, html5Detail, type HTMLWarning } from './html5.ts'
import { EXTERNAL_QUESTION, HTML_QUESTION, QUESTION_FORM_2005, QUESTION_FORM_2017 } from './namespaces.ts'
import { parseForm } from './parse-form.ts'
import { externalQuestionSchema } from './schemas/external-question.ts'
import { htmlQuestionSchema } from './schemas/html-question.ts'
import { questionFormSchema } from './schemas/question-form.ts'
import { readXML, type Schemas, type XMLElement } from './xml.ts'

/** Frames are not made higher than this many pixels; a document may name any integer. */
const MAXIMUM_FRAME_HEIGHT = 1_000_000

export type Question = ExternalQuestion | HTMLQuestion | FormQuestion

/** A page of the requester's own server. `frameHeight` in pixels, 0: as high as the window [questions 5.1]. */
export interface ExternalQuestion {
  kind: 'ExternalQuestion'
  url: string
  frameHeight: number
}

/** A page that this server holds. `warnings` are its HTML5 errors, for its author [questions 6]. */
export interface HTMLQuestion {
  kind: 'HTMLQuestion'
  html: string
  frameHeight: number
  warnings: HTMLWarning[]
}

/** Fields that the worker site shows by itself [questions 2]. */
export interface FormQuestion {
  kind: 'QuestionForm'
  form: QuestionForm
}

export interface QuestionOptions extends ExternalURLOptions {
  /** Whether HTML5 errors refuse a page; they are warnings by default [questions 6.3]. */
  strictHTML5?: boolean
  /** Whether FileUploadAnswer is accepted; true by default [questions 2.7]. */
  fileUploads?: boolean
}

const PAGES: [string, string][] = [
  [`{${EXTERNAL_QUESTION}}ExternalQuestion`, externalQuestionSchema],
  [`{${HTML_QUESTION}}HTMLQuestion`, htmlQuestionSchema],
]
const FORMS: [string, string][] = [
  [`{${QUESTION_FORM_2017}}QuestionForm`, questionFormSchema(QUESTION_FORM_2017, false)],
  [`{${QUESTION_FORM_2005}}QuestionForm`, questionFormSchema(QUESTION_FORM_2005, false)],
]
const FORMS_WITH_UPLOADS: [string, string] = [
  `{${QUESTION_FORM_2005}}QuestionForm`,
  questionFormSchema(QUESTION_FORM_2005, true),
]

const TEST_SCHEMAS: Schemas = new Map(FORMS)
const QUESTION_SCHEMAS: Schemas = new Map([...PAGES, ...FORMS])
const QUESTION_SCHEMAS_WITH_UPLOADS: Schemas = new Map([...PAGES, ...FORMS, FORMS_WITH_UPLOADS])

/**
 * Reads the `Question` of a HIT. Faults: ParameterTooShort, ParameterTooLong, XMLParseError, XHTMLParseError
 * (FormattedContent), HTML5ParseError (strict only), InvalidParameterValue (ExternalURL, and what a form contradicts
 * itself in) [questions 1.1, 11].
 */
export async function parseQuestion(text: string, options: QuestionOptions = {}): Promise<Question | Fault> {
  const schemas = options.fileUploads === false ? QUESTION_SCHEMAS : QUESTION_SCHEMAS_WITH_UPLOADS
  const root = await readParameter('Question', text, schemas)
  if (isFault(root)) return root
  switch (root.name) {
    case 'ExternalQuestion':
      return externalQuestion(root, options)
    case 'HTMLQuestion':
      return htmlQuestion(root, options)
    default: {
      const form = await parseForm(root, 'Question')
      return isFault(form) ? form : { kind: 'QuestionForm', form }
    }
  }
}

/** Reads the `Test` of a Qualification type: a QuestionForm without file uploads. Faults as parseQuestion [questions 1]. */
export async function parseTest(text: string): Promise<QuestionForm | Fault> {
  const root = await readParameter('Test', text, TEST_SCHEMAS)
  return isFault(root) ? root : parseForm(root, 'Test')
}

/** The root of a parameter's document: steps 1 to 5 of the order of checks [questions 1.1]. */
export async function readParameter(
  parameter: string,
  text: string,
  schemas: Schemas,
): Promise<XMLElement | Fault> {
  if (text === '') return { fault: 'ParameterTooShort', parameter }
  if (Buffer.byteLength(text) > market.questionBytes) {
    return { fault: 'ParameterTooLong', parameter, maximum: market.questionBytes }
  }
  const document = await readXML(text, schemas)
  if ('problem' in document) return { fault: 'XMLParseError', parameter, detail: document.problem }
  return document.root
}

function externalQuestion(root: XMLElement, options: QuestionOptions): ExternalQuestion | Fault {
  const url = collapse(textOf(root, 'ExternalURL'))
  return checkExternalURL(url, options) ?? { kind: 'ExternalQuestion', url, frameHeight: frameHeightOf(root) }
}

async function htmlQuestion(root: XMLElement, options: QuestionOptions): Promise<HTMLQuestion | Fault> {
  const html = textOf(root, 'HTMLContent')
  const warnings = await checkHTML5(html)
  if (options.strictHTML5 && warnings.length > 0) {
    return { fault: 'HTML5ParseError', parameter: 'Question', detail: html5Detail(warnings, html) }
  }
  return { kind: 'HTMLQuestion', html, frameHeight: frameHeightOf(root), warnings }
}

/** A negative height is valid and shown as 0 [questions 5.1]. */
function frameHeightOf(root: XMLElement): number {
  return Math.min(Math.max(Number(textOf(root, 'FrameHeight')), 0), MAXIMUM_FRAME_HEIGHT)
}

function textOf(root: XMLElement, name: string): string {
  const found = root.children.find((child) => typeof child !== 'string' && child.name === name)
  return found === undefined || typeof found === 'string' ? '' : found.text
}

/** White space as the schema type token has it. */
function collapse(text: string): string {
  return text.replace(/[ \t\r\n]+/g, ' ').trim()
}
