// The tables of figures: what is known of a group and of a requester at a glance, refreshed when it is out of date. What holds for every table stands in schema.ts.

/** These tables, once per market. */
export interface GroupTables {}

/** Their names, as data. */
export const groupTables: readonly (keyof GroupTables)[] = []
