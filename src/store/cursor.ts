/** Where a page of a list begins: after the row with this time and id. Ids that share a time go up. */
export interface Cursor {
  time: number
  id: string
}

/** Before the first row of a list that begins with the oldest. */
export const beforeOldest: Cursor = { time: 0, id: '' }

/** Before the first row of a list that begins with the newest. */
export const beforeNewest: Cursor = { time: Number.MAX_SAFE_INTEGER, id: '' }
