import type { DueItem } from '../../store/due.ts'
import type { SystemCaller } from '../operation.ts'

/** What the audit row of a batch names: every object that the batch worked on. */
export function subjects(_: SystemCaller, items: readonly DueItem[]): string {
  return items.map((item) => item.assignmentId ?? item.hitId).join(' ')
}
