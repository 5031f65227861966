// Payouts as a table for a spreadsheet: written for the operator, and read again with what became of each.
import { server } from '../limits.ts'
import { Refused } from './command.ts'
import { nearest } from './nearest.ts'
import type { ShownPayout, Settling } from './payouts.ts'

const columns = [
  'payout_id',
  'worker_id',
  'amount',
  'method',
  'details',
  'requested_at',
  'state',
  'result',
  'note',
] as const

/**
 * The payouts as CSV, the last two columns to be filled in. What begins like a formula gets an apostrophe in front: a
 * worker's details must not be carried out by a spreadsheet.
 */
export async function writePayouts(payouts: readonly ShownPayout[]): Promise<string> {
  const { stringify } = await import('csv-stringify/sync')
  const rows = payouts.map((payout) => ({
    payout_id: payout.payoutId,
    worker_id: payout.workerId,
    amount: payout.amount,
    method: payout.method,
    details: payout.details ?? '',
    requested_at: payout.requestedAt,
    state: payout.state,
    result: '',
    note: payout.note ?? '',
  }))
  return stringify(rows, { header: true, columns: [...columns], escape_formulas: true })
}

/** What a file says became of payouts. */
export interface Results {
  settlings: Settling[]
  /** Rows whose result is left empty. */
  left: number
}

/** Reads a file that says what became of payouts. Throws a Refused that names the line, before anything is done. */
export async function readResults(text: string): Promise<Results> {
  const { rows, header } = await parse(text)
  for (const column of columns) {
    if (header.indexOf(column) === header.lastIndexOf(column)) continue
    throw new Refused(`The file has two columns ${column}: leave one of them.`)
  }
  for (const column of ['payout_id', 'result'] as const) {
    if (header.includes(column)) continue
    const near = nearest(column, header)
    throw new Refused(
      `The file has no column ${column}.${near === undefined ? '' : ` Is it "${near}"?`} The first line names the columns.`,
    )
  }
  const settlings = new Map<string, Settling>()
  let left = 0
  for (const { line, record } of rows) {
    const result = (record.result ?? '').trim().toLowerCase()
    if (result === '') {
      left++
      continue
    }
    const settling = { ...readRow(line, record, result) }
    const before = settlings.get(settling.payoutId)
    if (before !== undefined && before.result !== settling.result)
      throw new Refused(
        `Line ${line}: payout ${settling.payoutId} is ${settling.result} here and ${before.result} above. Nothing was changed.`,
      )
    if (before === undefined) settlings.set(settling.payoutId, settling)
  }
  return { settlings: [...settlings.values()], left }
}

function readRow(line: number, record: Readonly<Record<string, string>>, result: string): Settling {
  const payoutId = (record.payout_id ?? '').trim()
  if (!/^[A-Z0-9]{1,64}$/.test(payoutId))
    throw new Refused(`Line ${line} has no id of a payout in payout_id. Nothing was changed.`)
  if (result !== 'paid' && result !== 'failed') {
    const near = nearest(result, ['paid', 'failed'])
    throw new Refused(
      `Line ${line}: the result "${result}" is neither paid nor failed.` +
        `${near === undefined ? '' : ` Did you mean "${near}"?`} Nothing was changed.`,
    )
  }
  const note = (record.note ?? '').trim()
  if (note.length > server.noteLength)
    throw new Refused(
      `Line ${line}: the note has more than ${server.noteLength} characters. Nothing was changed.`,
    )
  return { payoutId, result, ...(note !== '' && { note }) }
}

interface Row {
  line: number
  record: Readonly<Record<string, string>>
}

async function parse(text: string): Promise<{ rows: Row[]; header: string[] }> {
  const { parse: parseCSV } = await import('csv-parse/sync')
  const firstLine = /^[^\r\n]*/.exec(text)![0]
  let header: string[] = []
  try {
    // Spreadsheets of some countries part cells by semicolons.
    const parsed = parseCSV(text, {
      bom: true,
      delimiter: firstLine.includes(';') && !firstLine.includes(',') ? ';' : ',',
      columns: (names: string[]) => (header = names.map((name) => name.trim().toLowerCase())),
      // A cell too many is a comma that nobody quoted: what follows it would stand under the wrong names.
      relax_column_count_less: true,
      skip_empty_lines: true,
      info: true,
    }) as unknown as { info: { lines: number }; record: Record<string, string> }[]
    return { header, rows: parsed.map(({ info, record }) => ({ line: info.lines, record })) }
  } catch (error) {
    throw new Refused(`The file is not a table in CSV: ${(error as Error).message}`)
  }
}
