// What the filter of the history shows as a file.
import { pacificDay } from '../../../clock.ts'
import { isFault } from '../../../domain/fault.ts'
import { FindHistory } from '../../../operations/worker/FindHistory.ts'
import { walkHistory } from '../../../operations/worker/history.ts'
import type { HistoryEntry } from '../../../operations/worker/ListHistory.ts'
import { answerFile } from '../../download.ts'
import { answerJSON } from '../../json.ts'
import { faultPage, notFound } from '../../ui/error-page.tsx'
import type { WorkerVisit } from '../../visit.ts'
import { recordedColumns, recordedEntry } from './history-entry.ts'
import { readHistoryQuery } from './history-query.ts'

/** How the pieces of a file are written. */
interface Writer {
  type: string
  begin: string
  /** `isFirst` when no entry stands before these. */
  write(entries: readonly HistoryEntry[], isFirst: boolean): string
  end: string
}

/** `GET /history/export?format=csv|json` and the fields of the history's filter */
export async function exportHistory(visit: WorkerVisit): Promise<Response> {
  const { c, market, caller } = visit
  const address = new URL(c.req.url).searchParams
  const format = address.get('format')
  if (format !== 'csv' && format !== 'json') return notFound(visit)
  const { query, errors } = readHistoryQuery(address)
  if (Object.keys(errors).length > 0) return answerJSON(c, { errors }, 422)
  const place = await market.runner.run(FindHistory, caller, query)
  if (isFault(place)) return faultPage(visit, place)
  const writer = format === 'csv' ? await csvWriter() : jsonWriter
  const pieces = walkHistory(market.runner, caller, query, place)
  const file = { name: `hits-${pacificDay(market.clock.now())}.${format}`, type: writer.type }
  return answerFile(c, file, textOf(pieces, writer))
}

/** The text of the file in pieces. Throws when what was left to read is refused. */
async function* textOf(pieces: ReturnType<typeof walkHistory>, writer: Writer): AsyncGenerator<string> {
  yield writer.begin
  let isFirst = true
  for await (const piece of pieces) {
    if (isFault(piece)) throw new Error(`the history broke off: ${piece.fault}`)
    if (piece.entries.length === 0) continue
    yield writer.write(piece.entries, isFirst)
    isFirst = false
  }
  yield writer.end
}

const jsonWriter: Writer = {
  type: 'application/json; charset=utf-8',
  begin: '[',
  write: (entries, isFirst) =>
    (isFirst ? '\n' : ',\n') + entries.map((entry) => JSON.stringify(recordedEntry(entry))).join(',\n'),
  end: '\n]\n',
}

/** RFC 4180. A cell that a spreadsheet would take for a formula begins with an apostrophe. */
async function csvWriter(): Promise<Writer> {
  const { stringify } = await import('csv-stringify/sync')
  const options = {
    columns: [...recordedColumns],
    record_delimiter: '\r\n',
    // The library quotes cells with the delimiter of rows only, which is both characters.
    quoted_match: /[\r\n]/,
    escape_formulas: true,
  }
  return {
    type: 'text/csv; charset=utf-8; header=present',
    begin: stringify([], { ...options, header: true }),
    write: (entries) => stringify(entries.map(recordedEntry), options),
    end: '',
  }
}
