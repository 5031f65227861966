// What requesters brought in, from end to end in an order that does not change: for files that are written of it.
import { hitFromRow, assignmentFromRow, type KeptAssignment, type KeptHIT } from './imported-lists.ts'
import type { ImportedWorker } from '../domain/import/record.ts'
import { allListed, type ListedIds } from './id-list.ts'
import { read } from './prepared.ts'
import type {
  ImportedAssignmentTable,
  ImportedHITTable,
  ImportedTransactionTable,
  ImportedWorkerTable,
} from './schema-imports.ts'
import type { Read } from './tx.ts'

/** Behind this HIT. */
export interface HITPlace {
  createdAt: number
  hitId: string
}

/** Before the first HIT. */
export const beforeFirstHIT: HITPlace = { createdAt: -1, hitId: '' }

// A question may be long, and no file that is written of a HIT holds it.
const hitColumns = [
  ...(['id', 'hit_type_id', 'requester_id', 'group_id', 'created_at', 'expires_at'] as const),
  ...(['max_assignments', 'annotation', 'layout_id', 'review_status', 'input', 'fields'] as const),
] as const
type HITRow = Omit<ImportedHITTable, 'question'>

const hitRows = read<HITPlace & { requesterId: string; limit: number }, HITRow>(({ db }, p) =>
  db
    .selectFrom('imported_hit')
    .select(hitColumns)
    .where('requester_id', '=', p.requesterId)
    .where((eb) => eb(eb.refTuple('created_at', 'id'), '>', eb.tuple(p.createdAt, p.hitId)))
    .orderBy('created_at')
    .orderBy('id')
    .limit(p.limit),
)

/** The requester's imported HITs, oldest first, without their questions. */
export async function listHITs(
  tx: Read,
  requesterId: string,
  after: HITPlace,
  limit: number,
): Promise<KeptHIT[]> {
  const rows = await tx.all(hitRows, { requesterId, limit, ...after })
  return rows.map((row) => hitFromRow({ ...row, question: null }))
}

interface SizeRow {
  hit_id: string
  count: number
  bytes: number
}

const sizeRows = read<ListedIds, SizeRow>(({ db, among }, p) =>
  db
    .selectFrom('imported_assignment')
    .select(({ fn, ref }) => [
      'hit_id',
      fn.countAll<number>().as('count'),
      fn.sum<number>(fn('octet_length', [ref('document')])).as('bytes'),
    ])
    .where(({ ref }) => among(ref('hit_id'), p.ids))
    .groupBy('hit_id'),
)

/** How much work was brought in of each of the HITs, and the bytes of its answers; those without any are left out. */
export async function measureWork(tx: Read, hitIds: Iterable<string>): Promise<Map<string, SizeRow>> {
  const rows = await allListed(tx, sizeRows, hitIds, {})
  return new Map(rows.map((row) => [row.hit_id, row]))
}

const workRows = read<ListedIds, ImportedAssignmentTable>(({ db, among }, p) =>
  db
    .selectFrom('imported_assignment')
    .selectAll()
    .where(({ ref }) => among(ref('hit_id'), p.ids)),
)

/** All imported work of some HITs, in no order. */
export async function listWorkOf(tx: Read, hitIds: Iterable<string>): Promise<KeptAssignment[]> {
  return (await allListed(tx, workRows, hitIds, {})).map(assignmentFromRow)
}

type WorkerRow = Pick<ImportedWorkerTable, 'worker_id' | 'figures' | 'block' | 'reason'>

const workerRows = read<{ requesterId: string; after: string; limit: number }, WorkerRow>(({ db }, p) =>
  db
    .selectFrom('imported_worker')
    .select(['worker_id', 'figures', 'block', 'reason'])
    .where('requester_id', '=', p.requesterId)
    .where('worker_id', '>', p.after)
    .orderBy('worker_id')
    .limit(p.limit),
)

/** The workers whom the requester brought, in order of their ids, as they were when they came. */
export async function listWorkers(
  tx: Read,
  requesterId: string,
  after: string,
  limit: number,
): Promise<ImportedWorker[]> {
  const rows = await tx.all(workerRows, { requesterId, after, limit })
  return rows.map((row) => ({
    id: row.worker_id,
    figures: row.figures === null ? undefined : (JSON.parse(row.figures) as Record<string, string>),
    block: (row.block ?? undefined) as ImportedWorker['block'],
    reason: row.reason ?? undefined,
  }))
}

