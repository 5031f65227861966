// The only file that knows the XML parser. A document becomes a plain tree of values at once and its memory in
// the parser is freed, so that no handle travels. The parser is imported at the first document, because most of
// its 1 MB would otherwise be paid at every start; hence everything that reads XML is asynchronous.
//
// What hostile text can do was tried: a DOCTYPE never reaches the parser (entities and default attributes are
// amplifiers), nothing is fetched, elements nest at most 256 deep, and text is limited in size before it comes here.

import type * as Parser from 'libxml2-wasm'
import { schemaDetail, syntaxDetail } from './xml-details.ts'

/** An element. `attributes` are without namespace declarations, `text` is all character data directly inside. */
export interface XMLElement {
  name: string
  namespace: string
  attributes: Record<string, string>
  children: (XMLElement | string)[]
  text: string
}

/** A document. `annotated` tells that there was a comment or a processing instruction below the root. */
export interface XMLDocument {
  root: XMLElement
  annotated: boolean
}

/** Why a text is no acceptable document, in the wording of the Java parser that programs know [questions 11.3]. */
export interface XMLProblem {
  problem: string
}

/** Schemas by the root element they are for, written `{namespace}name`. */
export type Schemas = ReadonlyMap<string, string>

let parser: Promise<typeof Parser> | undefined
const validators = new Map<string, Parser.XsdValidator>()

/** Imports the parser. Called by itself at the first document; a server may call it when it is idle. */
export function loadXMLParser(): Promise<typeof Parser> {
  parser ??= import('libxml2-wasm')
  return parser
}

/**
 * Parses `text`, which must be well-formed and, with `schemas`, valid against the schema of its root element.
 * A DOCTYPE is refused [questions 1.1, steps 3 to 5].
 */
export async function readXML(text: string, schemas?: Schemas): Promise<XMLDocument | XMLProblem> {
  if (hasDoctype(text)) {
    return {
      problem:
        'DOCTYPE is disallowed when the feature "http://apache.org/xml/features/disallow-doctype-decl" set to true.',
    }
  }
  const library = await loadXMLParser()
  try {
    using document = library.XmlDocument.fromString(text, { option: options(library) })
    const root = document.root
    if (schemas) {
      const schema = schemas.get(`{${root.namespaceUri}}${root.name}`)
      if (schema === undefined) {
        const name = root.prefix ? `${root.prefix}:${root.name}` : root.name
        return { problem: `cvc-elt.1: Cannot find the declaration of element '${name}'.` }
      }
      validatorOf(library, schema).validate(document)
    }
    return toDocument(library, root)
  } catch (error) {
    if (error instanceof library.XmlParseError) return { problem: syntaxDetail(error.details[0], text) }
    if (error instanceof library.XmlValidateError) return { problem: schemaDetail(error.details[0]) }
    throw error
  }
}

function options(library: typeof Parser): number {
  const { ParseOption } = library
  return ParseOption.XML_PARSE_IGNORE_ENC | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NONET
}

function validatorOf(library: typeof Parser, schema: string): Parser.XsdValidator {
  let validator = validators.get(schema)
  if (!validator) {
    using document = library.XmlDocument.fromString(schema)
    validator = library.XsdValidator.fromDoc(document)
    validators.set(schema, validator)
  }
  return validator
}

function toDocument(library: typeof Parser, root: Parser.XmlElement): XMLDocument {
  let annotated = false
  function toElement(source: Parser.XmlElement): XMLElement {
    const children: (XMLElement | string)[] = []
    let text = ''
    for (let node = source.firstChild; node; node = node.next) {
      if (node instanceof library.XmlElement) children.push(toElement(node))
      else if (node instanceof library.XmlText || node instanceof library.XmlCData) {
        const { content } = node
        children.push(content)
        text += content
      } else annotated = true
    }
    return {
      name: source.name,
      namespace: source.namespaceUri,
      attributes: attributesOf(source),
      children,
      text,
    }
  }
  return { root: toElement(root), annotated }
}

function attributesOf(source: Parser.XmlElement): Record<string, string> {
  const attributes: Record<string, string> = Object.create(null)
  for (const { name, prefix, value } of source.attrs) attributes[prefix ? `${prefix}:${name}` : name] = value
  return attributes
}

/** Whether a document type declaration stands before the root element. A loop, as a regular expression could be made to backtrack. */
function hasDoctype(text: string): boolean {
  let at = text.startsWith('\uFEFF') ? 1 : 0
  for (;;) {
    while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at += 1
    const end = text.startsWith('<!--', at) ? '-->' : text.startsWith('<?', at) ? '?>' : undefined
    if (end === undefined) return text.startsWith('<!DOCTYPE', at)
    const found = text.indexOf(end, at + 2)
    if (found < 0) return false
    at = found + end.length
  }
}
