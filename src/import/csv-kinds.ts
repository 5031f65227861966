// What a CSV file is, by its first line.
import { kindNames, type ImportKind } from '../domain/import/kinds.ts'
import type { ImportProblem } from '../domain/import/record.ts'
import { isBlockHeader, listReader, isFirstBlock } from './block-file.ts'
import type { RowReader } from './csv-cells.ts'
import { separatorProblem } from './csv-scan.ts'
import { neededColumns, resultReader } from './result-file.ts'
import { isTransactionHeader, transactionReader } from './transaction-file.ts'
import { workerReader } from './worker-file.ts'

const csvKinds: readonly ImportKind[] = ['results', 'workers', 'blocks', 'transactions']

/** What a file is by the names of its columns. */
export function kindOfHeader(names: readonly string[]): ImportKind | undefined {
  if (isBlockHeader(names)) return 'blocks'
  if (names.includes('Worker ID')) return 'workers'
  if (names.includes('HITId') && neededColumns.filter((name) => names.includes(name)).length > 6)
    return 'results'
  return isTransactionHeader(names) ? 'transactions' : undefined
}

/** A CSV file of a kind that can be brought in. The first line may be a row already. */
export interface OpenedCSV {
  kind: ImportKind
  reader: RowReader
  columns: readonly string[]
  /** Of ids, which may have no header. */
  isList: boolean
  isFirstRow: boolean
}

/** Opens a file with this first line as what it is, or what it should be. */
export function openCSV(
  first: readonly string[],
  options: { kind?: ImportKind; answers?: 'plain' | 'crowd' },
): OpenedCSV | ImportProblem {
  const names = first.map((name) => name.trim())
  const found = kindOfHeader(names)
  if (options.kind === undefined && found === 'blocks' && !names.some((name) => /block/i.test(name)))
    return { line: 1, column: 1, message: listOfWorkers }
  const kind = options.kind ?? found
  if (kind === undefined) return { line: 1, column: 1, message: tellUnknown(names) }
  // Of workers a laboratory may have no more than their ids.
  const isPlain = kind === 'workers' && found === 'blocks'
  if ((found !== undefined && found !== kind && !isPlain) || !csvKinds.includes(kind)) {
    const looks = found === undefined ? 'a CSV file' : kindNames[found]
    return { line: 1, column: 1, message: `This looks like ${looks}, but ${kindNames[kind]} was expected.` }
  }
  const isList = isPlain || kind === 'blocks'
  const reader = isList
    ? listReader(kind === 'blocks' ? 'Blocked' : undefined)
    : kind === 'results'
      ? resultReader(names, options.answers)
      : kind === 'workers'
        ? workerReader(names)
        : transactionReader(names)
  if ('message' in reader) return reader
  const columns = isList ? ['Worker ID', 'Reason'] : names
  return { kind, reader, columns, isList, isFirstRow: isList && (isFirstBlock(names) || found === undefined) }
}

/** Whoever is in such a list may be blocked, or the best of all: nobody is shut out on a guess. */
const listOfWorkers =
  'This is a list of worker ids, and does not tell what for. If all of them were blocked, say so: --kind blocks; if they worked for you: --kind workers.'

function tellUnknown(names: readonly string[]): string {
  const [first = ''] = names
  const expected = csvKinds.map((kind) => kindNames[kind]).join(', ')
  // Two columns between tabs are rather what the AWS CLI prints.
  const separator = first.includes(';') ? ';' : first.split('\t').length > 2 ? '\t' : ''
  const separated = separatorProblem(separator)
  if (separated !== undefined) return separated
  if (names.includes('AssignmentId') && (names.includes('Approve') || names.includes('Reject')))
    return 'This looks like decisions for an upload, which tell nothing of the work; batch results were expected.'
  const begins = first.startsWith('<')
    ? 'This looks like a page or XML'
    : `The first line names no columns that are known (it begins with ${JSON.stringify(first.slice(0, 40))})`
  return `${begins}. Expected was one of: ${expected}, or JSON saved from the API (with the AWS CLI: --output json).`
}
