// Rows of a list of ids in few statements. A statement is compiled once, so it has a fixed number of places for ids: a
// short list fills the rest with its first id, a long one takes several statements.
import type { ReadStatement } from './prepared.ts'
import type { Read } from './tx.ts'

/** Places for ids in one statement; and in one for those who always have many ids, whom each round trip costs. */
const usual = 50
export const manyPlaces = 250

/** The ids of one statement. */
export type ListedIds = Record<`id${number}`, string>

const names = Array.from({ length: manyPlaces }, (_, i) => `id${i}` as const)

/** The places of a statement, for its `in`. */
export function listed(parameters: ListedIds, places = usual): string[] {
  return names.slice(0, places).map((name) => parameters[name] ?? '')
}

/** Runs a statement with so many places for all of the ids, each once, as often as it takes; answers all rows. */
export async function allListed<P extends object, R>(
  tx: Read,
  statement: ReadStatement<P & ListedIds, R>,
  ids: Iterable<string>,
  parameters: P,
  places = usual,
): Promise<R[]> {
  const wanted = [...new Set(ids)]
  const rows: R[] = []
  for (let from = 0; from < wanted.length; from += places) {
    const filled: ListedIds = {}
    for (let i = 0; i < places; i++) filled[names[i]!] = wanted[from + i] ?? wanted[from]!
    rows.push(...(await tx.all(statement, Object.assign(filled, parameters))))
  }
  return rows
}
