// What requesters brought in, page after page from end to end: for files that are written of it.
import type { ImportedType, ImportedWorker } from '../../domain/import/record.ts'
import { server } from '../../limits.ts'
import * as exports from '../../store/imported-exports.ts'
import * as imports from '../../store/imported-lists.ts'
import type { Read } from '../../store/tx.ts'
import { readAnswerPage } from '../answer-pages.ts'
import { read, type OperatorCaller } from '../operation.ts'

/** Work with the HIT and the type that it is of. */
export interface ImportedWork {
  type: ImportedType
  hit: imports.KeptHIT
  assignment: imports.KeptAssignment
}

/** Behind a HIT, or within it behind some of its work. */
export type WorkPlace = exports.HITPlace & { within?: { submittedAt: number; id: string } }

/** Some of a list, and where it goes on; it ends where it goes on nowhere. */
export interface ExportPage<T, Place> {
  entries: T[]
  next: Place | undefined
}

interface WorkRequest {
  requesterId: string
  /** Only work of this batch: that is what the annotation of its HIT begins with [websites 2.5]. */
  batchId?: string | undefined
  after?: WorkPlace | undefined
}

const { batch, batchLength } = server.imports
const everyState = ['Submitted', 'Approved', 'Rejected'] as const

/** HITs that are looked up at once. */
const step = 50

/**
 * Imported work, in the order of the HITs' creation, then of submission. A page looks at a bounded number of HITs, so it
 * may be empty though others follow.
 */
export const ListImportedWork = read<OperatorCaller, WorkRequest, ExportPage<ImportedWork, WorkPlace>>(
  'ListImportedWork',
  async (tx, _, { requesterId, batchId, after: place }) => {
    const after: WorkPlace = place ?? exports.beforeFirstHIT
    if (after.within !== undefined) return within(tx, after.hitId, after.within)
    const start = batchId === undefined ? '' : `BatchId:${batchId};`
    const { wanted, last } = await findHITs(tx, requesterId, after, start)
    if (last === undefined) return { entries: [], next: undefined }
    const taken = await takeHITs(tx, wanted)
    if (taken.length === 0 && wanted.length > 0) return within(tx, wanted[0]!.id, undefined)
    const work = await exports.listWorkOf(
      tx,
      taken.map(({ id }) => id),
    )
    const end = taken.length === wanted.length ? last : taken.at(-1)!
    return { entries: await withTypes(tx, taken, work), next: placeOf(end) }
  },
)

const placeOf = ({ createdAt, id }: imports.KeptHIT): exports.HITPlace => ({ createdAt, hitId: id })

/** The next HITs whose annotations begin so, and the last that was looked at. Where there are none it looks further. */
async function findHITs(
  tx: Read,
  requesterId: string,
  after: exports.HITPlace,
  start: string,
): Promise<{ wanted: imports.KeptHIT[]; last: imports.KeptHIT | undefined }> {
  const isWanted = ({ annotation = '' }: imports.KeptHIT) => annotation.startsWith(start)
  const near = await exports.listHITs(tx, requesterId, after, step)
  const last = near.at(-1)
  const wanted = near.filter(isWanted)
  if (last === undefined || wanted.length > 0) return { wanted, last }
  const far = await exports.listHITs(tx, requesterId, placeOf(last), batch)
  return { wanted: far.filter(isWanted), last: far.at(-1) ?? last }
}

/** The first of the HITs, as many as have no more work together than a page holds. */
async function takeHITs(tx: Read, hits: readonly imports.KeptHIT[]): Promise<readonly imports.KeptHIT[]> {
  const sizes = await exports.measureWork(
    tx,
    hits.map(({ id }) => id),
  )
  let count = 0
  let bytes = 0
  const tooMany = hits.findIndex(({ id }) => {
    const size = sizes.get(id)
    count += size?.count ?? 0
    bytes += size?.bytes ?? 0
    return count > batch || bytes > batchLength
  })
  return tooMany === -1 ? hits : hits.slice(0, tooMany)
}

