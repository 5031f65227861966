// The tables of what workers want to be paid out. What holds for every table stands in schema.ts.

/** These tables, once per market. */
export interface PaymentTables {}

/** Their names, as data. */
export const paymentTables: readonly (keyof PaymentTables)[] = []
