// Who has claimed which id of the real service (docs/decisions/0013), and what that gives him: what the requester who
// brought the id granted to it counts for him, where she has not said anything of himself.
import type { Cursor } from './cursor.ts'
import { beforeNewest } from './cursor.ts'
import { read, write, type Builder } from './prepared.ts'
import type { QualificationTable } from './schema.ts'
import type { ImportedWorkerTable } from './schema-imports.ts'
import type { Read, Write } from './tx.ts'

/** An id of the real service that a worker has claimed with the requester who brought it. */
export interface Claim {
  requesterId: string
  /** The earlier id. */
  workerId: string
  claimedAt: number
}

/** A requester who brought an id, and who has claimed it with her. */
export interface Bringer {
  requesterId: string
  claimedBy: string | undefined
}

type ClaimRow = Pick<ImportedWorkerTable, 'requester_id' | 'worker_id' | 'claimed_at'>

const rowsOf = read<{ workerId: string }, ClaimRow>(({ db }, p) =>
  db
    .selectFrom('imported_worker')
    .select(['requester_id', 'worker_id', 'claimed_at'])
    .where('claimed_by', '=', p.workerId),
)

const bringerRows = read<{ workerId: string }, Pick<ImportedWorkerTable, 'requester_id' | 'claimed_by'>>(
  ({ db }, p) =>
    db
      .selectFrom('imported_worker')
      .select(['requester_id', 'claimed_by'])
      .where('worker_id', '=', p.workerId),
)

const claimRow = write<{ requesterId: string; earlierId: string; workerId: string; now: number }, unknown>(
  ({ db }, p) =>
    db
      .updateTable('imported_worker')
      .set({ claimed_by: p.workerId, claimed_at: p.now })
      .where('requester_id', '=', p.requesterId)
      .where('worker_id', '=', p.earlierId)
      .where('claimed_by', 'is', null),
)

const releaseRows = write<{ workerId: string }, unknown>(({ db }, p) =>
  db
    .updateTable('imported_worker')
    .set({ claimed_by: null, claimed_at: null })
    .where('claimed_by', '=', p.workerId),
)

interface Brought {
  requesterId: string
  earlierId: string
}

const lockRow = write<Brought, { claimed_by: string | null }>(({ db, forUpdate }, p) =>
  forUpdate(
    db
      .selectFrom('imported_worker')
      .select('claimed_by')
      .where('requester_id', '=', p.requesterId)
      .where('worker_id', '=', p.earlierId),
  ),
)

const releaseRow = write<Brought, unknown>(({ db }, p) =>
  db
    .updateTable('imported_worker')
    .set({ claimed_by: null, claimed_at: null })
    .where('requester_id', '=', p.requesterId)
    .where('worker_id', '=', p.earlierId),
)

const idRows = read<{ requesterId: string; after: string; limit: number }, { worker_id: string }>(
  ({ db }, p) =>
    db
      .selectFrom('imported_worker')
      .select('worker_id')
      .where('requester_id', '=', p.requesterId)
      .where('worker_id', '>', p.after)
      .orderBy('worker_id')
      .limit(p.limit),
)

/** The worker's claims, oldest first: one at most with each requester. */
export async function listOfWorker(tx: Read, workerId: string): Promise<Claim[]> {
  const rows = await tx.all(rowsOf, { workerId })
  return rows
    .map((row) => ({
      requesterId: row.requester_id,
      workerId: row.worker_id,
      claimedAt: row.claimed_at ?? 0,
    }))
    .toSorted((one, other) => one.claimedAt - other.claimedAt)
}

/** Everybody who brought an id of the real service. */
export async function listBringers(tx: Read, earlierId: string): Promise<Bringer[]> {
  const rows = await tx.all(bringerRows, { workerId: earlierId })
  return rows.map((row) => ({ requesterId: row.requester_id, claimedBy: row.claimed_by ?? undefined }))
}

/** Notes whose the id is from now on; answers whether it was nobody's. */
export async function claim(
  tx: Write,
  { requesterId, workerId: earlierId }: Pick<Claim, 'requesterId' | 'workerId'>,
  workerId: string,
): Promise<boolean> {
  return (await tx.change(claimRow, { requesterId, earlierId, workerId, now: tx.now })) > 0
}

/** Gives up all claims of the worker: who gets the codes again can claim the ids again. */
export async function release(tx: Write, workerId: string): Promise<void> {
  await tx.change(releaseRows, { workerId })
}

