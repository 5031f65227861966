// Lists of workers: an id on each line, with or without a name above, and why each was blocked beside it if all were.
import { expectOnce, isWorkerId, workerCell, type RowReader } from './csv-cells.ts'
import { HashCounter } from './hash-counter.ts'

const idName = /^worker[ _-]?ids?$/i
const reasonName = /reason/i

/** Whether a first line is that of such a list: a name of its column, or the first id. */
export function isBlockHeader(names: readonly string[]): boolean {
  if (names.length > 2) return false
  const [first = '', second] = names
  return (
    isFirstBlock(names) ||
    (idName.test(first) && (second === undefined || reasonName.test(second) || second === ''))
  )
}

/** Whether the first line is a worker already. `Answer` is none: ids of the site have more characters. */
export function isFirstBlock(names: readonly string[]): boolean {
  return names.length <= 2 && isWorkerId(names[0] ?? '')
}

/** Reads lines of such a list; `block` is what became of all of them. */
export function listReader(block: 'Blocked' | undefined): RowReader {
  const met = new HashCounter()
  return {
    least: 1,
    read([cell = '', reason = ''], faults) {
      const id = workerCell(cell.trim(), 'Worker ID', faults)
      expectOnce(met, id, 'Worker ID', faults)
      const why = block && (reason.trim() || undefined)
      const worker = { id, figures: undefined, block, reason: why }
      return [{ kind: 'worker', worker }]
    },
  }
}
