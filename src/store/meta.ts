// Facts about the database as a whole: demo mode, clock offsets.
import type { Environment } from '../domain/market-settings.ts'
import { read, write } from './prepared.ts'
import type { Read, Write } from './tx.ts'

/** The facts that are kept. A clock's offset is in milliseconds; `server key` is a text that the right key opens. */
export type FactName = 'made for' | 'demo people' | 'server key' | `clock offset ${Environment}`

const findRow = read<{ name: string }, { value: string }>(({ db }, p) =>
  db.selectFrom('meta').select('value').where('name', '=', p.name),
)

const putRow = write<{ name: string; value: string }, unknown>(({ db }, p) =>
  db
    .insertInto('meta')
    .values({ name: p.name, value: p.value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: p.value })),
)

/** The fact's value, or undefined. */
export async function find(tx: Read, name: string): Promise<string | undefined> {
  return (await tx.first(findRow, { name }))?.value
}

/** Keeps a fact; an earlier value is replaced. */
export async function put(tx: Write, name: string, value: string): Promise<void> {
  await tx.change(putRow, { name, value })
}
