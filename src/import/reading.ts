// What reading a file comes to: batches of records and problems.
import type { ImportKind } from '../domain/import/kinds.ts'
import type { ImportProblem, ReadRecord } from '../domain/import/record.ts'

/** Some rows: what was read of them, what is wrong with others, and how many rows of the file they are. */
export interface ReadBatch {
  records: ReadRecord[]
  problems: ImportProblem[]
  rows: number
  /** Rows with something wrong: one may have several problems. */
  leftOut: number
}

/**
 * A file whose kind is known, a batch at a time. A batch's problems are rows that are left out of `records`; a fault of the
 * whole file ends the reading: the last batch has it as a problem with `isFatal` true.
 */
export interface Reading {
  kind: ImportKind
  /** Columns whose cells are not kept: they are none of the real site. */
  foreign?: readonly string[]
  batches: AsyncIterable<ReadBatch & { isFatal?: boolean }>
}

/** Why a file cannot be brought in. `isOther`: what it tells is whole, and no history. */
export type NoImport = ImportProblem & { isOther?: true }

export interface ReadOptions {
  kind?: ImportKind
  answers?: 'plain' | 'crowd'
}
