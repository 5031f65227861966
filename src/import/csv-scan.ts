// The rows of a CSV file. Not the library that reads other tables of ours: it takes all the time a whole row may take here,
// and does not know at which character a quote was opened. What a field is, is as simple as this.
import type { ImportProblem } from '../domain/import/record.ts'
import { server } from '../limits.ts'

/** The fields of a row, and the line on which it begins. */
export interface CsvRow {
  cells: string[]
  line: number
  /** Characters of the file. */
  length: number
  /** What keeps it from being a row. */
  problem?: ImportProblem
  /** Nothing can be read behind it. */
  isFatal?: boolean
}

const quote = 0x22
const comma = 0x2c
const lineFeed = 0x0a
const carriageReturn = 0x0d

/** What is said of a table whose columns another character separates; undefined when it is none that tables have. */
export function separatorProblem(found: string): string | undefined {
  const name = { ';': 'semicolons', '\t': 'tabs' }[found]
  return (
    name &&
    `The columns are separated by ${name}; commas were expected. Save the file anew with commas, or download it again.`
  )
}

/** Reads rows of text that comes in pieces. Empty lines are none, nor are rows whose cells are all empty. */
export class CsvScanner {
  #text = ''
  #waiting: string[] = []
  #waitingLength = 0
  #at = 0
  #line = 1
  /** What ends the lines of this file: with old ones of the Mac it is a carriage return alone. */
  #lineBreak: '\n' | '\r' = '\n'
  #knowsLineBreak = false
  #isLast = false

  /** The rows that are whole with one more piece. */
  push(piece: string): CsvRow[] {
    this.#waiting.push(piece)
    this.#waitingLength += piece.length
    const begun = this.#text.length - this.#at
    // A row that is long is read anew when it has doubled, not with every piece.
    if (this.#waitingLength < begun && begun + this.#waitingLength <= server.imports.entryLength) return []
    return this.#read()
  }

  /** The rows that are left at the end of the file. */
  end(): CsvRow[] {
    this.#isLast = true
    return this.#read()
  }

  #read(): CsvRow[] {
    const rows: CsvRow[] = []
    this.#text = this.#text.slice(this.#at) + this.#waiting.join('')
    this.#waiting = []
    this.#waitingLength = 0
    this.#at = 0
    while (this.#at < this.#text.length) {
      const row = this.#readRow()
      if (row === undefined) break
      if (row.problem !== undefined || row.cells.some((cell) => cell !== '')) rows.push(row)
      if (row.isFatal === true) break
    }
    return rows
  }

  /** The row that begins here; undefined when it is not all there. */
  #readRow(): CsvRow | undefined {
    const begin = this.#at
    const cells: string[] = []
    const text = this.#text
    let at = begin
    for (;;) {
      if (text.charCodeAt(at) === quote) {
        const close = this.#closingQuote(at)
        if (close < 0) return this.#unclosed(begin, at)
        const cell = text.slice(at + 1, close)
        cells.push(cell.includes('"') ? cell.replaceAll('""', '"') : cell)
        at = close + 1
      } else {
        const from = at
        let code = text.charCodeAt(at)
        while (code !== comma && code !== lineFeed && code !== carriageReturn && at < text.length)
          code = text.charCodeAt(++at)
        cells.push(text.slice(from, at))
      }
      if (at >= text.length) return this.#isLast ? this.#take(begin, at, at, cells) : this.#tooLong(begin)
      const code = text.charCodeAt(at)
      if (code === comma && cells.length < server.imports.cells) at++
      else if (code === comma) return this.#tooMuch(`${server.imports.cells} cells`)
      else if (code === lineFeed) return this.#take(begin, at, at + 1, cells)
      else if (code === carriageReturn) {
        if (at + 1 === text.length && !this.#isLast) return undefined
        return this.#take(begin, at, text.charCodeAt(at + 1) === lineFeed ? at + 2 : at + 1, cells)
      } else return this.#strayText(begin, at)
    }
  }

  #closingQuote(open: number): number {
    const text = this.#text
    let at = text.indexOf('"', open + 1)
    while (at >= 0 && text.charCodeAt(at + 1) === quote) at = text.indexOf('"', at + 2)
    // The next piece could begin with the second of two.
    return at + 1 === text.length && !this.#isLast ? -1 : at
  }

  #take(begin: number, end: number, next: number, cells: string[]): CsvRow {
    const tooLong = this.#tooLong(begin, end)
    if (tooLong !== undefined) return tooLong
    if (!this.#knowsLineBreak && next > end) {
      this.#knowsLineBreak = true
      if (this.#text.charCodeAt(next - 1) === carriageReturn) this.#lineBreak = '\r'
    }
    const line = this.#line
    this.#line++
    let at = this.#text.indexOf(this.#lineBreak, begin)
    while (at >= 0 && at < end) {
      this.#line++
      at = this.#text.indexOf(this.#lineBreak, at + 1)
    }
    this.#at = next
    return { cells, line, length: next - begin }
  }

  /** A quote that does not close in what there is: undefined while it may close later. */
  #unclosed(begin: number, open: number): CsvRow | undefined {
    const isTooLong = this.#text.length - begin > server.imports.entryLength
    if (!this.#isLast && !isTooLong) return undefined
    const problem = {
      ...this.#placeOf(begin, open),
      message:
        'The quote that opens here is never closed: the file breaks off, or a quote within a text was not doubled. Nothing behind it can be read.',
    }
    const row = this.#take(begin, this.#text.length, this.#text.length, [])
    return { ...row, problem, isFatal: isTooLong }
  }

  #tooLong(begin: number, end = this.#text.length): CsvRow | undefined {
    if (end - begin <= server.imports.entryLength) return undefined
    return this.#tooMuch(`${server.imports.entryLength} characters`)
  }

  #tooMuch(what: string): CsvRow {
    const message = `A row has more than ${what}; a row of a CSV file was expected.`
    return {
      cells: [],
      line: this.#line,
      length: 0,
      problem: { line: this.#line, column: 1, message },
      isFatal: true,
    }
  }

  /** Text behind a closing quote: the row is left out, and the next line is taken for the next row. */
  #strayText(begin: number, at: number): CsvRow | undefined {
    const text = this.#text
    const place = this.#placeOf(begin, at)
    const end = text.indexOf(this.#lineBreak, at)
    if (end < 0 && !this.#isLast) return this.#tooLong(begin)
    const found = String.fromCodePoint(text.codePointAt(at)!)
    const message =
      separatorProblem(found) ??
      `A comma or the end of the line was expected behind the closing quote, but there is ${found}. A quote within a text must be doubled.`
    const row =
      end < 0 ? this.#take(begin, text.length, text.length, []) : this.#take(begin, end, end + 1, [])
    return { ...row, problem: { ...place, message } }
  }

  #placeOf(begin: number, at: number): { line: number; column: number } {
    const before = this.#text.slice(begin, at).split(this.#lineBreak)
    return { line: this.#line + before.length - 1, column: before.at(-1)!.length + 1 }
  }
}
