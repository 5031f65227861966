// The tables of what workers want to find again. What holds for every table stands in schema.ts.

/** These tables, once per market. */
export interface SearchTables {}

/** Their names, as data. */
export const searchTables: readonly (keyof SearchTables)[] = []
