// Worker CSVs: a row is a worker with figures, scores and his block status [websites 2.6].
import type { ImportProblem, ImportRecord, ImportedWorker } from '../domain/import/record.ts'
import {
  expectOnce,
  headerProblem,
  workerCell,
  wrongCell,
  type CellFault,
  type RowReader,
} from './csv-cells.ts'
import { HashCounter } from './hash-counter.ts'

const blockNames: readonly string[] = ['CURRENT-BlockStatus', 'CURRENT BlockStatus']
const blockStates = ['Never Blocked', 'Blocked', 'Unblocked'] as const
const current = 'CURRENT-'
const score = /^-?\d{1,9}$/

/** A reader for a file with this header, or what is wrong with it. */
export function workerReader(names: readonly string[]): RowReader | ImportProblem {
  return headerProblem(names, ['Worker ID'], 'a worker file') ?? new WorkerReader(names)
}

class WorkerReader implements RowReader {
  readonly least = 1
  readonly #names: readonly string[]
  readonly #id: number
  readonly #block: number
  readonly #met = new HashCounter()

  constructor(names: readonly string[]) {
    this.#names = names
    this.#id = names.indexOf('Worker ID')
    this.#block = names.findIndex((name) => blockNames.includes(name))
  }

  read(cells: readonly string[], faults: CellFault[]): ImportRecord[] {
    const id = workerCell((cells[this.#id] ?? '').trim(), 'Worker ID', faults)
    const records: ImportRecord[] = []
    const figures: [string, string][] = []
    this.#names.forEach((name, at) => {
      const cell = cells[at] ?? ''
      if (at === this.#id || at === this.#block || name === '') return
      if (/^UPDATE[- ]/.test(name)) expectNoChange(name, cell, faults)
      else if (!name.startsWith(current) || name === current) figures.push([name, cell])
      else if (cell.trim() !== '') {
        const value = cell.trim()
        if (!score.test(value))
          faults.push(wrongCell(name, 'should be a score, a whole number, or empty', cell))
        const type = { name: name.slice(current.length) }
        const granted = { value: Number(value), status: 'Granted', grantedAt: undefined } as const
        records.push({ kind: 'score', workerId: id, type, ...granted })
      }
    })
    const block = this.#readBlock(cells, faults)
    expectOnce(this.#met, id, 'Worker ID', faults)
    const worker = {
      id,
      figures: figures.length === 0 ? undefined : Object.fromEntries(figures),
      block,
      reason: undefined,
    }
    return [{ kind: 'worker', worker }, ...records]
  }

  #readBlock(cells: readonly string[], faults: CellFault[]): ImportedWorker['block'] {
    const cell = cells[this.#block] ?? ''
    if (cell.trim() === '') return undefined
    const found = blockStates.find((state) => state === cell.trim())
    if (found === undefined)
      faults.push(wrongCell(this.#names[this.#block]!, `should be one of ${blockStates.join(', ')}`, cell))
    return found
  }
}

/** A change that was never uploaded is not carried out here either, and must not get lost unseen. */
function expectNoChange(name: string, cell: string, faults: CellFault[]): void {
  if (cell.trim() === '') return
  const expected =
    'should be empty: it asks for a change, and importing carries none out. Empty the cell, and make the change afterwards'
  faults.push(wrongCell(name, expected, cell))
}
