// Assignments. Each change of state is a compare-and-set on the state that was read, so a race has one winner even
// where no lock was taken.
import { sql } from 'kysely'
import type { Assignment, AssignmentState } from '../domain/assignment.ts'
import { beforeNewest, beforeOldest, type Cursor } from './cursor.ts'
import { insert, read, write } from './prepared.ts'
import type { AssignmentTable } from './schema.ts'
import type { Read, Write } from './tx.ts'

const columns = [
  'id',
  'hit_id',
  'hit_type_id',
  'requester_id',
  'worker_id',
  'state',
  'accepted_at',
  'deadline',
  'submitted_at',
  'auto_approval_at',
  'approved_at',
  'rejected_at',
  'feedback',
  'due_at',
] as const

type Row = Pick<AssignmentTable, (typeof columns)[number]>

function fromRow(row: Row): Assignment {
  return {
    id: row.id,
    hitId: row.hit_id,
    hitTypeId: row.hit_type_id,
    requesterId: row.requester_id,
    workerId: row.worker_id,
    state: row.state as AssignmentState,
    acceptedAt: row.accepted_at,
    deadline: row.deadline,
    submittedAt: row.submitted_at ?? undefined,
    autoApprovalAt: row.auto_approval_at ?? undefined,
    approvedAt: row.approved_at ?? undefined,
    rejectedAt: row.rejected_at ?? undefined,
    feedback: row.feedback ?? undefined,
    dueAt: row.due_at ?? undefined,
  }
}

const insertRow = insert('assignment', columns)

/** Adds an open assignment. */
export async function add(tx: Write, assignment: Assignment): Promise<void> {
  await tx.change(insertRow, {
    id: assignment.id,
    hit_id: assignment.hitId,
    hit_type_id: assignment.hitTypeId,
    requester_id: assignment.requesterId,
    worker_id: assignment.workerId,
    state: assignment.state,
    accepted_at: assignment.acceptedAt,
    deadline: assignment.deadline,
    submitted_at: null,
    auto_approval_at: null,
    approved_at: null,
    rejected_at: null,
    feedback: null,
    due_at: assignment.dueAt ?? null,
  })
}

const findRow = read<{ id: string }, Row>(({ db }, p) =>
  db.selectFrom('assignment').select(columns).where('id', '=', p.id),
)

const lockRow = write<{ id: string }, Row>(({ db, forUpdate }, p) =>
  forUpdate(db.selectFrom('assignment').select(columns).where('id', '=', p.id)),
)

/** The assignment of this id, in whatever state. */
export async function find(tx: Read, id: string): Promise<Assignment | undefined> {
  const row = await tx.first(findRow, { id })
  return row && fromRow(row)
}

/** The assignment, locked until the transaction ends. Its HIT is locked before it. */
export async function lock(tx: Write, id: string): Promise<Assignment | undefined> {
  const row = await tx.first(lockRow, { id })
  return row && fromRow(row)
}

interface StateChange {
  id: string
  from: AssignmentState
  to: AssignmentState
  submitted_at: number | null
  auto_approval_at: number | null
  approved_at: number | null
  rejected_at: number | null
  ended_at: number | null
  feedback: string | null
  due_at: number | null
}

const changeState = write<StateChange, unknown>(({ db }, p) =>
  db
    .updateTable('assignment')
    .set({
      state: p.to,
      submitted_at: p.submitted_at,
      auto_approval_at: p.auto_approval_at,
      approved_at: p.approved_at,
      rejected_at: p.rejected_at,
      ended_at: p.ended_at,
      feedback: p.feedback,
      due_at: p.due_at,
    })
    .where('id', '=', p.id)
    .where('state', '=', p.from),
)

/**
 * Moves an assignment from the state in which it was read to the one it has now.
 * Throws when another transaction changed it in between: the row was locked, so that is a bug.
 */
