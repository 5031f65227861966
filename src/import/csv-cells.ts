// One row of a CSV file by the names of its columns. What is wrong is noted, not thrown: whoever has to mend a file wants to
// hear all of it at once.
import type { ImportProblem, ImportRecord } from '../domain/import/record.ts'
import { entityId, entityIdMeaning, shownLength, workerId, workerIdMeaning } from './ids.ts'

/** A cell that is wrong. */
export interface CellFault {
  column: string
  message: string
}

/** Makes records of the rows of one file. `read` notes in `faults` what is wrong with the row; then its answer is nothing. */
export interface RowReader {
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
