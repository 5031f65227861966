// The tables of what workers did, day by day. What holds for every table stands in schema.ts.

/** These tables, once per market. */
export interface RecordTables {}

/** Their names, as data. */
export const recordTables: readonly (keyof RecordTables)[] = []