/** The work of a HIT that has more than a page holds, or the rest of it. */
async function within(
  tx: Read,
  hitId: string,
  after: WorkPlace['within'],
): Promise<ExportPage<ImportedWork, WorkPlace>> {
  const hit = await imports.findHIT(tx, hitId)
  if (hit === undefined) throw new Error(`imported HIT ${hitId} is gone`)
  const placeOfWork = ({ submittedAt, id }: imports.KeptAssignment) => ({ time: submittedAt, id })
  const work = await readAnswerPage(
    { after: after && { time: after.submittedAt, id: after.id }, limit: batch },
    {
      list: (from, limit) => imports.listWork(tx, hitId, everyState, from, limit),
      placeOf: placeOfWork,
      lengthOf: ({ answer }) => answer.length,
    },
  )
  const last = work.at(-1)
  return {
    entries: await withTypes(tx, [hit], work),
    next: { ...placeOf(hit), ...(last && { within: { submittedAt: last.submittedAt, id: last.id } }) },
  }
}

async function withTypes(
  tx: Read,
  hits: readonly imports.KeptHIT[],
  work: readonly imports.KeptAssignment[],
): Promise<ImportedWork[]> {
  const types = await imports.findTypes(
    tx,
    hits.map(({ typeId }) => typeId),
  )
  const byHIT = Map.groupBy(work, ({ hitId }) => hitId)
  return hits.flatMap((hit) => {
    const type = types.get(hit.typeId)
    if (type === undefined) throw new Error(`imported HIT ${hit.id} lacks its type`)
    const own = (byHIT.get(hit.id) ?? []).toSorted(
      (a, b) => a.submittedAt - b.submittedAt || (a.id < b.id ? -1 : 1),
    )
    return own.map((assignment) => ({ type, hit, assignment }))
  })
}

/** A worker as his requester has him now. */
export type WorkerNow = Pick<ImportedWorker, 'id' | 'figures'> & {
  block: NonNullable<ImportedWorker['block']>
  /** His scores, by the names of the qualification types. */
  scores: ReadonlyMap<string, number>
}

interface WorkersRequest {
  requesterId: string
  after?: string | undefined
}

/** The workers whom a requester brought, in order of their ids, with the scores and blocks that they have here now. */
export const ListImportedWorkers = read<OperatorCaller, WorkersRequest, ExportPage<WorkerNow, string>>(
  'ListImportedWorkers',
  async (tx, _, { requesterId, after = '' }) => {
    const workers = await exports.listWorkers(tx, requesterId, after, batch)
    const ids = workers.map(({ id }) => id)
    const scores = Map.groupBy(await exports.listScores(tx, requesterId, ids), ({ workerId }) => workerId)
    const blocked = await exports.listBlocked(tx, requesterId, ids)
    return {
      entries: workers.map((worker) => ({
        id: worker.id,
        figures: worker.figures,
        block: blockNow(worker, blocked.has(worker.id)),
        scores: new Map((scores.get(worker.id) ?? []).map(({ name, value }) => [name, value])),
      })),
      next: ids.at(-1),
    }
  },
)

/** Who came as blocked and is not any more was unblocked here [websites 2.6]. */
function blockNow({ block = 'Never Blocked' }: ImportedWorker, isBlocked: boolean): WorkerNow['block'] {
  if (isBlocked) return 'Blocked'
  return block === 'Blocked' ? 'Unblocked' : block
}

interface TransactionsRequest {
  requesterId: string
  after?: exports.TransactionPlace | undefined
}

/** The transaction history that a requester brought, oldest line first. */
export const ListImportedTransactions = read<
  OperatorCaller,
  TransactionsRequest,
  ExportPage<exports.KeptTransaction['cells'], exports.TransactionPlace>
>('ListImportedTransactions', async (tx, _, { requesterId, after }) => {
  const lines = await exports.listTransactions(tx, requesterId, after, batch)
  return { entries: lines.map(({ cells }) => cells), next: lines.at(-1)?.place }
})
