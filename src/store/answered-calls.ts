// First answers to calls that an SDK may repeat after a lost answer [wire 3.7], kept a quarter of an hour. Written
// in the transaction of the call itself, so a crash between commit and answer loses nothing.
import { server } from '../limits.ts'
import { insert, read, write } from './prepared.ts'
import type { Write } from './tx.ts'

const insertRow = insert('answered_call', ['key', 'output', 'at'])

const findRow = read<{ key: string; since: number }, { output: string }>(({ db }, p) =>
  db.selectFrom('answered_call').select('output').where('key', '=', p.key).where('at', '>', p.since),
)

const deleteOld = write<{ before: number }, unknown>(({ db }, p) =>
  db.deleteFrom('answered_call').where('at', '<=', p.before),
)

/** The answer given to the call before. `wallNow` is wall-clock time in epoch milliseconds. */
export async function find(tx: Write, key: string, wallNow: number): Promise<unknown> {
  const row = await tx.first(findRow, { key, since: wallNow - server.retryMemory })
  return row && (JSON.parse(row.output) as unknown)
}

/** Remembers an answer. A competitor with the same key makes this fail with a unique violation, which is retried. */
export async function add(tx: Write, key: string, output: unknown, wallNow: number): Promise<void> {
  await tx.change(deleteOld, { before: wallNow - server.retryMemory })
  await tx.change(insertRow, { key, output: JSON.stringify(output), at: wallNow })
}
