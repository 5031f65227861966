// Answers as the cells of a result CSV, and back. A crowd-form's object is flattened with dots, arrays stay JSON in one cell
// [websites 2.5]. Both ways go over the JSON's text, not over objects: those would put names that look like numbers first,
// and would spell numbers and arrays in another way than the file did.
import { readAnswers } from '../domain/question/read-answers.ts'
import type { Answer } from '../domain/question/answers.ts'

/** The field that a crowd-form posts [questions 7]. */
export const crowdField = 'taskAnswers'

/** The cells of an answer document, by column name without `Answer.`. */
export function flattenAnswers(document: string): Record<string, string> {
  const cells = Object.create(null) as Record<string, string>
  const answers = readAnswers(document)
  const [only] = answers
  if (answers.length === 1 && only?.kind === 'FreeText' && only.identifier === crowdField) {
    const flat = flattenCrowd(only.text)
    if (flat !== undefined) return flat
  }
  for (const answer of answers) cells[answer.identifier] = cellText(answer)
  return cells
}

function cellText(answer: Answer): string {
  switch (answer.kind) {
    case 'FreeText':
      return answer.text
    case 'File':
      return answer.fileKey
    case 'Selection':
      return [...answer.selections, ...(answer.other === undefined ? [] : [answer.other])].join('|')
  }
}

/** The cells of a crowd-form's JSON: `[{…}]`, or the object alone. Undefined when the text is something else. */
export function flattenCrowd(text: string): Record<string, string> | undefined {
  if (!isJSON(text)) return undefined
  const walker = new Walker(text)
  return walker.walkAll() ? walker.cells : undefined
}

/** The JSON of a crowd-form from its cells, by column name without `Answer.`; empty ones are fields not filled in. */
export function unflattenCrowd(cells: Iterable<readonly [name: string, cell: string]>): string {
  const root: Branch = new Map()
  for (const [name, cell] of cells) if (cell !== '') place(root, name, leafOf(cell))
  return `[${write(root)}]`
}

/** Members by name: a branch, or JSON text. */
type Branch = Map<string, Branch | string>

function place(root: Branch, name: string, leaf: string): void {
  let branch = root
  let from = 0
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
    const key = name.slice(from, dot)
    const next = branch.get(key)
    // `a` has a value of its own beside `a.b`: that one is a name with a dot in it.
    if (typeof next === 'string') continue
    if (next === undefined) {
      const made: Branch = new Map()
      branch.set(key, made)
      branch = made
    } else branch = next
    from = dot + 1
  }
  const key = name.slice(from)
  const there = branch.get(key)
  // The value of `a` comes behind `a.b`: what is below goes beside it, under names with dots.
  branch.set(key, leaf)
  if (there instanceof Map) for (const [below, value] of leavesOf(there, key)) branch.set(below, value)
}

function* leavesOf(branch: Branch, path: string): Generator<[string, string]> {
  for (const [key, value] of branch) {
    if (typeof value === 'string') yield [`${path}.${key}`, value]
    else yield* leavesOf(value, `${path}.${key}`)
  }
}

function leafOf(cell: string): string {
  if (cell === 'true' || cell === 'false') return cell
  if (cell.startsWith('[') && cell.endsWith(']') && isJSON(cell)) return cell
  return JSON.stringify(cell)
}

function write(branch: Branch): string {
  let text = ''
  for (const [key, value] of branch)
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${typeof value === 'string' ? value : write(value)}`
  return `{${text}}`
}

function isJSON(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const space = /[ \t\r\n]*/y
const scalar = /[^,\]} \t\r\n]+/y
const opensOrQuotes = /["[\]]/g

/** Walks through text that is JSON. */
class Walker {
  readonly cells = Object.create(null) as Record<string, string>
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  /** Whether it was an object, or an array of exactly one. */
  walkAll(): boolean {
    this.#skipSpace()
    const isArray = this.#text[this.#at] === '['
    if (isArray) this.#at++
    this.#skipSpace()
    if (this.#text[this.#at] !== '{') return false
    this.#walkObject('')
    this.#skipSpace()
    return !isArray || this.#text[this.#at] === ']'
  }

  #walkObject(prefix: string): void {
    this.#at++
    this.#skipSpace()
    if (this.#text[this.#at] === '}') {
      this.#at++
      if (prefix !== '') this.cells[prefix.slice(0, -1)] = '{}'
      return
    }
    for (let next = ','; next === ','; next = this.#text[this.#at++]!) {
      this.#skipSpace()
      const key = this.#string()
      this.#skipSpace()
      this.#at++
      this.#skipSpace()
      this.#walkValue(prefix + key)
      this.#skipSpace()
    }
  }

  #walkValue(path: string): void {
    switch (this.#text[this.#at]) {
      case '{':
        return this.#walkObject(`${path}.`)
      case '[':
        this.cells[path] = this.#array()
        return undefined
      case '"':
        this.cells[path] = this.#string()
        return undefined
      default:
        scalar.lastIndex = this.#at
        this.cells[path] = this.#leaf(scalar.exec(this.#text)![0])
        return undefined
    }
  }

  #leaf(text: string): string {
    this.#at += text.length
    return text
  }

  #skipSpace(): void {
    space.lastIndex = this.#at
    space.test(this.#text)
    this.#at = space.lastIndex
  }

  #string(): string {
    const from = this.#at
    this.#at = this.#endOfString(from)
    const text = this.#text.slice(from, this.#at)
    return text.includes('\\') ? (JSON.parse(text) as string) : text.slice(1, -1)
  }

  #endOfString(open: number): number {
    let at = this.#text.indexOf('"', open + 1)
    for (;;) {
      let slashes = 0
      while (this.#text[at - 1 - slashes] === '\\') slashes++
      if (slashes % 2 === 0) return at + 1
      at = this.#text.indexOf('"', at + 1)
    }
  }

  #array(): string {
    const from = this.#at
    let depth = 0
    do {
      opensOrQuotes.lastIndex = this.#at
      this.#at = opensOrQuotes.exec(this.#text)!.index
      const found = this.#text[this.#at]
      if (found === '"') this.#at = this.#endOfString(this.#at)
      else {
        depth += found === '[' ? 1 : -1
        this.#at++
      }
    } while (depth > 0)
    return this.#text.slice(from, this.#at)
  }
}
