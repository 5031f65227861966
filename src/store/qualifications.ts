// What workers have, or had, of custom qualification types [qualifications 1.2]: one row per type and worker, whose
// latest grant replaces the one before.
import { beforeNewest, beforeOldest, type Cursor } from './cursor.ts'
import { allListed, type ListedIds } from './id-list.ts'
import { read, write } from './prepared.ts'
import type { QualificationTable } from './schema.ts'
import type { Read, Write } from './tx.ts'

export type QualificationStatus = 'Granted' | 'Revoked'

export interface Qualification {
  qualificationTypeId: string
  /** The owner of the type. */
  requesterId: string
  workerId: string
  value: number
  status: QualificationStatus
  /** When it was granted last. */
  grantedAt: number
}

function fromRow(row: QualificationTable): Qualification {
  return {
    qualificationTypeId: row.qualification_type_id,
    requesterId: row.requester_id,
    workerId: row.worker_id,
    value: row.value ?? 0,
    status: row.status as QualificationStatus,
    grantedAt: row.granted_at,
  }
}

function toRow(qualification: Qualification): QualificationTable {
  return {
    qualification_type_id: qualification.qualificationTypeId,
    worker_id: qualification.workerId,
    requester_id: qualification.requesterId,
    value: qualification.value,
    status: qualification.status,
    granted_at: qualification.grantedAt,
  }
}

const upsertOf = (isUnlessLater: boolean) =>
  write<QualificationTable, unknown>(({ db }, p) =>
    db
      .insertInto('qualification')
      .values({
        qualification_type_id: p.qualification_type_id,
        worker_id: p.worker_id,
        requester_id: p.requester_id,
        value: p.value,
        status: p.status,
        granted_at: p.granted_at,
      })
      .onConflict((conflict) => {
        const replaced = conflict
          .columns(['qualification_type_id', 'worker_id'])
          .doUpdateSet({ value: p.value, status: p.status, granted_at: p.granted_at })
        return isUnlessLater ? replaced.where('qualification.granted_at', '<=', p.granted_at) : replaced
      }),
  )

const upsert = upsertOf(false)
const upsertUnlessLater = upsertOf(true)

type Key = { typeId: string; workerId: string }

const findRow = read<Key, QualificationTable>(({ db }, p) =>
  db
    .selectFrom('qualification')
    .selectAll()
    .where('qualification_type_id', '=', p.typeId)
    .where('worker_id', '=', p.workerId),
)

const findRows = read<ListedIds & { typeId: string }, QualificationTable>(({ db, among }, p) =>
  db
    .selectFrom('qualification')
    .selectAll()
    .where('qualification_type_id', '=', p.typeId)
    .where(({ ref }) => among(ref('worker_id'), p.ids)),
)

const revokeRow = write<Key, unknown>(({ db }, p) =>
  db
    .updateTable('qualification')
    .set({ status: 'Revoked' })
    .where('qualification_type_id', '=', p.typeId)
    .where('worker_id', '=', p.workerId)
    .where('status', '=', 'Granted'),
)

const rowsOfWorker = read<{ workerId: string }, Pick<QualificationTable, 'qualification_type_id' | 'value'>>(
  ({ db }, p) =>
    db
      .selectFrom('qualification')
      .select(['qualification_type_id', 'value'])
      .where('worker_id', '=', p.workerId)
      .where('status', '=', 'Granted'),
)

type PageOfType = { typeId: string; status: string; time: number; id: string; limit: number }

const pageRows = read<PageOfType, QualificationTable>(({ db }, p) =>
  db
    .selectFrom('qualification')
    .selectAll()
    .where('qualification_type_id', '=', p.typeId)
    .where('status', '=', p.status)
    .where('granted_at', '>=', p.time)
    .where((eb) =>
      eb.or([
        eb('granted_at', '>', p.time),
        eb.and([eb('granted_at', '=', p.time), eb('worker_id', '>', p.id)]),
      ]),
    )
    .orderBy('granted_at')
    .orderBy('worker_id')
    .limit(p.limit),
)

/** Keeps a worker's qualification as it is now; what he had of the type before is replaced. */
export async function put(tx: Write, qualification: Qualification): Promise<void> {
  await tx.change(upsert, toRow(qualification))
}

/** The same, but one that was granted later stays; answers whether it was kept. */
export async function putUnlessLater(tx: Write, qualification: Qualification): Promise<boolean> {
  return (await tx.change(upsertUnlessLater, toRow(qualification))) > 0
}

/** What the worker has, or had, of the type. */
export async function find(tx: Read, typeId: string, workerId: string): Promise<Qualification | undefined> {
  const row = await tx.first(findRow, { typeId, workerId })
  return row && fromRow(row)
}

/** What the workers have, or had, of the type, by their ids. */
export async function findMany(
  tx: Read,
  typeId: string,
  workerIds: Iterable<string>,
): Promise<Map<string, Qualification>> {
  const rows = await allListed(tx, findRows, workerIds, { typeId })
  return new Map(rows.map((row) => [row.worker_id, fromRow(row)]))
}

/** Revokes what is granted; answers whether it was. The time of the grant stays. */
export async function revoke(tx: Write, typeId: string, workerId: string): Promise<boolean> {
  return (await tx.change(revokeRow, { typeId, workerId })) > 0
}

/** The worker's value of each custom type that he has. */
export async function valuesOf(tx: Read, workerId: string): Promise<Map<string, number>> {
  const rows = await tx.all(rowsOfWorker, { workerId })
  return new Map(rows.map((row) => [row.qualification_type_id, row.value ?? 0]))
}

/** Qualifications of one type, oldest grant first [qualifications 3.9]. */
export async function list(
  tx: Read,
  typeId: string,
  status: QualificationStatus,
  after: Cursor | undefined,
  limit: number,
): Promise<Qualification[]> {
  return (await tx.all(pageRows, { typeId, status, limit, ...(after ?? beforeOldest) })).map(fromRow)
}

type PageOfWorker = { workerId: string; time: number; id: string; offset: number; limit: number }

const pageOfWorker = read<PageOfWorker, QualificationTable>(({ db }, p) =>
  db
    .selectFrom('qualification')
    .selectAll()
    .where('worker_id', '=', p.workerId)
    .where('status', '=', 'Granted')
    .where('granted_at', '<=', p.time)
    .where((eb) =>
      eb.or([
        eb('granted_at', '<', p.time),
        eb.and([eb('granted_at', '=', p.time), eb('qualification_type_id', '>', p.id)]),
      ]),
    )
    .orderBy('granted_at', 'desc')
    .orderBy('qualification_type_id')
    .limit(p.limit)
    .offset(p.offset),
)

const countOfWorker = read<{ workerId: string }, { count: number }>(({ db }, p) =>
  db
    .selectFrom('qualification')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('worker_id', '=', p.workerId)
    .where('status', '=', 'Granted'),
)

/**
 * What the worker has of custom types, latest grant first [websites 1.11]: after a place in that order, whose id is a
 * type's, or so many rows from the first.
 */
export async function listOfWorker(
  tx: Read,
  workerId: string,
  { after = beforeNewest, offset = 0, limit }: { after?: Cursor | undefined; offset?: number; limit: number },
): Promise<Qualification[]> {
  return (await tx.all(pageOfWorker, { workerId, offset, limit, ...after })).map(fromRow)
}

/** How many custom types the worker has. */
export async function countGranted(tx: Read, workerId: string): Promise<number> {
  return (await tx.first(countOfWorker, { workerId }))?.count ?? 0
}
