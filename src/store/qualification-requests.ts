// Requests of workers for qualifications, each with the texts of test and key as they were when it was made. Changes of
// state are compare-and-sets, as with assignments.
import { sql } from 'kysely'
import type { QualificationRequest, RequestState } from '../domain/qualification-request.ts'
import { beforeOldest, type Cursor } from './cursor.ts'
import { insert, read, write, type Builder } from './prepared.ts'
import type { QualificationRequestTable } from './schema.ts'
import type { Read, Write } from './tx.ts'

const columns = [
  'id',
  'qualification_type_id',
  'requester_id',
  'worker_id',
  'state',
  'test_hash',
  'answer_key_hash',
  'answer',
  'requested_at',
  'submitted_at',
  'deadline',
] as const

function fromRow(row: QualificationRequestTable): QualificationRequest {
  return {
    id: row.id,
    qualificationTypeId: row.qualification_type_id,
    requesterId: row.requester_id,
    workerId: row.worker_id,
    state: row.state as RequestState,
    testHash: row.test_hash ?? undefined,
    answerKeyHash: row.answer_key_hash ?? undefined,
    answer: row.answer ?? undefined,
    requestedAt: row.requested_at,
    submittedAt: row.submitted_at ?? undefined,
    deadline: row.deadline ?? undefined,
  }
}

const insertRow = insert('qualification_request', columns)

/** Adds a request. */
export async function add(tx: Write, request: QualificationRequest): Promise<void> {
  await tx.change(insertRow, {
    id: request.id,
    qualification_type_id: request.qualificationTypeId,
    requester_id: request.requesterId,
    worker_id: request.workerId,
    state: request.state,
    test_hash: request.testHash ?? null,
    answer_key_hash: request.answerKeyHash ?? null,
    answer: request.answer ?? null,
    requested_at: request.requestedAt,
    submitted_at: request.submittedAt ?? null,
    deadline: request.deadline ?? null,
  })
}

const findRow = read<{ id: string }, QualificationRequestTable>(({ db }, p) =>
  db.selectFrom('qualification_request').selectAll().where('id', '=', p.id),
)

const lockRow = write<{ id: string }, QualificationRequestTable>(({ db, forUpdate }, p) =>
  forUpdate(db.selectFrom('qualification_request').selectAll().where('id', '=', p.id)),
)

const latestRow = read<{ typeId: string; workerId: string }, QualificationRequestTable>(({ db }, p) =>
  db
    .selectFrom('qualification_request')
    .selectAll()
    .where('qualification_type_id', '=', p.typeId)
    .where('worker_id', '=', p.workerId)
    .orderBy('requested_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1),
)

/** The request of this id, in whatever state. */
export async function find(tx: Read, id: string): Promise<QualificationRequest | undefined> {
  const row = await tx.first(findRow, { id })
  return row && fromRow(row)
}

/** The request, locked until the transaction ends. */
export async function lock(tx: Write, id: string): Promise<QualificationRequest | undefined> {
  const row = await tx.first(lockRow, { id })
  return row && fromRow(row)
}

/** The worker's latest request of the type, in whatever state. */
export async function findLatest(
  tx: Read,
  typeId: string,
  workerId: string,
): Promise<QualificationRequest | undefined> {
  const row = await tx.first(latestRow, { typeId, workerId })
  return row && fromRow(row)
}

interface StateChange {
  id: string
  from: RequestState
  to: RequestState
  answer: string | null
  submitted_at: number | null
}

const changeState = write<StateChange, unknown>(({ db }, p) =>
  db
    .updateTable('qualification_request')
    .set({ state: p.to, answer: p.answer, submitted_at: p.submitted_at })
    .where('id', '=', p.id)
    .where('state', '=', p.from),
)

/**
 * Moves a request from the state in which it was read to the one it has now. Throws when another transaction changed
 * it in between: the row was locked, so that is a bug.
 */
export async function move(tx: Write, from: RequestState, request: QualificationRequest): Promise<void> {
  const changed = await tx.change(changeState, {
    id: request.id,
    from,
    to: request.state,
    answer: request.answer ?? null,
    submitted_at: request.submittedAt ?? null,
  })
  if (changed !== 1) throw new Error(`request ${request.id} is not ${from} any more`)
}

const page = (by: 'requester_id' | 'qualification_type_id') =>
  read<{ of: string; time: number; id: string; limit: number }, QualificationRequestTable>(({ db }, p) =>
    db
      .selectFrom('qualification_request')
      .selectAll()
      .where('state', '=', 'Submitted')
      .where(by, '=', p.of)
      .where('submitted_at', '>=', p.time)
      .where((eb) =>
        eb.or([
          eb('submitted_at', '>', p.time),
          eb.and([eb('submitted_at', '=', p.time), eb('id', '>', p.id)]),
        ]),
      )
      .orderBy('submitted_at')
      .orderBy('id')
      .limit(p.limit),
  )

const pages = { requester: page('requester_id'), type: page('qualification_type_id') }

/** Pending requests for the types of a requester, or for one type, oldest submission first [qualifications 3.10]. */
export async function listPending(
  tx: Read,
  by: keyof typeof pages,
  of: string,
  after: Cursor | undefined,
  limit: number,
): Promise<QualificationRequest[]> {
  const rows = await tx.all(pages[by], { of, limit, ...(after ?? beforeOldest) })
  return rows.map(fromRow)
}

type OfWorker = { workerId: string; now: number }

// The condition on the state is the index's, word for word.
const outstanding = ({ db }: Builder, p: OfWorker) =>
  db
    .selectFrom('qualification_request')
    .where('worker_id', '=', p.workerId)
    .where(sql<boolean>`state in ('AwaitingTest', 'Submitted')`)
    .where((eb) => eb.or([eb('state', '=', 'Submitted'), eb('deadline', '>', p.now)]))

const outstandingRows = read<OfWorker & { offset: number; limit: number }, QualificationRequestTable>(
  (builder, p) =>
    outstanding(builder, p)
      .selectAll()
      .orderBy('requested_at', 'desc')
      .orderBy('id', 'desc')
      .limit(p.limit)
      .offset(p.offset),
)

const countOutstanding = read<OfWorker, { count: number }>((builder, p) =>
  outstanding(builder, p).select(({ fn }) => fn.countAll<number>().as('count')),
)

/** The worker's requests that nobody has decided, and his tests that still have time at `now`, newest first. */
export async function listOutstanding(
  tx: Read,
  workerId: string,
  now: number,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ requests: QualificationRequest[]; total: number }> {
  const rows = await tx.all(outstandingRows, { workerId, now, offset, limit })
  const total = (await tx.first(countOutstanding, { workerId, now }))?.count ?? 0
  return { requests: rows.map(fromRow), total }
}