interface ScoreRow {
  worker_id: string
  name: string
  value: number | null
}

const scoreRows = read<ListedIds & { requesterId: string }, ScoreRow>(({ db, among }, p) =>
  db
    .selectFrom('qualification')
    .innerJoin('qualification_type', 'qualification_type.id', 'qualification.qualification_type_id')
    .select(['qualification.worker_id', 'qualification_type.name', 'qualification.value'])
    .where(({ ref }) => among(ref('qualification.worker_id'), p.ids))
    .where('qualification.requester_id', '=', p.requesterId)
    .where('qualification.status', '=', 'Granted')
    .where('qualification_type.status', '!=', 'Disposed'),
)

/** What some workers have now of the requester's qualification types, by the names of the types. */
export async function listScores(
  tx: Read,
  requesterId: string,
  workerIds: Iterable<string>,
): Promise<{ workerId: string; name: string; value: number }[]> {
  const rows = await allListed(tx, scoreRows, workerIds, { requesterId })
  return rows.map((row) => ({ workerId: row.worker_id, name: row.name, value: row.value ?? 0 }))
}

const blockRows = read<ListedIds & { requesterId: string }, { worker_id: string }>(({ db, among }, p) =>
  db
    .selectFrom('worker_block')
    .select('worker_id')
    .where('requester_id', '=', p.requesterId)
    .where(({ ref }) => among(ref('worker_id'), p.ids)),
)

/** Those of the workers whom the requester blocks now. */
export async function listBlocked(
  tx: Read,
  requesterId: string,
  workerIds: Iterable<string>,
): Promise<Set<string>> {
  const rows = await allListed(tx, blockRows, workerIds, { requesterId })
  return new Set(rows.map((row) => row.worker_id))
}

/** Behind this line of the transaction history; lines without a time come first. */
export interface TransactionPlace {
  initiatedAt: number | undefined
  id: string
}

type TransactionRow = Pick<ImportedTransactionTable, 'id' | 'initiated_at' | 'cells'>
interface TransactionParameters {
  requesterId: string
  initiatedAt: number
  id: string
  limit: number
}

const timelessRows = read<TransactionParameters, TransactionRow>(({ db }, p) =>
  db
    .selectFrom('imported_transaction')
    .select(['id', 'initiated_at', 'cells'])
    .where('requester_id', '=', p.requesterId)
    .where('initiated_at', 'is', null)
    .where('id', '>', p.id)
    .orderBy('id')
    .limit(p.limit),
)

const timedRows = read<TransactionParameters, TransactionRow>(({ db }, p) =>
  db
    .selectFrom('imported_transaction')
    .select(['id', 'initiated_at', 'cells'])
    .where('requester_id', '=', p.requesterId)
    .where((eb) => eb(eb.refTuple('initiated_at', 'id'), '>', eb.tuple(p.initiatedAt, p.id)))
    .orderBy('initiated_at')
    .orderBy('id')
    .limit(p.limit),
)

/** A line of the transaction history: its cells by column name, in the order of its file. */
export interface KeptTransaction {
  place: TransactionPlace
  cells: Readonly<Record<string, string>>
}

/** The requester's transaction history, oldest first; a page may be shorter than the limit, and then another follows. */
export async function listTransactions(
  tx: Read,
  requesterId: string,
  after: TransactionPlace | undefined,
  limit: number,
): Promise<KeptTransaction[]> {
  const { initiatedAt, id } = after ?? { initiatedAt: undefined, id: '' }
  const timeless =
    initiatedAt === undefined ? await tx.all(timelessRows, { requesterId, id, limit, initiatedAt: 0 }) : []
  const place =
    initiatedAt === undefined ? { initiatedAt: Number.MIN_SAFE_INTEGER, id: '' } : { initiatedAt, id }
  const rows = timeless.length > 0 ? timeless : await tx.all(timedRows, { requesterId, limit, ...place })
  return rows.map((row) => ({
    place: { initiatedAt: row.initiated_at ?? undefined, id: row.id },
    cells: JSON.parse(row.cells) as Record<string, string>,
  }))
}
