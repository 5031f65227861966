// The messages of libxml2, said in the words of the Java parser (Xerces) behind the real service, which is what
// people search for and programs match. A class that is not in the table keeps libxml2's own words.

/** One diagnostic of the parser: `line` from 1, `col` in characters, just behind the fault. */
export interface Diagnostic {
  message: string
  line: number
  col: number
}

/** Longer details are cut: values of 64 KB may stand in them. */
const MAXIMUM_CHARACTERS = 2000

type Rule = [pattern: RegExp, detail: (groups: string[], context: SyntaxContext) => string]

interface SyntaxContext {
  diagnostic: Diagnostic
  text: string
}

const syntaxRules: Rule[] = [
  [
    /^EntityRef: expecting ';'/,
    (_, context) => `The reference to entity "${referenceBefore(context)}" must end with the ';' delimiter.`,
  ],
  [
    /^xmlParseEntityRef: no name/,
    () => "The entity name must immediately follow the '&' in the entity reference.",
  ],
  [/^Entity '(.*)' not defined/, ([name]) => `The entity "${name}" was referenced, but not declared.`],
  [/^CharRef: invalid hexadecimal value/, () => "The character reference must end with the ';' delimiter."],
  [/^CharRef: invalid decimal value/, () => "The character reference must end with the ';' delimiter."],
  [
    /^xmlParseCharRef: invalid xmlChar value (\d+)/,
    ([code]) => `Character reference "&#${code}" is an invalid XML character.`,
  ],
  [
    /^Opening and ending tag mismatch: (.*) line \d+ and .*/,
    ([name]) => `The element type "${name}" must be terminated by the matching end-tag "</${name}>".`,
  ],
  [/^expected '>'/, () => "The end-tag must end with a '>' delimiter."],
  [
    /^Premature end of data in tag /,
    () => 'XML document structures must start and end within the same entity.',
  ],
  [
    /^Extra content at the end of the document/,
    () => 'The markup in the document following the root element must be well-formed.',
  ],
  [/^Start tag expected, '<' not found/, (_, { text }) => noStartTag(text)],
  [/^Document is empty/, (_, { text }) => noStartTag(text)],
  [
    /^Namespace prefix (\S+) on (\S+) is not defined/,
    ([prefix, name]) => `The prefix "${prefix}" for element "${prefix}:${name}" is not bound.`,
  ],
  [
    /^Namespace prefix (\S+) for (\S+) on (\S+) is not defined/,
    ([prefix, name, element]) =>
      `The prefix "${prefix}" for attribute "${prefix}:${name}" associated with an element type "${element}" is not bound.`,
  ],
  [
    /^XML declaration allowed only at the start of the document/,
    () => 'The processing instruction target matching "[xX][mM][lL]" is not allowed.',
  ],
  [/^Attribute (\S+) redefined/, ([name]) => `Attribute "${name}" was already specified for this element.`],
  [
    /^Unescaped '<' not allowed in attributes values/,
    () => "The value of an attribute must not contain the '<' character.",
  ],
  [/^AttValue: " or ' expected/, () => 'Open quote is expected for an attribute value.'],
  [
    /^Specification mandates value for attribute (\S+)/,
    ([name]) => `Attribute name "${name}" must be followed by the ' = ' character.`,
  ],
  [/^PCDATA invalid Char value (\d+)/, ([code]) => invalidCharacter(Number(code))],
  [
    /^Invalid character: Char (0x[0-9A-F]+) out of allowed range/i,
    ([code]) => invalidCharacter(Number(code)),
  ],
  [/^Invalid bytes in character encoding/, () => 'Invalid byte of UTF-8 sequence.'],
  [
    /^Sequence '\]\]>' not allowed in content/,
    () =>
      'The character sequence "]]>" must not appear in content unless used to mark the end of a CDATA section.',
  ],
  [
    /^CData section not finished/,
    (_, { text }) => forbiddenIn(text) ?? 'The CDATA section must end with "]]>".',
  ],
  [/^Unregistered error message/, (_, { text }) => forbiddenIn(text) ?? 'The document could not be parsed.'],
  [/^Double hyphen within comment/, () => 'The string "--" is not permitted within comments.'],
  [/^Comment not terminated/, () => 'The comment must end with "-->".'],
  [
    /^StartTag: invalid element name/,
    () => 'The content of elements must consist of well-formed character data or markup.',
  ],
  [
    /^Unsupported version '(.*)'/,
    ([version]) => `XML version "${version}" is not supported, only XML 1.0 is supported.`,
  ],
]

/** The detail for a text that is not well-formed [questions 11.3]. */
export function syntaxDetail(diagnostic: Diagnostic | undefined, text: string): string {
  if (!diagnostic) return 'The document could not be parsed.'
  return say(syntaxRules, diagnostic, text)
}

const schemaRules: Rule[] = [
  [
    /^Element '(.*?)': This element is not expected\. Expected is (?:one of )?\( (.*) \)\.$/s,
    ([element, expected]) =>
      `cvc-complex-type.2.4.a: Invalid content was found starting with element '${local(element)}'. One of '${braces(expected)}' is expected.`,
  ],
  [
    /^Element '(.*?)': This element is not expected\.$/s,
    ([element]) =>
      `cvc-complex-type.2.4.d: Invalid content was found starting with element '${local(element)}'. No child element is expected at this point.`,
  ],
  [
    /^Element '(.*?)': Missing child element\(s\)\. Expected is (?:one of )?\( (.*) \)\.$/s,
    ([element, expected]) =>
      `cvc-complex-type.2.4.b: The content of element '${local(element)}' is not complete. One of '${braces(expected)}' is expected.`,
  ],
  [
    /^Element '(.*?)': Character content other than whitespace is not allowed/s,
    ([element]) =>
      `cvc-complex-type.2.3: Element '${local(element)}' cannot have character [children], because the type's content type is element-only.`,
  ],
  [
    /^Element '(.*?)': (?:Character|Element) content is not allowed, because the content type is empty/s,
    ([element]) =>
      `cvc-complex-type.2.1: Element '${local(element)}' must have no character or element information item [children], because the type's content type is empty.`,
  ],
  [
    /^Element '(.*?)': Element content is not allowed, because the type definition is simple/s,
    ([element]) =>
      `cvc-type.3.1.2: Element '${local(element)}' is a simple type, so it must have no element information item [children].`,
  ],
  [
    /^Element '(.*?)', attribute '(.*?)': The attribute '.*' is not allowed/s,
    ([element, attribute]) =>
      `cvc-complex-type.3.2.2: Attribute '${local(attribute)}' is not allowed to appear in element '${local(element)}'.`,
  ],
  [
    /^Element '(.*?)': The attribute '(.*?)' is required but missing/s,
    ([element, attribute]) =>
      `cvc-complex-type.4: Attribute '${local(attribute)}' must appear on element '${local(element)}'.`,
  ],
  [
    /^Element '.*?': \[facet 'enumeration'\] The value '(.*)' is not an element of the set \{(.*)\}\.$/s,
    ([value, set]) =>
      `cvc-enumeration-valid: Value '${value}' is not facet-valid with respect to enumeration '[${(set ?? '').replaceAll("'", '')}]'. It must be a value from the enumeration.`,
  ],
  [
    /^Element '.*?': \[facet 'pattern'\] The value '(.*)' is not accepted by the pattern '(.*)'\.$/s,
    ([value, pattern]) =>
      `cvc-pattern-valid: Value '${value}' is not facet-valid with respect to pattern '${pattern}' for type 'URLType'.`,
  ],
  [
    /^Element '.*?': \[facet 'maxInclusive'\] The value '(.*)' is greater than the maximum value allowed \('(.*)'\)\.$/s,
    ([value, maximum]) =>
      `cvc-maxInclusive-valid: Value '${value}' is not facet-valid with respect to maxInclusive '${maximum}' for type 'FileSizeType'.`,
  ],
  [
    /^Element '.*?'(?:, attribute '.*?')?: '(.*)' is not a valid value of the atomic type '(.*)'\.$/s,
    ([value, type]) =>
      `cvc-datatype-valid.1.2.1: '${value}' is not a valid value for '${local(type).replace(/^xs:/, '')}'.`,
  ],
]

/** The detail for a document that its schema refuses [questions 11.3]. */
export function schemaDetail(diagnostic: Diagnostic | undefined): string {
  if (!diagnostic) return 'The document does not match its schema.'
  return say(schemaRules, diagnostic, '')
}

function say(rules: Rule[], diagnostic: Diagnostic, text: string): string {
  const message = diagnostic.message.trim()
  for (const [pattern, detail] of rules) {
    const match = pattern.exec(message)
    if (match) return cut(detail(match.slice(1), { diagnostic, text }))
  }
  return cut(message)
}

function cut(detail: string): string {
  return detail.length > MAXIMUM_CHARACTERS ? `${detail.slice(0, MAXIMUM_CHARACTERS)}…` : detail
}

function invalidCharacter(code: number): string {
  return `An invalid XML character (Unicode: 0x${code.toString(16)}) was found in the element content of the document.`
}

// oxlint-disable-next-line no-control-regex
const illegal = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/

/** The parser gives a section up at a character that XML forbids. One before the section it would have named itself. */
function forbiddenIn(text: string): string | undefined {
  const code = illegal.exec(text)?.[0].charCodeAt(0)
  if (code === undefined) return undefined
  return `An invalid XML character (Unicode: 0x${code.toString(16)}) was found in the CDATA section.`
}

function noStartTag(text: string): string {
  return text.trim() === '' ? 'Premature end of file.' : 'Content is not allowed in prolog.'
}

/** The name after the last `&` before the place where the parser stopped. */
function referenceBefore({ diagnostic, text }: SyntaxContext): string {
  const line = text.split('\n', diagnostic.line)[diagnostic.line - 1] ?? ''
  const before = Array.from(line)
    .slice(0, Math.max(diagnostic.col - 1, 0))
    .join('')
  return before.slice(before.lastIndexOf('&') + 1)
}

/** `{namespace}name` without its namespace. */
function local(name = ''): string {
  return name.replace(/^\{.*?\}/, '')
}

/** libxml2's `{ns}a, {ns}b` in Xerces' notation `{"ns":a, "ns":b}`. */
function braces(names = ''): string {
  return `{${names.replace(/\{(.*?)\}(\*|[^\s,]+)/g, '"$1":$2')}}`
}
