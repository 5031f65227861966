// The transaction history. Which columns it has is not documented (inferred) [websites 2.8]: they are known by their words,
// in any order and spelling, and all cells are kept.
import type { ImportProblem, ImportRecord } from '../domain/import/record.ts'
import { headerProblem, readAmount, wrongCell, type CellFault, type RowReader } from './csv-cells.ts'
import { HashCounter } from './hash-counter.ts'
import { readTime } from './json-times.ts'
import { readPacificDay, readPacificTime } from './pacific-time.ts'

const meanings = {
  initiated: ['date initiated', 'initiated', 'initiated date', 'date', 'transaction date'],
  posted: ['date posted', 'posted', 'posted date'],
  type: ['type', 'transaction type'],
  recipient: ['recipient id', 'recipient', 'worker id'],
  amount: ['amount'],
} as const
type Meaning = keyof typeof meanings
const examples = 'should be a date such as 11/20/19, 2019-11-20 or Wed Nov 20 21:03:26 PST 2019, or empty'

/** `Date_Initiated`, `dateInitiated` and `DATE INITIATED` are the same. */
function wordsOf(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[\s_-]+/g, ' ')
    .replace(/ \((?:usd|\$)\)$/i, '')
    .trim()
    .toLowerCase()
}

/** Where the columns of a meaning stand, the one with the best name first. */
function findColumns(names: readonly string[], meaning: Meaning): number[] {
  const words = names.map(wordsOf)
  return meanings[meaning].flatMap((known) => words.flatMap((name, at) => (name === known ? [at] : [])))
}

/** Whether a first line is that of a transaction history. */
export function isTransactionHeader(names: readonly string[]): boolean {
  const has = (meaning: Meaning) => findColumns(names, meaning).length > 0
  return has('amount') && has('type') && (has('initiated') || has('posted'))
}

/** A reader for a file with this header, or what is wrong with it. */
export function transactionReader(names: readonly string[]): RowReader | ImportProblem {
  const missing = (['amount', 'type'] as const).find((meaning) => findColumns(names, meaning).length === 0)
  const needed = missing === undefined ? [] : [missing === 'amount' ? 'Amount' : 'Type']
  return headerProblem(names, needed, 'a transaction history') ?? new TransactionReader(names)
}

class TransactionReader implements RowReader {
  readonly least = 1
  readonly #names: readonly string[]
  /** Several of a meaning where histories were put together: then a row has a cell in one of them. */
  readonly #at: Record<Meaning, readonly number[]>
  readonly #met = new HashCounter(Uint32Array)

  constructor(names: readonly string[]) {
    this.#names = names
    const at = (meaning: Meaning) => findColumns(names, meaning)
    this.#at = {
      initiated: at('initiated'),
      posted: at('posted'),
      type: at('type'),
      recipient: at('recipient'),
      amount: at('amount'),
    }
  }

  read(cells: readonly string[], faults: CellFault[]): ImportRecord[] {
    const columnOf = (meaning: Meaning) => {
      const columns = this.#at[meaning]
      return columns.find((at) => (cells[at] ?? '').trim() !== '') ?? columns[0] ?? -1
    }
    const textOf = (meaning: Meaning) => (cells[columnOf(meaning)] ?? '').trim()
    const wrong = (meaning: Meaning, expected: string) =>
      faults.push(wrongCell(this.#names[columnOf(meaning)]!, expected, textOf(meaning)))
    const dateOf = (meaning: 'initiated' | 'posted') => {
      const text = textOf(meaning)
      const time = text === '' ? undefined : readDate(text)
      if (text !== '' && time === undefined) wrong(meaning, examples)
      return time
    }
    const amount = readAmount(textOf('amount'))
    if (amount === undefined) wrong('amount', 'should be an amount such as $1.00, -$1.00 or ($1,234.50)')
    if (textOf('type') === '') wrong('type', 'should tell what kind of transaction it is')
    const [initiatedAt, postedAt] = [dateOf('initiated'), dateOf('posted')]
    const named = this.#names.map((name, at) => [name, cells[at] ?? ''] as const)
    if (faults.length > 0) return []
    return [
      {
        kind: 'transaction',
        initiatedAt,
        postedAt,
        type: textOf('type'),
        recipientId: textOf('recipient') || undefined,
        amount: amount!,
        cells: Object.fromEntries(named),
        occurrence: this.#met.add(JSON.stringify(named.map(([, cell]) => cell))),
      },
    ]
  }
}

function readDate(text: string): number | undefined {
  const day = readPacificDay(text)
  if (day !== undefined) return day
  const time = readPacificTime(text)
  if (typeof time === 'number') return time
  // Without this, digits alone would be taken for seconds.
  const iso = text.includes('-') ? readTime(text) : undefined
  return typeof iso === 'number' ? iso : undefined
}
