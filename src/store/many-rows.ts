// Rows that are added many at a time: each statement costs a round trip, and is compiled for its number of rows.
import { write, type WriteStatement } from './prepared.ts'
import type { Tables } from './schema.ts'
import type { Write } from './tx.ts'

/** Rows that one statement adds, the most first. */
const sizes = [100, 10, 1] as const

/** The statements that add rows to a table, for each of the sizes, and the parameters of a column in each row. */
export interface Adding {
  readonly slots: readonly (readonly [column: string, names: readonly string[]])[]
  readonly statements: readonly WriteStatement<Record<string, unknown>, unknown>[]
}

/** Declares the insertion of many rows with all of `columns`. */
export function adding<T extends keyof Tables & string, C extends keyof Tables[T] & string>(
  table: T,
  columns: readonly C[],
): Adding {
  const slots = columns.map(
    (name) => [name, Array.from({ length: sizes[0] }, (_, index) => `${name} ${index}`)] as const,
  )
  const valuesFrom = (p: Record<string, unknown>, index: number) =>
    Object.fromEntries(slots.map(([name, names]) => [name, p[names[index]!]]))
  return {
    slots,
    statements: sizes.map((size) =>
      write<Record<string, unknown>, unknown>(({ db }, p) =>
        // The columns are checked by the signature; Kysely cannot follow a generic table name.
        db
          .insertInto(table)
          .values(Array.from({ length: size }, (_, index) => valuesFrom(p, index)) as never),
      ),
    ),
  }
}

/** Adds rows that are not there yet. */
export async function addAll(
  tx: Write,
  { slots, statements }: Adding,
  rows: readonly object[],
): Promise<void> {
  let from = 0
  for (const [which, size] of sizes.entries()) {
    for (; from + size <= rows.length; from += size) {
      const some = rows.slice(from, from + size) as Record<string, unknown>[]
      const values: Record<string, unknown> = {}
      for (const [name, names] of slots)
        for (let index = 0; index < some.length; index++) values[names[index]!] = some[index]![name]
      await tx.change(statements[which]!, values)
    }
  }
}
