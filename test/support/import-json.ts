// Reads JSON of the API for tests, with all batches together.
import { createReadStream } from 'node:fs'
import type { ImportKind } from '../../src/domain/import/kinds.ts'
import type { ImportRecord } from '../../src/domain/import/record.ts'
import { readJSON } from '../../src/import/json.ts'

/** A text in pieces of a length. */
export async function* piecesOf(text: string, length = 1 << 16) {
  for (let i = 0; i < text.length; i += length) yield text.slice(i, i + length)
}

/** A fixture in small pieces. */
export const fileOf = (name: string): AsyncIterable<string> =>
  createReadStream(new URL(`../fixtures/imports/${name}`, import.meta.url), {
    encoding: 'utf8',
    highWaterMark: 100,
  })

export async function readAll(text: AsyncIterable<string>, kind?: ImportKind) {
  const all = {
    records: [] as ImportRecord[],
    lines: [] as number[],
    problems: [] as string[],
    rows: 0,
    isFatal: false,
  }
  for await (const batch of readJSON(text, kind)) {
    all.records.push(...batch.records.map(({ record }) => record))
    all.lines.push(...batch.records.map(({ line }) => line))
    all.problems.push(...batch.problems.map(({ line, column, message }) => `${line}:${column} ${message}`))
    all.rows += batch.rows
    all.isFatal ||= batch.isFatal === true
  }
  return all
}

export const read = (value: unknown, kind?: ImportKind) => readAll(piecesOf(JSON.stringify(value)), kind)
/** A file without a fault. */
export const good = { problems: [], isFatal: false }