export async function move(
  tx: Write,
  from: AssignmentState,
  assignment: Assignment,
  endedAt?: number,
): Promise<void> {
  const changed = await tx.change(changeState, {
    id: assignment.id,
    from,
    to: assignment.state,
    submitted_at: assignment.submittedAt ?? null,
    auto_approval_at: assignment.autoApprovalAt ?? null,
    approved_at: assignment.approvedAt ?? null,
    rejected_at: assignment.rejectedAt ?? null,
    ended_at: endedAt ?? null,
    feedback: assignment.feedback ?? null,
    due_at: assignment.dueAt ?? null,
  })
  if (changed !== 1) throw new Error(`assignment ${assignment.id} was changed while it was locked`)
  if (assignment.state === 'Submitted') tx.touches.submitted(assignment.hitTypeId)
  if (assignment.state === 'Approved' || assignment.state === 'Rejected')
    tx.touches.reviewed(assignment.requesterId)
}

const liveRow = read<{ hitId: string; workerId: string }, Row>(({ db }, p) =>
  db
    .selectFrom('assignment')
    .select(columns)
    .where('hit_id', '=', p.hitId)
    .where('worker_id', '=', p.workerId)
    .where(sql<boolean>`state not in ('returned', 'abandoned')`),
)

/** The assignment that the worker holds or submitted for this HIT, if any. */
export async function findLive(tx: Read, hitId: string, workerId: string): Promise<Assignment | undefined> {
  const row = await tx.first(liveRow, { hitId, workerId })
  return row && fromRow(row)
}

interface PageParameters {
  hitId: string
  time: number
  id: string
  limit: number
  submitted: string
  approved: string
  rejected: string
}

const submittedRows = read<PageParameters, Row & { document: string }>(({ db }, p) =>
  db
    .selectFrom('assignment')
    .innerJoin('answer', 'answer.assignment_id', 'assignment.id')
    .select(columns.map((column) => `assignment.${column}` as const))
    .select('answer.document')
    .where('hit_id', '=', p.hitId)
    .where('submitted_at', '>=', p.time)
    .where((eb) =>
      eb.or([
        eb('submitted_at', '>', p.time),
        eb.and([eb('submitted_at', '=', p.time), eb('id', '>', p.id)]),
      ]),
    )
    .where('state', 'in', [p.submitted, p.approved, p.rejected])
    .orderBy('submitted_at')
    .orderBy('id')
    .limit(p.limit),
)

/** Submitted assignments of a HIT with their answers, oldest submission first [hits 8]. */
export async function listSubmitted(
  tx: Read,
  hitId: string,
  states: readonly AssignmentState[],
  after: Cursor | undefined,
  limit: number,
): Promise<{ assignment: Assignment; answer: string }[]> {
  const wanted = (state: AssignmentState) => (states.includes(state) ? state : '')
  const rows = await tx.all(submittedRows, {
    hitId,
    limit,
    submitted: wanted('Submitted'),
    approved: wanted('Approved'),
    rejected: wanted('Rejected'),
    ...(after ?? beforeOldest),
  })
  return rows.map((row) => ({ assignment: fromRow(row), answer: row.document }))
}

const openRows = read<{ workerId: string; now: number }, Row>(({ db }, p) =>
  db
    .selectFrom('assignment')
    .select(columns)
    .where('worker_id', '=', p.workerId)
    .where(sql<boolean>`state = 'open'`)
    .where('deadline', '>', p.now)
    .orderBy('deadline')
    .limit(100),
)

/** What the worker holds now, soonest deadline first [websites 1.7]. */
export async function listOpen(tx: Read, workerId: string): Promise<Assignment[]> {
  return (await tx.all(openRows, { workerId, now: tx.now })).map(fromRow)
}

const workerRows = read<{ workerId: string; from: number; to: number; offset: number; limit: number }, Row>(
  ({ db }, p) =>
    db
      .selectFrom('assignment')
      .select(columns)
      .where('worker_id', '=', p.workerId)
      .where('submitted_at', '>=', p.from)
      .where('submitted_at', '<', p.to)
      .orderBy('submitted_at', 'desc')
      .orderBy('id', 'desc')
      .limit(p.limit)
      .offset(p.offset),
)

