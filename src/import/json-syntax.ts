// Where exactly a text stops being JSON. JSON.parse says it in some of its messages only, and those change with the engine.

/** The first place of a text that is not JSON, and what was expected there; undefined when it is JSON. */
export function findSyntaxFault(text: string): { offset: number; expected: string } | undefined {
  const reader = new SyntaxReader(text)
  const expected = reader.readValue() ?? reader.readEnd()
  return expected === undefined ? undefined : { offset: reader.at, expected }
}

/** Line and column, from 1, of a place in a text that begins at a line and column of its file. */
export function placeOf(text: string, offset: number, begin: { line: number; column: number }) {
  const before = text.slice(0, offset)
  const lastBreak = before.lastIndexOf('\n')
  if (lastBreak < 0) return { line: begin.line, column: begin.column + offset }
  return { line: begin.line + before.split('\n').length - 1, column: offset - lastBreak }
}

const escape = /\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/y
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const word = /true|false|null/y
const space = /[ \t\r\n]*/y

/** Each `read…` answers what was expected where `at` stands then, or undefined. */
class SyntaxReader {
  at = 0
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  readValue(): string | undefined {
    this.#take(space)
    switch (this.#text[this.at]) {
      case '{':
        return this.#readList('}', () => this.#readMember())
      case '[':
        return this.#readList(']', () => this.readValue())
      case '"':
        return this.#readString()
      default:
        return this.#take(number) || this.#take(word) ? undefined : 'a value'
    }
  }

  readEnd(): string | undefined {
    this.#take(space)
    return this.at === this.#text.length ? undefined : 'the end'
  }

  #readList(closing: string, readItem: () => string | undefined): string | undefined {
    this.at++
    this.#take(space)
    if (this.#is(closing)) return undefined
    for (;;) {
      const expected = readItem()
      if (expected !== undefined) return expected
      this.#take(space)
      if (this.#is(closing)) return undefined
      if (!this.#is(',')) return `a comma or ${closing}`
    }
  }

  #readMember(): string | undefined {
    this.#take(space)
    if (this.#text[this.at] !== '"') return 'a name in double quotes'
    const expected = this.#readString()
    if (expected !== undefined) return expected
    this.#take(space)
    return this.#is(':') ? this.readValue() : 'a colon'
  }

  #readString(): string | undefined {
    // Not one expression for all of it: texts can have many millions of characters.
    for (this.at++; this.at < this.#text.length; this.at++) {
      const character = this.#text[this.at]!
      if (character === '"') {
        this.at++
        return undefined
      }
      if (character < ' ') break
      if (character !== '\\') continue
      if (!this.#take(escape)) return 'one of the escapes of JSON'
      this.at--
    }
    return 'the closing quote'
  }

  #is(character: string): boolean {
    if (this.#text[this.at] !== character) return false
    this.at++
    return true
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.at
    const isThere = pattern.test(this.#text)
    if (isThere) this.at = pattern.lastIndex
    return isThere
  }
}
