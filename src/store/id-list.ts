// Rows of a list of ids, in one statement.
import type { ReadStatement } from './prepared.ts'
import type { Read } from './tx.ts'

/** Parameters of a statement that finds rows `among` ids. */
export interface ListedIds {
  ids: readonly string[]
}

/** All rows of such a statement. */
export async function allListed<P extends object, R>(
  tx: Read,
  statement: ReadStatement<P & ListedIds, R>,
  ids: Iterable<string>,
  parameters: P,
): Promise<R[]> {
  const wanted = [...new Set(ids)]
  return wanted.length === 0 ? [] : tx.all(statement, { ...parameters, ids: wanted })
}
