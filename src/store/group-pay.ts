// How long the latest work of a group took, from accepting to submitting.
import { sql } from 'kysely'
import { read } from './prepared.ts'
import type { AssignmentTable } from './schema.ts'
import type { Read } from './tx.ts'

type Row = Pick<AssignmentTable, 'accepted_at' | 'worker_id'> & { submitted_at: number }

const latestRows = read<{ hitTypeId: string; limit: number }, Row>(({ db }, p) =>
  db
    .selectFrom('assignment')
    .select(['accepted_at', 'worker_id'])
    .select(sql<number>`submitted_at`.as('submitted_at'))
    .where('hit_type_id', '=', p.hitTypeId)
    .where('submitted_at', 'is not', null)
    .orderBy('submitted_at', 'desc')
    .limit(p.limit),
)

/** Seconds that each of the latest `limit` submitted assignments of the group took, the latest first. */
export async function listSeconds(tx: Read, hitTypeId: string, limit: number): Promise<number[]> {
  return (await tx.all(latestRows, { hitTypeId, limit })).map(secondsOf)
}

/**
 * The same without those of one worker, who has `done` of the group: so many more are looked at, but `looked` at most, so
 * that one who did nearly all of a large group costs no more.
 */
export async function listSecondsOfOthers(
  tx: Read,
  hitTypeId: string,
  worker: { id: string; done: number },
  limit: number,
  looked: number,
): Promise<number[]> {
  const rows = await tx.all(latestRows, { hitTypeId, limit: Math.min(limit + worker.done, looked) })
  return rows
    .filter((row) => row.worker_id !== worker.id)
    .slice(0, limit)
    .map(secondsOf)
}

function secondsOf(row: Row): number {
  return Math.max(0, Math.round((row.submitted_at - row.accepted_at) / 1000))
}
