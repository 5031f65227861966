// From the tree of a QuestionForm, valid against its schema, to values; then what a schema cannot say.

import { isFault, type Fault } from '../fault.ts'
import type * as Form from './form.ts'
import { questionsOf } from './form.ts'
import { readFormattedContent } from './formatted-content.ts'
import { QUESTION_FORM_2005 } from './namespaces.ts'
import type { XMLElement } from './xml.ts'

/** Numbers of a document may have any length; beyond this they mean the same. */
const LARGEST = Number.MAX_SAFE_INTEGER

/**
 * The form of a document that its schema accepted. Faults: XHTMLParseError for FormattedContent outside the subset
 * [questions 4], InvalidParameterValue for identifiers used twice, for selection counts above the number of
 * selections and for file sizes the wrong way round [questions 2, 1.1 step 8]. `parameter` is `Question` or `Test`.
 */
export async function parseForm(root: XMLElement, parameter: string): Promise<Form.QuestionForm | Fault> {
  const parts: Form.QuestionForm['parts'] = []
  for (const element of elements(root)) {
    const part =
      element.name === 'Overview' ? await overview(element, parameter) : await question(element, parameter)
    if (isFault(part)) return part
    parts.push(part)
  }
  const form: Form.QuestionForm = {
    version: root.namespace === QUESTION_FORM_2005 ? '2005-10-01' : '2017-11-06',
    parts,
  }
  return inconsistency(form, parameter) ?? form
}

async function overview(element: XMLElement, parameter: string): Promise<Form.Overview | Fault> {
  const content = await contents(element, parameter)
  return isFault(content) ? content : { kind: 'Overview', content }
}

async function question(element: XMLElement, parameter: string): Promise<Form.FormQuestion | Fault> {
  const content = await contents(child(element, 'QuestionContent'), parameter)
  if (isFault(content)) return content
  const answer = await answerSpecification(child(element, 'AnswerSpecification'), parameter)
  if (isFault(answer)) return answer
  const isRequired = ['true', '1'].includes(textOf(element, 'IsRequired')?.trim() ?? '')
  const hasMinLength = answer.kind === 'FreeTextAnswer' && answer.length?.minLength !== undefined
  return {
    kind: 'Question',
    identifier: child(element, 'QuestionIdentifier').text,
    ...optional('displayName', textOf(element, 'DisplayName')),
    isRequired: isRequired || hasMinLength,
    content,
    answer,
  }
}

async function contents(element: XMLElement, parameter: string): Promise<Form.Content[] | Fault> {
  const content: Form.Content[] = []
  for (const part of elements(element)) {
    const value = await contentOf(part, parameter)
    if (isFault(value)) return value
    content.push(value)
  }
  return content
}

async function contentOf(element: XMLElement, parameter: string): Promise<Form.Content | Fault> {
  switch (element.name) {
    case 'Title':
      return { kind: 'Title', text: element.text }
    case 'List':
      return { kind: 'List', items: elements(element).map((item) => item.text) }
    case 'FormattedContent':
      return readFormattedContent(element.text, parameter)
    case 'Binary':
      return binary(element)
    case 'EmbeddedBinary':
      return embeddedBinary(element)
    default:
      return { kind: 'Text', text: element.text }
  }
}

function binary(element: XMLElement): Form.Binary {
  const mimeType = child(element, 'MimeType')
  return {
    kind: 'Binary',
    type: child(mimeType, 'Type').text as Form.Binary['type'],
    ...optional('subType', textOf(mimeType, 'SubType')),
    url: child(element, 'DataURL').text,
    altText: child(element, 'AltText').text,
  }
}

function embeddedBinary(element: XMLElement): Form.EmbeddedBinary {
  const mimeType = child(element, 'EmbeddedMimeType')
  return {
    kind: 'EmbeddedBinary',
    type: child(mimeType, 'Type').text,
    subType: child(mimeType, 'SubType').text,
    url: child(element, 'DataURL').text,
    altText: child(element, 'AltText').text,
    width: child(element, 'Width').text,
    height: child(element, 'Height').text,
    parameters: elements(element)
      .filter(({ name }) => name === 'ApplicationParameter')
      .map((entry) => ({ name: child(entry, 'Name').text, value: child(entry, 'Value').text })),
  }
}

async function answerSpecification(
  element: XMLElement,
  parameter: string,
): Promise<Form.FormQuestion['answer'] | Fault> {
  const [answer] = elements(element)
  if (answer?.name === 'SelectionAnswer') return selectionAnswer(answer, parameter)
  if (answer?.name === 'FileUploadAnswer') {
    return {
      kind: 'FileUploadAnswer',
      minFileSize: integer(child(answer, 'MinFileSizeInBytes').text),
      maxFileSize: integer(child(answer, 'MaxFileSizeInBytes').text),
    }
  }
  return freeTextAnswer(child(element, 'FreeTextAnswer'))
}

