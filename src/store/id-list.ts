// Rows of a list of ids in few statements. A statement is compiled once, so it has a fixed number of places for ids: a
// short list fills the rest with its first id, a long one takes several statements.
import type { ReadStatement } from './prepared.ts'
import type { Read } from './tx.ts'

/** Places for ids in one statement. */
const places = 50

/** The ids of one statement. */
export type ListedIds = Record<`id${number}`, string>

/** The places of a statement, for its `in`. */
export function listed(parameters: ListedIds): string[] {
  return Array.from({ length: places }, (_, i) => parameters[`id${i}`] ?? '')
}

/** Runs a statement for all of the ids, each once, as often as it takes; answers the rows of all runs. */
export async function allListed<P extends object, R>(
  tx: Read,
  statement: ReadStatement<P & ListedIds, R>,
  ids: Iterable<string>,
  parameters: P,
): Promise<R[]> {
  const wanted = [...new Set(ids)]
  const rows: R[] = []
  for (let from = 0; from < wanted.length; from += places) {
    const some = wanted.slice(from, from + places)
    const filled = Array.from({ length: places }, (_, i) => [`id${i}`, some[i] ?? some[0]] as const)
    const values = { ...parameters, ...(Object.fromEntries(filled) as ListedIds) }
    rows.push(...(await tx.all(statement, values)))
  }
  return rows
}
