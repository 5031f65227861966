// Who agreed to which version of the operator's terms, and when by the wall clock.
import { read, write } from './prepared.ts'
import type { ConsentTable } from './schema-shared.ts'
import type { Read, Write } from './tx.ts'

export interface Consent {
  workerId: string
  version: string
  /** Date of the version, YYYY-MM-DD. */
  dated: string
  at: number
}

const insertRow = write<ConsentTable, unknown>(({ db }, p) =>
  db
    .insertInto('consent')
    .values({ worker_id: p.worker_id, version: p.version, dated: p.dated, at: p.at })
    .onConflict((conflict) => conflict.columns(['worker_id', 'version']).doNothing()),
)

const rowsOfWorker = read<{ workerId: string }, ConsentTable>(({ db }, p) =>
  db.selectFrom('consent').selectAll().where('worker_id', '=', p.workerId).orderBy('at'),
)

/** Keeps that a worker agreed; the first time he agreed to a version counts. */
export async function add(tx: Write, { workerId, version, dated, at }: Consent): Promise<void> {
  await tx.change(insertRow, { worker_id: workerId, version, dated, at })
}

/** What a worker agreed to, oldest first. */
export async function list(tx: Read, workerId: string): Promise<Consent[]> {
  const rows = await tx.all(rowsOfWorker, { workerId })
  return rows.map(({ version, dated, at }) => ({ workerId, version, dated, at }))
}