/** What the worker submitted from `from` (inclusive) to `to` (exclusive), latest first. */
export async function listOfWorker(
  tx: Read,
  workerId: string,
  from: number,
  to: number,
  offset: number,
  limit: number,
): Promise<Assignment[]> {
  return (await tx.all(workerRows, { workerId, from, to, offset, limit })).map(fromRow)
}

interface HistoryParameters {
  workerId: string
  from: number
  to: number
  time: number
  id: string
  limit: number
}

/** One assignment of a worker's history, with all the bonuses that were paid for it, in cents. */
type HistoryRow = Row & { bonuses: number }

const historyRows = (order: 'asc' | 'desc') =>
  read<HistoryParameters, HistoryRow>(({ db }, p) => {
    const [further, least] = order === 'asc' ? (['>', '>='] as const) : (['<', '<='] as const)
    return db
      .selectFrom('assignment')
      .select(columns)
      .select((eb) =>
        eb
          .selectFrom('bonus')
          .select(sql<number>`coalesce(sum(amount), 0)`.as('sum'))
          .whereRef('bonus.assignment_id', '=', 'assignment.id')
          .as('bonuses'),
      )
      .where('worker_id', '=', p.workerId)
      .where('submitted_at', '>=', p.from)
      .where('submitted_at', '<', p.to)
      .where('submitted_at', least, p.time)
      .where((eb) =>
        eb.or([
          eb('submitted_at', further, p.time),
          eb.and([eb('submitted_at', '=', p.time), eb('id', further, p.id)]),
        ]),
      )
      .orderBy('submitted_at', order)
      .orderBy('id', order)
      .limit(p.limit)
  })

const history = { newest: historyRows('desc'), oldest: historyRows('asc') }

/**
 * What the worker submitted from `from` (inclusive) to `to` (exclusive) with its bonuses in cents, in this order, after
 * the place at which the last look ended.
 */
export async function listHistory(
  tx: Read,
  workerId: string,
  order: keyof typeof history,
  range: { from: number; to: number; after: Cursor | undefined; limit: number },
): Promise<{ assignment: Assignment; bonuses: number }[]> {
  const { from, to, after, limit } = range
  const start = order === 'newest' ? beforeNewest : beforeOldest
  const rows = await tx.all(history[order], { workerId, from, to, limit, ...(after ?? start) })
  return rows.map((row) => ({ assignment: fromRow(row), bonuses: row.bonuses }))
}

const recentSubmission = read<{ requesterId: string; workerId: string; since: number }, { id: string }>(
  ({ db }, p) =>
    db
      .selectFrom('assignment')
      .select('id')
      .where('requester_id', '=', p.requesterId)
      .where('worker_id', '=', p.workerId)
      .where('submitted_at', '>=', p.since)
      .limit(1),
)

const reviewedWork = read<{ requesterId: string; workerId: string; now: number }, { id: string }>(
  ({ db }, p) =>
    db
      .selectFrom('assignment')
      .select('id')
      .where('requester_id', '=', p.requesterId)
      .where('worker_id', '=', p.workerId)
      .where('submitted_at', 'is not', null)
      .where((eb) => eb.or([eb('state', '!=', 'Submitted'), eb('auto_approval_at', '<=', p.now)]))
      .limit(1),
)

/**
 * Whether any of the worker's work for the requester was approved or rejected, ever; work whose auto-approval is due
 * is approved, although the timers have not come to it [hits 14].
 */
export async function wasReviewed(tx: Read, requesterId: string, workerId: string): Promise<boolean> {
  return (await tx.first(reviewedWork, { requesterId, workerId, now: tx.now })) !== undefined
}

/** Whether the worker submitted anything to the requester at or after `since`. */
export async function submittedSince(
  tx: Read,
  requesterId: string,
  workerId: string,
  since: number,
): Promise<boolean> {
  return (await tx.first(recentSubmission, { requesterId, workerId, since })) !== undefined
}
