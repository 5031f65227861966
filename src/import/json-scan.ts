// Finds the entries of JSON that the AWS CLI, boto3 and programs of requesters saved, piece by piece: a page of a list may
// hold thousands of them, a file millions, and none of that has to fit into memory. An entry is handed on as its own text,
// which JSON.parse reads many times faster than any reader of tokens.
import type { ImportProblem } from '../domain/import/record.ts'
import { server } from '../limits.ts'

/** An entry of a list, or an object that stands in no list: then `list` is undefined, and its own lists are empty in `text`. */
export interface Entry {
  /** The member that holds the list, such as `HITs`. */
  list: string | undefined
  /** Of an object in no list: the lists that were taken out of it. */
  lists: readonly string[]
  text: string
  line: number
  column: number
}

const LF = 0x0a
const SPACE = 0x20
const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_ARRAY = 0x5b
const BACKSLASH = 0x5c
const CLOSE_ARRAY = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const BYTE_ORDER_MARK = 0xfeff

/** What numbers, `true`, `false` and `null` are made of. */
const isLiteral = new Uint8Array(128)
for (const character of '0123456789+-.eEtrufalsn') isLiteral[character.charCodeAt(0)] = 1

/** A piece of the text that is being kept: an entry, or what is around lists of entries. */
class Kept {
  readonly line: number
  readonly column: number
  /** How many brackets are open around it. */
  readonly depth: number
  readonly lists: string[] = []
  #pieces: string[] = []
  #length = 0

  constructor(line: number, column: number, depth: number) {
    this.line = line
    this.column = column
    this.depth = depth
  }

  add(piece: string): void {
    this.#pieces.push(piece)
    this.#length += piece.length
  }

  get length(): number {
    return this.#length
  }

  get text(): string {
    return this.#pieces.length === 1 ? this.#pieces[0]! : this.#pieces.join('')
  }
}

/** Reads text in pieces of any length. After a fault it reads no further. */
export class EntryScanner {
  /** Why reading stopped. */
  fault: ImportProblem | undefined
  readonly #listNames: ReadonlySet<string>
  readonly #found: Entry[] = []
  /** The brackets that are open, outermost first. */
  readonly #open: number[] = []
  /** An object that stands in no list. */
  #outer: Kept | undefined
  #entry: Kept | undefined
  #list: string | undefined
  /** Whether an array that is not being kept has a value before this place, and a comma after it. */
  #before: 'nothing' | 'value' | 'comma' = 'nothing'
  #chunk = ''
  /** Where in the chunk the kept text goes on. */
  #keptFrom = 0
  #line = 1
  /** Characters of the lines and chunks before: what a place in the chunk must be reduced by to give its column. */
  #lineStart = 0
  #hasBegun = false
  #inString = false
  #isEscaped = false
  #stringFrom = 0
  #stringPlace = { line: 1, column: 1 }
  /** The last string, and whether a colon came after it: a member's name. */
  #name = ''
  #nameState: 'none' | 'string' | 'name' = 'none'

  /** `listNames` are the members whose arrays hold entries. */
  constructor(listNames: ReadonlySet<string>) {
    this.#listNames = listNames
  }

