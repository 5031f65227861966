// Files for tests of the readers, with all batches together.
import { createReadStream, readFileSync } from 'node:fs'
import type { ImportRecord } from '../../src/domain/import/record.ts'
import { openImport } from '../../src/import/read.ts'
import type { ReadOptions } from '../../src/import/reading.ts'

const pathOf = (name: string) => new URL(`../fixtures/imports/${name}`, import.meta.url)

/** A fixture's text. */
export const textOf = (name: string): string => readFileSync(pathOf(name), 'utf8')

async function* piecesOf(bytes: Buffer, length: number) {
  for (let at = 0; at < bytes.length; at += length)
    yield await Promise.resolve(bytes.subarray(at, at + length))
}

/** Reads a fixture in small pieces. */
export const readFixture = (name: string, options: ReadOptions = {}) =>
  readWhole(createReadStream(pathOf(name), { highWaterMark: 7 }), options)

/** Reads a text or bytes in pieces of a length. */
export const readText = (text: string | Buffer, options: ReadOptions = {}, length = 5) =>
  readWhole(piecesOf(Buffer.from(text as string), length), options)

async function readWhole(bytes: AsyncIterable<Uint8Array>, options: ReadOptions) {
  const reading = await openImport(bytes, options)
  const all = { kind: '', records: [] as ImportRecord[], lines: [] as number[], problems: [] as string[] }
  const figures = { ...all, rows: 0, leftOut: 0, isFatal: false, foreign: [] as readonly string[] }
  if (!('batches' in reading)) {
    figures.problems.push(`${reading.line}:${reading.column} ${reading.message}`)
    return { ...figures, isFatal: true }
  }
  figures.kind = reading.kind
  figures.foreign = reading.foreign ?? []
  for await (const batch of reading.batches) {
    figures.records.push(...batch.records.map(({ record }) => record))
    figures.lines.push(...batch.records.map(({ line }) => line))
    figures.problems.push(...batch.problems.map((p) => `${p.line}:${p.column} ${p.message}`))
    figures.rows += batch.rows
    figures.leftOut += batch.leftOut
    figures.isFatal ||= batch.isFatal === true
  }
  return figures
}
