// A file of the real service, whatever it is: its encoding, its kind, then its rows, a batch at a time. Nothing longer than a
// batch is held, but a hash of each id.
import { kindNames } from '../domain/import/kinds.ts'
import type { ImportProblem } from '../domain/import/record.ts'
import { server } from '../limits.ts'
import type { CellFault } from './csv-cells.ts'
import { kindOfHeader, openCSV, type OpenedCSV } from './csv-kinds.ts'
import { CsvScanner, type CsvRow } from './csv-scan.ts'
import { kindOfJSON, problemOfJSON, readJSON } from './json.ts'
import type { NoImport, ReadBatch, Reading, ReadOptions } from './reading.ts'
import { decodeFile, WrongEncoding } from './text-of-file.ts'

/** Characters by which JSON is known. */
const beginningLength = 10_000

/** Opens a file; answers what is wrong when it is none that can be brought in. */
export async function openImport(
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): Promise<Reading | NoImport> {
  try {
    const text = decodeFile(bytes)
    const beginning = await readBeginning(text)
    const first = beginning.trimStart()[0]
    if (first === undefined) return { line: 1, column: 1, message: 'The file is empty.' }
    const whole = withBeginning(beginning, text)
    return first === '{' || first === '['
      ? openJSON(beginning, whole, options)
      : await openRows(whole, options)
  } catch (error) {
    if (error instanceof WrongEncoding) return error.problem
    throw error
  }
}

async function readBeginning(text: AsyncGenerator<string>): Promise<string> {
  let beginning = ''
  while (beginning.length < beginningLength) {
    const next = await text.next()
    if (next.done === true) break
    beginning += next.value
  }
  return beginning
}

async function* withBeginning(beginning: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield beginning
  yield* rest
}

function openJSON(beginning: string, text: AsyncIterable<string>, options: ReadOptions): Reading | NoImport {
  const found = kindOfJSON(beginning)
  const kind = options.kind ?? found
  if (kind === undefined) return problemOfJSON(beginning)
  if (kind === 'results' || kind === 'workers' || kind === 'transactions') {
    const looks = found === undefined ? 'JSON that is no answer of the API' : kindNames[found]
    return { line: 1, column: 1, message: `This looks like ${looks}. ${kindNames[kind]} was expected.` }
  }
  return { kind, batches: untilWrong(readJSON(text, options.kind)) }
}

/** What is read before the encoding breaks is read; then that is the fault of the file. */
async function* untilWrong(
  batches: AsyncIterable<ReadBatch & { isFatal?: boolean }>,
): AsyncGenerator<ReadBatch & { isFatal?: boolean }> {
  try {
    yield* batches
  } catch (error) {
    if (!(error instanceof WrongEncoding)) throw error
    yield { records: [], problems: [error.problem], rows: 0, leftOut: 0, isFatal: true }
  }
}

async function openRows(text: AsyncIterable<string>, options: ReadOptions): Promise<Reading | ImportProblem> {
  const groups = rowsOf(text)
  let group: CsvRow[] = []
  while (group.length === 0) {
    const next = await groups.next()
    if (next.done === true) return { line: 1, column: 1, message: 'The file is empty.' }
    group = next.value
  }
  const first = group[0]!
  if (first.problem !== undefined) return first.problem
  const opened = openCSV(first.cells, options)
  if ('message' in opened) return { ...opened, line: first.line }
  const rows = opened.isFirstRow ? group : group.slice(1)
  const { foreign = [] } = opened.reader
  return { kind: opened.kind, foreign, batches: untilWrong(readRows(opened, rows, groups)) }
}

/** Rows by the pieces of text that end them. */
async function* rowsOf(text: AsyncIterable<string>): AsyncGenerator<CsvRow[]> {
  const scanner = new CsvScanner()
  for await (const piece of text) {
    const rows = scanner.push(piece)
    yield rows
    if (rows.at(-1)?.isFatal === true) return
  }
  yield scanner.end()
}

async function* readRows(
  opened: OpenedCSV,
  begun: CsvRow[],
  groups: AsyncIterable<CsvRow[]>,
): AsyncGenerator<ReadBatch & { isFatal?: boolean }> {
  let batch: ReadBatch = { records: [], problems: [], rows: 0, leftOut: 0 }
  let length = 0
  const add = (row: CsvRow) => {
    batch.rows++
    length += row.length
    readRow(opened, row, batch)
  }
  for await (const group of inTurn(begun, groups)) {
    for (const row of group) {
      const again = headerAgain(opened, row)
      if (again === 'same') continue
      if (row.isFatal === true || again === 'other') {
        if (batch.rows > 0) yield batch
        const problem = row.problem ?? { line: row.line, column: 1, message: otherHeader }
        yield { records: [], problems: [problem], rows: 0, leftOut: 0, isFatal: true }
        return
      }
      add(row)
      if (batch.rows < server.imports.batch && length < server.imports.batchLength) continue
      yield batch
      batch = { records: [], problems: [], rows: 0, leftOut: 0 }
      length = 0
    }
  }
  if (batch.rows > 0) yield batch
}

/**
 * Whether a row is a header again, where files were put together. Behind another one all cells would be taken for those
 * of other columns.
 */
function headerAgain({ columns, isList }: OpenedCSV, { cells }: CsvRow): 'same' | 'other' | undefined {
  if (isList || cells[0]?.trim() !== columns[0]) return undefined
  const names = cells.map((cell) => cell.trim())
  if (columns.every((name, at) => (names[at] ?? '') === name)) return 'same'
  return kindOfHeader(names) === undefined ? undefined : 'other'
}

const otherHeader =
  'The header of another file begins here, with other columns: bring the files in one by one.'

async function* inTurn(first: CsvRow[], others: AsyncIterable<CsvRow[]>): AsyncGenerator<CsvRow[]> {
  yield first
  yield* others
}

function readRow({ reader, columns }: OpenedCSV, row: CsvRow, batch: ReadBatch): void {
  const { cells, line } = row
  const problem =
    row.problem ?? problemOfCells(cells, columns, line) ?? problemOfEnd(cells, reader.least, line)
  if (problem !== undefined) {
    batch.problems.push(problem)
    batch.leftOut++
    return
  }
  const faults: CellFault[] = []
  const records = reader.read(cells, faults)
  if (faults.length > 0) {
    batch.leftOut++
    for (const { column, message } of faults) batch.problems.push({ line, column, message })
  } else for (const record of records) batch.records.push({ record, line })
}

function problemOfEnd(cells: readonly string[], least: number, line: number): ImportProblem | undefined {
  if (cells.length >= least) return undefined
  const message = `The row ends here, but at least ${least} cells were expected: it was cut off, or a line break is in it that does not stand between quotes.`
  return { line, column: cells.length, message }
}

/** Rows may end early, as those of the site do; a NUL cannot be kept by a database. */
function problemOfCells(
  cells: readonly string[],
  columns: readonly string[],
  line: number,
): ImportProblem | undefined {
  for (let at = columns.length; at < cells.length; at++) {
    if (cells[at] === '') continue
    const message = `The row has ${cells.length} cells, but only ${columns.length} columns were expected.`
    return { line, column: at + 1, message }
  }
  for (let at = 0; at < cells.length; at++) {
    if (!cells[at]!.includes('\0')) continue
    return { line, column: columns[at], message: 'The cell holds the character NUL; text was expected.' }
  }
  return undefined
}
