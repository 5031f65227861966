// Messages of the outbox that were given up. The operator may have them sent again; in the end they are forgotten.
import { sql } from 'kysely'
import { read, write } from './prepared.ts'
import type { OutboxTable } from './schema-notifications.ts'
import type { Read, Write } from './tx.ts'

type Letter = Pick<OutboxTable, 'id' | 'destination' | 'kind' | 'settled_at'>

const afterRows = read<{ after: string; limit: number }, Letter>(({ db }, p) =>
  db
    .selectFrom('outbox')
    .select(['id', 'destination', 'kind', 'settled_at'])
    .where(sql<boolean>`state = 'dead'`)
    .where('part_of', 'is', null)
    .where('id', '>', p.after)
    .orderBy('id')
    .limit(p.limit),
)

const replayRow = write<{ id: string }, unknown>(({ db }, p) =>
  db
    .updateTable('outbox')
    .set({ state: 'waiting', due_at: 0, attempts: 0, settled_at: null })
    .where((eb) => eb.or([eb('id', '=', p.id), eb('part_of', '=', p.id)]))
    .where('state', '=', 'dead'),
)

/** Gives one dead letter its attempts again; false when there is none of this id. */
export async function replay(tx: Write, id: string): Promise<boolean> {
  return (await tx.change(replayRow, { id })) > 0
}

/** How far a replay has come: `last` is where it goes on, undefined when it is at the end. */
export interface Progress {
  replayed: number
  last: string | undefined
}

/**
 * Looks at `limit` dead letters after `after`, the oldest first, and gives those of the destination, or all, their
 * attempts again. Not tests: who made one has heard that it failed, and nobody waits for it.
 */
export async function replaySome(
  tx: Write,
  destination: string | undefined,
  after: string,
  limit: number,
): Promise<Progress> {
  const rows = await tx.all(afterRows, { after, limit })
  const chosen = rows.filter(
    (row) => row.kind !== 'test' && (destination === undefined || row.destination === destination),
  )
  let replayed = 0
  for (const { id } of chosen) if (await replay(tx, id)) replayed++
  return { replayed, last: rows.length < limit ? undefined : rows.at(-1)?.id }
}

const deleteRow = write<{ id: string }, unknown>(({ db }, p) =>
  db
    .deleteFrom('outbox')
    .where((eb) => eb.or([eb('id', '=', p.id), eb('part_of', '=', p.id)]))
    .where('state', '=', 'dead'),
)

/**
 * Those of the `limit` oldest dead letters that were given up at or before `until`: the oldest letters are the oldest
 * dead, but for some that were sent again.
 */
async function listOld(tx: Read, until: number, limit: number): Promise<string[]> {
  const rows = await tx.all(afterRows, { after: '', limit })
  return rows.filter((row) => (row.settled_at ?? 0) <= until).map(({ id }) => id)
}

/** Whether any of the `limit` oldest was given up at or before `until`. */
export async function hasOld(tx: Read, until: number, limit: number): Promise<boolean> {
  return (await listOld(tx, until, limit)).length > 0
}

/** Forgets those of the `limit` oldest that were given up at or before `until`; answers how many. */
export async function forgetOld(tx: Write, until: number, limit: number): Promise<number> {
  const ids = await listOld(tx, until, limit)
  for (const id of ids) await tx.change(deleteRow, { id })
  return ids.length
}
