// Imported history written again as files: the rows are read while they are sent, so a requester's whole past may be
// longer than memory.
import type { Context, Hono } from 'hono'
import { isFault, type Fault } from '../../domain/fault.ts'
import {
  findTransactionColumns,
  findWorkerColumns,
  writeTransactions,
  writeWorkers,
} from '../../import/history-csv.ts'
import { findResultColumns, writeResults, type Rows } from '../../import/result-csv.ts'
import type { Market } from '../../market.ts'
import { operator, type OperatorCaller, type ReadOperation } from '../../operations/operation.ts'
import { FindRequester } from '../../operations/operator/FindRequester.ts'
import {
  ListImportedTransactions,
  ListImportedWork,
  ListImportedWorkers,
  type ExportPage,
} from '../../operations/operator/ListImported.ts'
import { answerFile } from '../download.ts'
import type { Control } from './call.ts'
import { BadInput, requesterOf } from './input.ts'

/** Adds the calls that write files of imported history. */
export function addExports(app: Hono, control: Control): void {
  app.get('/_control/exports/results', control.handleStream(exportResults))
  app.get('/_control/exports/workers', control.handleStream(exportWorkers))
  app.get('/_control/exports/transactions', control.handleStream(exportTransactions))
}

async function exportResults(market: Market, c: Context): Promise<Response | Fault> {
  const batchId = c.req.query('batch')
  if (batchId !== undefined && !/^[0-9A-Za-z]{1,64}$/.test(batchId))
    throw new BadInput('batch', 'It must be the number of a batch.')
  return write(market, c, batchId === undefined ? 'results' : `Batch_${batchId}_batch_results`, {
    rows: (requesterId) => rowsOf(market, ListImportedWork, { requesterId, batchId }),
    columns: findResultColumns,
    file: writeResults,
    nothing:
      batchId === undefined
        ? nothingOf('results')
        : new BadInput('batch', 'No results of this batch were brought in for this requester.'),
  })
}

function exportWorkers(market: Market, c: Context): Promise<Response | Fault> {
  return write(market, c, 'workers', {
    rows: (requesterId) => rowsOf(market, ListImportedWorkers, { requesterId }),
    columns: findWorkerColumns,
    file: writeWorkers,
    nothing: nothingOf('workers'),
  })
}

function exportTransactions(market: Market, c: Context): Promise<Response | Fault> {
  return write(market, c, 'transactions', {
    rows: (requesterId) => rowsOf(market, ListImportedTransactions, { requesterId }),
    columns: findTransactionColumns,
    file: writeTransactions,
    nothing: nothingOf('transactions'),
  })
}

const nothingOf = (what: string) =>
  new BadInput('requester', `There are no ${what} that were brought in for this requester.`)

/** How a file is made: its rows, what they say of its columns, and the text of both. */
interface FileKind<T, C extends { rows: number }> {
  rows(requesterId: string): Rows<T>
  columns(rows: Rows<T>): Promise<C>
  file(rows: Rows<T>, columns: C): AsyncGenerator<string>
  /** What is said when there are no rows. */
  nothing: BadInput
}

async function write<T, C extends { rows: number }>(
  market: Market,
  c: Context,
  name: string,
  kind: FileKind<T, C>,
): Promise<Response | Fault> {
  const requesterId = requesterOf(c)
  const requester = await market.runner.run(FindRequester, operator, { requesterId })
  if (isFault(requester)) return requester
  const rows = kind.rows(requesterId)
  const columns = await kind.columns(rows)
  // A mistyped batch or requester would look like one without results.
  if (columns.rows === 0) throw kind.nothing
  const file = { name: `${name}.csv`, type: 'text/csv; charset=utf-8' }
  return answerFile(c, file, kind.file(rows, columns))
}

/** The pages of a list from its beginning. */
function rowsOf<I extends object, T, P>(
  market: Market,
  operation: ReadOperation<OperatorCaller, I & { after?: P | undefined }, ExportPage<T, P>>,
  input: I,
): Rows<T> {
  return async function* () {
    let after: P | undefined
    do {
      const page = await market.runner.run(operation, operator, { ...input, after })
      if (isFault(page)) throw new Error(`imported history cannot be read: ${page.fault}`)
      yield page.entries
      after = page.next
      // The market's other callers first.
      await new Promise((done) => setImmediate(done))
    } while (after !== undefined)
  }
}
