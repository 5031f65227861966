// What two files tell of the same thing, put together.
import type { RowKind, RowTables } from '../../store/imported-rows.ts'
import type { WorkerRow } from '../../store/imported-workers.ts'

interface Merged<Row> {
  row: Row
  isChanged: boolean
}

/** Two rows of the same thing: the later one counts, but nothing that it does not tell takes away what is known. */
export function merged<Row extends object>(known: Row, told: Row): Merged<Row> {
  let row: Row | undefined
  // Of a million rows most are told again: a copy is made only of one that changes.
  for (const name in told) {
    const value = told[name]
    if (value === null || value === known[name] || isSameTime(name, known[name], value)) continue
    row ??= { ...known }
    row[name] = value
  }
  return { row: row ?? known, isChanged: row !== undefined }
}

/** A CSV tells whole seconds only. */
function isSameTime(name: string, known: unknown, told: unknown): boolean {
  if (!name.endsWith('_at') || typeof known !== 'number') return false
  return told === Math.floor(known / 1000) * 1000
}

/**
 * The same of work. A decision is told as a whole, so that of an approval after a rejection no rejection stays; a
 * file that was saved before the decision does not take it back.
 */
function mergedWork(
  known: RowTables['assignment'],
  told: RowTables['assignment'],
): Merged<RowTables['assignment']> {
  if (known.state === told.state) return merged(known, told)
  if (told.state === 'Submitted') return merged(known, { ...told, state: known.state })
  const { approved_at, rejected_at } = told
  return merged({ ...known, approved_at, rejected_at }, told)
}

/** The same of a HIT. */
function mergedHIT(known: RowTables['hit'], told: RowTables['hit']): Merged<RowTables['hit']> {
  if (known.input === told.input && known.fields === told.fields) return merged(known, told)
  const fields = hasAll(told.fields, known.fields) ? null : told.fields
  return merged(known, { ...told, fields, input: newCells(known.input, told.input) })
}

/** The same of a worker. */
export function mergedWorker(known: WorkerRow, told: WorkerRow): Merged<WorkerRow> {
  if (told.figures === null && told.block === null) return merged(known, told)
  // Of whom no file told a block, none is known.
  const block = known.block === null && told.block === 'Never Blocked' ? null : told.block
  return merged(known, { ...told, block, figures: newCells(known.figures, told.figures) })
}

/** The same of a line of the transaction history: its id is made of its cells, so that only empty ones may be others. */
function mergedTransaction(known: RowTables['transaction']): Merged<RowTables['transaction']> {
  return { row: known, isChanged: false }
}

/** How two rows of a kind are put together. */
export const merges: { [K in RowKind]: (known: RowTables[K], told: RowTables[K]) => Merged<RowTables[K]> } = {
  type: merged,
  hit: mergedHIT,
  assignment: mergedWork,
  bonus: merged,
  transaction: mergedTransaction,
}

/** Whether a list has all of a shorter one. A file of several batches has the columns of all. */
function hasAll(list: string | null, shorter: string | null): boolean {
  if (list === null || shorter === null) return false
  const names = new Set(JSON.parse(list) as string[])
  return (JSON.parse(shorter) as string[]).every((name) => names.has(name))
}

/** Cells with those that are known, null when there are no others: empty cells of more columns tell nothing. */
function newCells(known: string | null, told: string | null): string | null {
  if (told === null) return null
  const before = new Map(Object.entries(JSON.parse(known ?? '{}') as Record<string, string>))
  const cells = Object.entries(JSON.parse(told) as Record<string, string>)
  const news = cells.filter(([name, cell]) => cell !== (before.get(name) ?? ''))
  if (news.length === 0) return null
  if (known === null) return told
  return JSON.stringify(Object.fromEntries([...before, ...news]))
}