  /** Reads on; answers the entries that became whole. */
  push(chunk: string): Entry[] {
    this.#chunk = chunk
    this.#keptFrom = 0
    if (this.#inString) this.#stringFrom = 0
    for (let i = 0; i < chunk.length && this.fault === undefined;) {
      i = this.#inString ? this.#readString(i) : this.#readStructure(i)
    }
    const kept = this.#entry ?? this.#outer
    if (kept !== undefined && !this.#isBetween && this.fault === undefined) {
      kept.add(chunk.slice(this.#keptFrom))
      if (kept.length > server.imports.entryLength) this.#refuse(chunk.length, tooLong(kept, this.#listNames))
      if (this.#inString && this.#name.length <= longestName) this.#name += chunk.slice(this.#stringFrom)
    }
    this.#lineStart -= chunk.length
    return this.#found.splice(0)
  }

  /** The text is at its end; answers what is missing there. */
  end(): ImportProblem | undefined {
    if (this.fault !== undefined || this.#open.length === 0) return undefined
    const kept = this.#entry ?? this.#outer
    const where =
      kept === undefined || (kept === this.#outer && this.#list !== undefined)
        ? `within the list${this.#list === undefined ? '' : ` ${this.#list}`}`
        : `in the middle of the object that begins in line ${kept.line}, column ${kept.column}`
    return {
      line: this.#line,
      column: 1 - this.#lineStart,
      message: `The file ends ${where}. It was not saved whole: save it again.`,
    }
  }

  get #isBetween(): boolean {
    return this.#entry === undefined && (this.#outer === undefined || this.#list !== undefined)
  }

  #readStructure(at: number): number {
    const code = this.#chunk.charCodeAt(at)
    if (code === LF) {
      this.#line++
      this.#lineStart = at + 1
    }
    if (code <= SPACE && (code === SPACE || code === LF || code === 0x0d || code === 0x09)) return at + 1
    switch (code) {
      case QUOTE:
        if (this.#isBetween) return this.#refuse(at, expectedObject('a text'))
        this.#inString = true
        this.#stringFrom = at + 1
        this.#stringPlace = { line: this.#line, column: this.#column(at) }
        this.#name = ''
        return at + 1
      case COLON:
        if (this.#isBetween) return this.#refuse(at, expectedObject('a colon'))
        this.#nameState = this.#nameState === 'string' ? 'name' : 'none'
        return at + 1
      case OPEN_OBJECT:
      case OPEN_ARRAY:
        return this.#readOpening(at, code)
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        return this.#readClosing(at, code)
      default:
        return this.#readOther(at, code)
    }
  }

  #readOther(at: number, code: number): number {
    this.#nameState = 'none'
    if (!this.#isBetween) {
      if (code === COMMA || (code < 128 && isLiteral[code] === 1)) return at + 1
      return this.#refuse(at, notJSON(this.#chunk.slice(at, at + 20)))
    }
    const isTop = this.#open.length === 0
    if (code === BYTE_ORDER_MARK && isTop) return at + 1
    if (code === COMMA && (isTop || this.#before === 'value')) {
      this.#before = 'comma'
      return at + 1
    }
    return this.#refuse(at, notEntry(this.#chunk.slice(at, at + 20), !this.#hasBegun))
  }

  #readOpening(at: number, code: number): number {
    const isBetween = this.#isBetween
    if (isBetween && this.#open.length > 0 && this.#before === 'value')
      return this.#refuse(at, 'A comma is missing before this.')
    if (isBetween && code === OPEN_ARRAY && this.#list !== undefined)
      return this.#refuse(at, expectedObject('a list'))
    if (this.#open.length === deepest) return this.#refuse(at, `Nothing is nested more than ${deepest} deep.`)
    this.#hasBegun = true
    const depth = this.#open.push(code) - 1
    if (isBetween && code === OPEN_OBJECT) {
      const kept = new Kept(this.#line, this.#column(at), depth)
      if (this.#list === undefined) this.#outer = kept
      else this.#entry = kept
      this.#keptFrom = at
    } else if (isBetween) {
      this.#before = 'nothing'
    } else if (code === OPEN_ARRAY && this.#entry === undefined && this.#nameState === 'name') {
      if (this.#listNames.has(this.#name)) this.#openList(at)
    }
    this.#nameState = 'none'
    return at + 1
  }

  #openList(at: number): void {
    this.#outer!.add(this.#chunk.slice(this.#keptFrom, at + 1))
    this.#outer!.lists.push(this.#name)
    this.#list = this.#name
    this.#before = 'nothing'
  }

  #readClosing(at: number, code: number): number {
    this.#nameState = 'none'
    const opening = this.#open.pop()
    // In both pairs the closing bracket comes two places after the opening one.
    if (opening !== code - 2) return this.#refuse(at, unexpected(this.#chunk[at]!, opening))
    if (this.#isBetween) {
      if (this.#before === 'comma') return this.#refuse(at, `${expectedObject('the end of the list')}`)
      this.#before = 'value'
      if (this.#list !== undefined) {
        this.#list = undefined
        this.#keptFrom = at
      }
      return at + 1
    }
    const kept = this.#entry ?? this.#outer!
    if (this.#open.length > kept.depth) return at + 1
    kept.add(this.#chunk.slice(this.#keptFrom, at + 1))
    const { line, column, lists, text } = kept
    this.#found.push({ list: this.#list, lists, text, line, column })
    if (this.#entry === undefined) this.#outer = undefined
    else this.#entry = undefined
    this.#before = 'value'
    return at + 1
  }

  #readString(from: number): number {
    const chunk = this.#chunk
    for (let i = from; i < chunk.length; i++) {
      const code = chunk.charCodeAt(i)
      if (this.#isEscaped) this.#isEscaped = false
      else if (code === BACKSLASH) this.#isEscaped = true
      else if (code === QUOTE) {
        this.#inString = false
        this.#nameState = 'string'
        if (this.#name.length <= longestName) this.#name += chunk.slice(this.#stringFrom, i)
        return i + 1
      } else if (code < SPACE) {
        const { line, column } = this.#stringPlace
        const what = code === LF || code === 0x0d ? 'the line ends' : 'a control character comes'
        return this.#refuse(
          i,
          `The text that begins in line ${line}, column ${column} is not closed: ${what}.`,
        )
      }
    }
    return chunk.length
  }

  #column(at: number): number {
    return at - this.#lineStart + 1
  }

  /** Stops reading. */
  #refuse(at: number, message: string): number {
    this.fault = { line: this.#line, column: this.#column(at), message }
    return this.#chunk.length
  }
}

/** Far deeper than anything that the API answers. */
const deepest = 100

/** Names of members that hold lists are shorter, so longer strings are not gathered. */
const longestName = 64

function tooLong({ line, column }: Kept, listNames: ReadonlySet<string>): string {
  const names = [...listNames].join(', ')
  return `The object that begins in line ${line}, column ${column} is too long. Lists are looked for under ${names}.`
}

function expectedObject(found: string): string {
  return `An object that begins with { was expected here, but there is ${found}.`
}

function unexpected(found: string, opening: number | undefined): string {
  if (opening === undefined) return `There is a ${found} that closes nothing.`
  const [opened, closing] = opening === OPEN_ARRAY ? '[]' : '{}'
  return `There is a ${found} where the last ${opened} should be closed with ${closing}.`
}

/** What Python prints of an object that is not made JSON first: words and calls that JSON does not know, quotes. */
const python = ['True', 'False', 'None', 'datetime', 'Decimal', 'tzlocal', 'tzutc', 'OrderedDict']

function isPython(text: string): boolean {
  const word = wordOf(text)
  // The text may be cut within the word.
  return /^[ub]?'/.test(text) || python.some((known) => known.startsWith(word))
}

function wordOf(text: string): string {
  return /^[\w-]+/.exec(text)?.[0] ?? String.fromCodePoint(text.codePointAt(0)!)
}

function notJSON(text: string): string {
  if (isPython(text))
    return 'This is how Python prints an object, and not JSON. Save it with json.dumps(response, default=str).'
  return `${wordOf(text)} is not JSON.`
}

function notEntry(text: string, isBeginning: boolean): string {
  if (isPython(text)) return notJSON(text)
  const advice = isBeginning ? ' With the AWS CLI, save with --output json.' : ''
  return expectedObject(wordOf(text)) + advice
}