function freeTextAnswer(element: XMLElement): Form.FreeTextAnswer {
  const answer: Form.FreeTextAnswer = {
    kind: 'FreeTextAnswer',
    regexes: [],
    defaultText: textOf(element, 'DefaultText') ?? '',
    ...optional('numberOfLines', optionalInteger(textOf(element, 'NumberOfLinesSuggestion'))),
  }
  for (const { name, attributes } of elements(find(element, 'Constraints'))) {
    if (name === 'IsNumeric') {
      answer.numeric = {
        ...optional('minValue', optionalInteger(attributes.minValue)),
        ...optional('maxValue', optionalInteger(attributes.maxValue)),
      }
    } else if (name === 'Length') {
      answer.length = {
        ...optional('minLength', optionalInteger(attributes.minLength)),
        ...optional('maxLength', optionalInteger(attributes.maxLength)),
      }
    } else {
      answer.regexes.push({
        regex: attributes.regex ?? '',
        ...optional('errorText', attributes.errorText),
        ...optional('flags', attributes.flags),
      })
    }
  }
  return answer
}

async function selectionAnswer(
  element: XMLElement,
  parameter: string,
): Promise<Form.SelectionAnswer | Fault> {
  const selections: Form.Selection[] = []
  const list = child(element, 'Selections')
  for (const selection of elements(list).filter(({ name }) => name === 'Selection')) {
    const [identifier, shown] = elements(selection)
    if (!identifier || !shown) continue
    const content = await contentOf(shown, parameter)
    if (isFault(content)) return content
    selections.push({ identifier: identifier.text, content: content as Form.Selection['content'] })
  }
  const other = find(list, 'OtherSelection')
  return {
    kind: 'SelectionAnswer',
    minSelectionCount: optionalInteger(textOf(element, 'MinSelectionCount')) ?? 1,
    maxSelectionCount: optionalInteger(textOf(element, 'MaxSelectionCount')) ?? 1,
    ...optional('style', textOf(element, 'StyleSuggestion') as Form.SelectionStyle | undefined),
    selections,
    ...optional('otherSelection', other && freeTextAnswer(other)),
  }
}

/** The first thing in the form that a schema cannot refuse: the fault names the element and its value. */
function inconsistency(form: Form.QuestionForm, parameter: string): Fault | undefined {
  const identifiers = new Set<string>()
  for (const { identifier, answer } of questionsOf(form)) {
    if (identifiers.has(identifier)) {
      return refuse(parameter, identifier, 'The QuestionIdentifier is used more than once')
    }
    identifiers.add(identifier)
    const fault = answer.kind === 'FreeTextAnswer' ? undefined : answerInconsistency(answer)
    if (fault) return fault
  }
  return undefined
}

function answerInconsistency(answer: Form.SelectionAnswer | Form.FileUploadAnswer): Fault | undefined {
  if (answer.kind === 'FileUploadAnswer') {
    if (answer.minFileSize <= answer.maxFileSize) return undefined
    return refuse('MinFileSizeInBytes', String(answer.minFileSize), 'It is more than MaxFileSizeInBytes')
  }
  const { minSelectionCount, maxSelectionCount, selections, otherSelection } = answer
  const choices = selections.length + (otherSelection ? 1 : 0)
  const identifiers = new Set<string>()
  for (const { identifier } of selections) {
    if (identifiers.has(identifier)) {
      return refuse('SelectionIdentifier', identifier, 'It is used more than once in one question')
    }
    identifiers.add(identifier)
  }
  if (minSelectionCount > choices) {
    return refuse('MinSelectionCount', String(minSelectionCount), 'It is more than the number of selections')
  }
  if (maxSelectionCount > choices) {
    return refuse('MaxSelectionCount', String(maxSelectionCount), 'It is more than the number of selections')
  }
  if (minSelectionCount > maxSelectionCount) {
    return refuse('MinSelectionCount', String(minSelectionCount), 'It is more than MaxSelectionCount')
  }
  return undefined
}

function refuse(parameter: string, value: string, explanation: string): Fault {
  return { fault: 'InvalidParameterValue', parameter, value, explanation }
}

function elements(element: XMLElement | undefined): XMLElement[] {
  return element?.children.filter((part) => typeof part !== 'string') ?? []
}

function find(element: XMLElement, name: string): XMLElement | undefined {
  return elements(element).find((part) => part.name === name)
}

/** A child that the schema demands. */
function child(element: XMLElement, name: string): XMLElement {
  const found = find(element, name)
  if (!found) throw new Error(`${element.name} without ${name} passed its schema`)
  return found
}

function textOf(element: XMLElement, name: string): string | undefined {
  return find(element, name)?.text
}

function integer(text: string): number {
  return Math.max(-LARGEST, Math.min(LARGEST, Number(text)))
}

function optionalInteger(text: string | undefined): number | undefined {
  return text === undefined ? undefined : integer(text)
}

/** A member that is left out when its value is undefined, as exactOptionalPropertyTypes wants it. */
function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [key in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { [key in Name]?: Value }
}
