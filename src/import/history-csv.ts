// The other files of imported history: workers as the Workers tab lets one download them [websites 2.6], and the
// transaction history [websites 2.8]. As with results, rows are read twice: for the columns, then for the cells.
import { cellOf, csvLine } from './csv-text.ts'
import type { Rows } from './result-csv.ts'

/** A worker as his requester has him. */
export interface WorkerRow {
  id: string
  /** Cells that tell of his work, by column. */
  figures: Readonly<Record<string, string>> | undefined
  block: string
  /** His scores by the names of the qualification types. */
  scores: ReadonlyMap<string, number>
}

/** The columns that depend on the rows, in their order, and how many rows there are. */
export interface WorkerColumns {
  figures: readonly string[]
  scores: readonly string[]
  rows: number
}

/** Reads all workers for their columns: figures in the order in which they are met, scores by name. */
export async function findWorkerColumns(rows: Rows<WorkerRow>): Promise<WorkerColumns> {
  const figures = new Set<string>()
  const scores = new Set<string>()
  let count = 0
  for await (const some of rows()) {
    count += some.length
    for (const worker of some) {
      for (const name of Object.keys(worker.figures ?? {})) figures.add(name)
      for (const name of worker.scores.keys()) scores.add(name)
    }
  }
  return { figures: [...figures], scores: [...scores].sort(), rows: count }
}

/** The worker CSV; the columns for changes are empty, as they are in a download. */
export async function* writeWorkers(
  rows: Rows<WorkerRow>,
  { figures, scores }: WorkerColumns,
): AsyncGenerator<string> {
  const ofScores = scores.flatMap((name) => [`CURRENT-${name}`, `UPDATE-${name}`])
  yield csvLine(['Worker ID', ...figures, ...ofScores, 'CURRENT-BlockStatus', 'UPDATE-BlockStatus'])
  for await (const some of rows()) {
    for (const worker of some) {
      const values = scores.flatMap((name) => [String(worker.scores.get(name) ?? ''), ''])
      yield csvLine([
        worker.id,
        ...figures.map((name) => cellOf(worker.figures, name)),
        ...values,
        worker.block,
        '',
      ])
    }
  }
}

/** A line of the transaction history: its cells by column. */
export type TransactionRow = Readonly<Record<string, string>>

/** The columns of a transaction history in the order in which they are met, and how many lines there are. */
export interface TransactionColumns {
  names: readonly string[]
  rows: number
}

/** Reads all lines for their columns. */
export async function findTransactionColumns(rows: Rows<TransactionRow>): Promise<TransactionColumns> {
  const names = new Set<string>()
  let count = 0
  for await (const some of rows()) {
    count += some.length
    for (const cells of some) for (const name of Object.keys(cells)) names.add(name)
  }
  return { names: [...names], rows: count }
}

/** The transaction history with the cells as they came. */
export async function* writeTransactions(
  rows: Rows<TransactionRow>,
  { names }: TransactionColumns,
): AsyncGenerator<string> {
  yield csvLine(names)
  for await (const some of rows())
    for (const cells of some) yield csvLine(names.map((name) => cellOf(cells, name)))
}
