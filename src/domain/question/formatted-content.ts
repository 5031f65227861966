// FormattedContent holds XHTML as text. It is wrapped in a root element and parsed as a document of its own; then
// every element and attribute is looked up in the table of the subset. What a page shows is written anew from the
// tree, so that nothing the table does not know can reach a worker's browser [questions 4].

import type { Fault } from '../fault.ts'
import type { FormattedContent } from './form.ts'
import { type ContentModel, ELEMENTS, EMPTY_ELEMENTS, ROOT_CONTENT } from './formatted-content-elements.ts'
import { readHTML } from './html-tokens.ts'
import { XHTML } from './namespaces.ts'
import { readXML, type XMLElement } from './xml.ts'

/** The entities that XML itself knows. */
const XML_ENTITIES = new Set(['amp', 'lt', 'gt', 'quot', 'apos'])

/** Checks a fragment and makes HTML of it that is safe to show. Fault: XHTMLParseError on `parameter` [questions 4.1]. */
export async function readFormattedContent(
  fragment: string,
  parameter: string,
): Promise<FormattedContent | Fault> {
  const source = await replaceEntities(fragment)
  const document = await readXML(
    `<?xml version="1.0" encoding="UTF-8"?><FormattedContent xmlns="${XHTML}">${source}</FormattedContent>`,
  )
  const problem =
    'problem' in document
      ? document.problem
      : document.annotated
        ? 'Comments and processing instructions are not allowed in FormattedContent.'
        : contentProblem(document.root, ROOT_CONTENT)
  if (problem !== undefined) return { fault: 'XHTMLParseError', parameter, detail: problem }
  return { kind: 'FormattedContent', html: 'root' in document ? writeChildren(document.root) : '' }
}

/** Named entities of HTML as numbers, since a document without DOCTYPE has only XML's five [questions 4.1]. */
async function replaceEntities(fragment: string): Promise<string> {
  const names = new Set(Array.from(fragment.matchAll(/&([A-Za-z][A-Za-z0-9]*);/g), ([, name]) => name ?? ''))
  const numbers = new Map<string, string>()
  for (const name of names) {
    if (XML_ENTITIES.has(name)) continue
    const reference = `&${name};`
    let characters = ''
    await readHTML(reference, { text: ({ chars }) => (characters += chars) })
    // Of a name it does not know the tokeniser may read the beginning (`&nothing;` as `¬hing;`), and leave the rest.
    if (characters === ';' || !characters.endsWith(';')) numbers.set(reference, references(characters))
  }
  if (numbers.size === 0) return fragment
  return fragment.replace(/&[A-Za-z][A-Za-z0-9]*;/g, (reference) => numbers.get(reference) ?? reference)
}

function references(characters: string): string {
  return Array.from(characters, (character) => `&#${character.codePointAt(0)};`).join('')
}

/** What is wrong with the content of an element, or with something deeper; undefined when nothing is. */
function contentProblem(element: XMLElement, model: ContentModel): string | undefined {
  let order = ''
  for (const child of element.children) {
    if (typeof child === 'string') {
      if (model.text || child.trim() === '') continue
      return model.children.size === 0
        ? notEmpty(element)
        : `cvc-complex-type.2.3: Element '${element.name}' cannot have character [children], because the type's content type is element-only.`
    }
    if (model.children.size === 0) return notEmpty(element)
    if (child.namespace !== XHTML || !model.children.has(child.name)) {
      return `cvc-complex-type.2.4.a: Invalid content was found starting with element '${child.name}'. One of '${expected(model)}' is expected.`
    }
    const problem = elementProblem(child)
    if (problem !== undefined) return problem
    order += `${child.name} `
  }
  if (model.order && !model.order.test(order)) {
    return `cvc-complex-type.2.4.b: The content of element '${element.name}' is not complete. One of '${expected(model)}' is expected.`
  }
  return undefined
}

function elementProblem(element: XMLElement): string | undefined {
  const rule = ELEMENTS.get(element.name)
  if (!rule) throw new Error(`${element.name} is in a content model and not in the table`)
  for (const [name, value] of Object.entries(element.attributes)) {
    const attribute = rule.attributes.get(name)
    if (!attribute) {
      return `cvc-complex-type.3.2.2: Attribute '${name}' is not allowed to appear in element '${element.name}'.`
    }
    if (!attribute.pattern.test(value)) {
      return `cvc-attribute.3: The value '${value}' of attribute '${name}' on element '${element.name}' is not valid with respect to its type.`
    }
  }
  for (const [name, { required }] of rule.attributes) {
    if (required && element.attributes[name] === undefined) {
      return `cvc-complex-type.4: Attribute '${name}' must appear on element '${element.name}'.`
    }
  }
  return contentProblem(element, rule.content)
}

function notEmpty(element: XMLElement): string {
  return `cvc-complex-type.2.1: Element '${element.name}' must have no character or element information item [children], because the type's content type is empty.`
}

function expected(model: ContentModel): string {
  return `{${Array.from(model.children, (name) => `"${XHTML}":${name}`).join(', ')}}`
}

function writeChildren(element: XMLElement): string {
  return element.children
    .map((child) => (typeof child === 'string' ? escapeText(child) : write(child)))
    .join('')
}

function write(element: XMLElement): string {
  const attributes = Object.entries(shownAttributes(element)).map(
    ([name, value]) => ` ${name}="${escapeText(value.trim())}"`,
  )
  const start = `<${element.name}${attributes.join('')}>`
  return EMPTY_ELEMENTS.has(element.name) ? start : `${start}${writeChildren(element)}</${element.name}>`
}

/** Attributes that could get in the way of the page around: its names, its keys, its windows. */
const NOT_SHOWN = new Set([
  'id',
  'name',
  'accesskey',
  'tabindex',
  'target',
  'rel',
  'rev',
  'usemap',
  'headers',
])

/** The attributes with which an element is shown. Maps keep their names, under a prefix; links open a window of their own. */
function shownAttributes({ name, attributes }: XMLElement): Record<string, string> {
  const shown = Object.entries(attributes).filter(([attribute]) => !NOT_SHOWN.has(attribute))
  if (name === 'map') shown.push(['name', `task-${attributes.name}`])
  const map = name === 'img' ? /^\s*#(.+)/s.exec(attributes.usemap ?? '')?.[1] : undefined
  if (map !== undefined) shown.push(['usemap', `#task-${map}`])
  if (attributes.href !== undefined) shown.push(['target', '_blank'], ['rel', 'noopener noreferrer nofollow'])
  return Object.fromEntries(shown)
}

function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
