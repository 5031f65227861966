// One row per committed change: who did what to which object, and when.
import { insert } from './prepared.ts'
import type { Write } from './tx.ts'

const insertRow = insert('audit', ['id', 'at', 'caller', 'operation', 'object_id'])

/** Writes the row of one change. `caller` is like `requester:A…`. */
export async function add(tx: Write, caller: string, operation: string, objectId: string): Promise<void> {
  await tx.change(insertRow, {
    id: tx.ids.entity(tx.now),
    at: tx.now,
    caller,
    operation,
    object_id: objectId,
  })
}
