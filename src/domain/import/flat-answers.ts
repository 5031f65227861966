// Answers as the cells of a result CSV, and back. A crowd-form's object is flattened with dots, arrays stay JSON in one cell
// [websites 2.5]. Both ways go over the JSON's text, not over objects: those would put names that look like numbers first,
// and would spell numbers and arrays in another way than the file did.
import { readAnswers } from '../question/read-answers.ts'
import type { Answer } from '../question/answers.ts'

/** The field that a crowd-form posts [questions 7]. */
export const crowdField = 'taskAnswers'

/**
 * The cells of an answer document, by column name without `Answer.`. A crowd-form's object is one cell where `isWhole`,
 * for files that had it so.
 */
export function flattenAnswers(document: string, isWhole = false): Record<string, string> {
  const cells = Object.create(null) as Record<string, string>
  const answers = readAnswers(document)
  const [only] = answers
  if (!isWhole && answers.length === 1 && only?.kind === 'FreeText' && only.identifier === crowdField) {
    const flat = flattenCrowd(only.text)
    if (flat !== undefined) return flat
  }
  for (const answer of answers) cells[answer.identifier] = cellText(answer)
  return cells
}

/** Whether two documents have the same cells, but for empty ones. */
export function haveSameCells(one: string, other: string): boolean {
  const [cells, others] = [one, other].map((document) =>
    Object.entries(flattenAnswers(document)).filter(([, cell]) => cell !== ''),
  ) as [[string, string][], [string, string][]]
  const known = new Map(others)
  return cells.length === known.size && cells.every(([name, cell]) => known.get(name) === cell)
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

/** Objects within objects; what lies deeper is one cell, or one name with dots. */
const deepest = 100

/** Members by name: a branch, or JSON text. */
type Branch = Map<string, Branch | string>

function place(root: Branch, name: string, leaf: string): void {
  let branch = root
  let from = 0
  let depth = 1
  for (let dot = name.indexOf('.'); dot >= 0 && depth < deepest; dot = name.indexOf('.', dot + 1)) {
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
    depth++
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
const bracketOrQuote = /["[\]{}]/g

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
    this.#walkObject('', 1)
    this.#skipSpace()
    return !isArray || this.#text[this.#at] === ']'
  }

  #walkObject(prefix: string, depth: number): void {
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
      this.#walkValue(prefix + key, depth)
      this.#skipSpace()
    }
  }

  #walkValue(path: string, depth: number): void {
    const first = this.#text[this.#at]
    if (first === '{' && depth < deepest) return this.#walkObject(`${path}.`, depth + 1)
    switch (first) {
      case '{':
      case '[':
        this.cells[path] = this.#whole()
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

  /** An array, or an object that is not looked into. */
  #whole(): string {
    const from = this.#at
    let depth = 0
    do {
      bracketOrQuote.lastIndex = this.#at
      this.#at = bracketOrQuote.exec(this.#text)!.index
      const found = this.#text[this.#at]
      if (found === '"') this.#at = this.#endOfString(this.#at)
      else {
        depth += found === '[' || found === '{' ? 1 : -1
        this.#at++
      }
    } while (depth > 0)
    return this.#text.slice(from, this.#at)
  }
}
