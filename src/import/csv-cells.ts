// One row of a CSV file by the names of its columns. What is wrong is noted, not thrown: whoever has to mend a file wants to
// hear all of it at once.
import type { ImportProblem, ImportRecord } from '../domain/import/record.ts'
import { parseDollars } from '../domain/money.ts'
import type { HashCounter } from './hash-counter.ts'
import { entityId, entityIdMeaning, shownLength, workerId, workerIdMeaning } from './ids.ts'

/** A cell that is wrong. */
export interface CellFault {
  column: string
  message: string
}

/** Makes records of the rows of one file. `read` notes in `faults` what is wrong with the row; then its answer is nothing. */
export interface RowReader {
  /** Cells without which a row cannot be whole. */
  readonly least: number
  /** Columns that are none of the real site: what stands in them is not kept. */
  readonly foreign?: readonly string[]
  read(cells: readonly string[], faults: CellFault[]): ImportRecord[]
}

export const isWorkerId = (text: string): boolean => workerId.test(text)

/** A wrong value as a problem shows it. */
export function shown(value: string): string {
  if (value === '') return 'the cell is empty'
  const cut = value.length > shownLength ? `${value.slice(0, shownLength).toWellFormed()}…` : value
  return `it is ${JSON.stringify(cut)}`
}

export function wrongCell(column: string, expected: string, value: string): CellFault {
  return { column, message: `${column} ${expected}; ${shown(value)}.` }
}

export function idCell(cell: string, column: string, faults: CellFault[]): string {
  if (!entityId.test(cell)) faults.push(wrongCell(column, `should be ${entityIdMeaning}`, cell))
  return cell
}

export function workerCell(cell: string, column: string, faults: CellFault[]): string {
  if (!workerId.test(cell)) faults.push(wrongCell(column, `should be ${workerIdMeaning}`, cell))
  return cell
}

/** Notes an id that stands once in a file. Rows that are left out for other reasons do not count. */
export function expectOnce(met: HashCounter, id: string, column: string, faults: CellFault[]): void {
  if (faults.length === 0 && met.add(id) > 1)
    faults.push(wrongCell(column, 'should stand in the file once, but stood above already', id))
}

/** Cents; less than 0 with a minus or in brackets, as bookkeepers write it. */
export function readAmount(text: string): bigint | undefined {
  const found = /^(\()?([-−+])?\$?(-)?(\d{1,3}(?:,\d{3})+|\d+)?(\.\d{0,2})?(\))?$/.exec(text)
  if (found === null) return undefined
  const [, open, sign, secondSign, whole = '', fraction = '', close] = found
  if ((open === undefined) !== (close === undefined) || (whole === '' && fraction.length < 2))
    return undefined
  const signs = [open, sign === '+' ? undefined : sign, secondSign].filter((one) => one !== undefined).length
  if (signs > 1) return undefined
  const amount: bigint | undefined = parseDollars(
    `${whole === '' ? '0' : whole.replaceAll(',', '')}${fraction}`,
  )
  return amount !== undefined && signs === 1 ? 0n - amount : amount
}

/** What is wrong with a header: columns that are missing, and names that stand there twice. */
export function headerProblem(
  names: readonly string[],
  needed: readonly string[],
  what: string,
): ImportProblem | undefined {
  const missing = needed.filter((name) => !names.includes(name))
  if (missing.length > 0) {
    const list = missing.join(', ')
    const message = `The first line should name the columns of ${what}, but ${list} ${missing.length > 1 ? 'are' : 'is'} missing.`
    return { line: 1, column: missing[0], message }
  }
  const seen = new Set<string>()
  for (const name of names) {
    if (name !== '' && seen.has(name))
      return {
        line: 1,
        column: name,
        message: `Two columns are called ${name}: each name was expected once.`,
      }
    seen.add(name)
  }
  return undefined
}
