import type { ExpressionBuilder } from 'kysely'
import type { Tables } from './schema.ts'

/** Where a page of a list begins: after the row with this time and id. Ids that share a time go up. */
export interface Cursor {
  time: number
  id: string
}

/** Before the first row of a list that begins with the oldest. */
export const beforeOldest: Cursor = { time: 0, id: '' }

/** Before the first row of a list that begins with the newest. */
export const beforeNewest: Cursor = { time: Number.MAX_SAFE_INTEGER, id: '' }

/** What is behind the cursor in a list of HITs, the market's own or imported ones, that begins with the latest time. */
export function behind(column: 'created_at' | 'expires_at', { time, id }: Cursor) {
  return (eb: ExpressionBuilder<Tables, 'hit'> | ExpressionBuilder<Tables, 'imported_hit'>) => {
    // Both tables have these columns.
    const on = eb as ExpressionBuilder<Tables, 'hit'>
    return on.and([
      on.or([on(column, '<', time), on.and([on(column, '=', time), on('id', '>', id)])]),
      // It follows from the line above; said by itself it lets the planner begin in the index at this time.
      on(column, '<=', time),
    ])
  }
}