/** Takes an id that a requester brought from who has claimed it; answers who had. */
export async function releaseId(
  tx: Write,
  requesterId: string,
  earlierId: string,
): Promise<string | undefined> {
  const row = await tx.first(lockRow, { requesterId, earlierId })
  if (row?.claimed_by === undefined || row.claimed_by === null) return undefined
  await tx.change(releaseRow, { requesterId, earlierId })
  return row.claimed_by
}

/** Ids that the requester brought, in their order, those behind `after`. */
export async function listIds(
  tx: Read,
  requesterId: string,
  after: string,
  limit: number,
): Promise<string[]> {
  return (await tx.all(idRows, { requesterId, after, limit })).map((row) => row.worker_id)
}

/** What a statement about the scores of a claimed id is told. */
interface Claimed {
  requesterId: string
  earlierId: string
  workerId: string
}

/** Scores of the claimed id with the requester's types of which she has not told anything about the worker himself. */
function granted({ db }: Builder, p: Claimed) {
  return db
    .selectFrom('qualification')
    .where('worker_id', '=', p.earlierId)
    .where('requester_id', '=', p.requesterId)
    .where('status', '=', 'Granted')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('qualification as own')
            .select('own.worker_id')
            .whereRef('own.qualification_type_id', '=', 'qualification.qualification_type_id')
            .where('own.worker_id', '=', p.workerId),
        ),
      ),
    )
}

type Value = Pick<QualificationTable, 'qualification_type_id' | 'value'>

const valueRows = read<Claimed, Value>((builder, p) =>
  granted(builder, p).select(['qualification_type_id', 'value']),
)

const valueRow = read<Claimed & { typeId: string }, Pick<QualificationTable, 'value' | 'granted_at'>>(
  (builder, p) =>
    granted(builder, p).select(['value', 'granted_at']).where('qualification_type_id', '=', p.typeId),
)

const countRows = read<Claimed, { count: number }>((builder, p) =>
  granted(builder, p).select(({ fn }) => fn.countAll<number>().as('count')),
)

type Page = Claimed & { time: number; id: string; limit: number }

const pageRows = read<Page, Pick<QualificationTable, 'qualification_type_id' | 'granted_at'>>((builder, p) =>
  granted(builder, p)
    .select(['qualification_type_id', 'granted_at'])
    .where('granted_at', '<=', p.time)
    .where((eb) =>
      eb.or([
        eb('granted_at', '<', p.time),
        eb.and([eb('granted_at', '=', p.time), eb('qualification_type_id', '>', p.id)]),
      ]),
    )
    .orderBy('granted_at', 'desc')
    .orderBy('qualification_type_id')
    .limit(p.limit),
)

const claimed = ({ requesterId, workerId: earlierId }: Claim, workerId: string): Claimed => ({
  requesterId,
  earlierId,
  workerId,
})

/** The value of each type that the claim gives the worker. */
export async function valuesOf(tx: Read, claim: Claim, workerId: string): Promise<Map<string, number>> {
  const rows = await tx.all(valueRows, claimed(claim, workerId))
  return new Map(rows.map((row) => [row.qualification_type_id, row.value ?? 0]))
}

/** What the claim gives the worker of one type. */
export async function findValue(
  tx: Read,
  claim: Claim,
  workerId: string,
  typeId: string,
): Promise<{ value: number; grantedAt: number } | undefined> {
  const row = await tx.first(valueRow, { ...claimed(claim, workerId), typeId })
  return row && { value: row.value ?? 0, grantedAt: row.granted_at }
}

/** How many types the claim gives the worker. */
export async function countValues(tx: Read, claim: Claim, workerId: string): Promise<number> {
  return Number((await tx.first(countRows, claimed(claim, workerId)))?.count ?? 0)
}

/** The types that the claim gives the worker, latest grant first, those behind `after`. */
export async function listValues(
  tx: Read,
  claim: Claim,
  workerId: string,
  { after = beforeNewest, limit }: { after?: Cursor | undefined; limit: number },
): Promise<{ qualificationTypeId: string; grantedAt: number }[]> {
  const rows = await tx.all(pageRows, { ...claimed(claim, workerId), ...after, limit })
  return rows.map((row) => ({ qualificationTypeId: row.qualification_type_id, grantedAt: row.granted_at }))
}
