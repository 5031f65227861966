// HITs. A HIT is saved whole: whoever changes it holds its row, so what he read is what is there.
import { sql } from 'kysely'
import type { HIT, HITStatus } from '../domain/hit.ts'
import { cents } from '../domain/money.ts'
import { beforeNewest, behind, type Cursor } from './cursor.ts'
import { insert, read, write } from './prepared.ts'
import type { HITTable } from './schema.ts'
import type { Read, Write } from './tx.ts'

export type HITRow = Omit<HITTable, 'pick'>

/** What a HIT is read from. */
export const columns = [
  'id',
  'hit_type_id',
  'requester_id',
  'question_hash',
  'annotation',
  'created_at',
  'expires_at',
  'max_assignments',
  'first_assignments',
  'reward',
  'fee',
  'pending',
  'submitted',
  'reviewed',
  'escrow',
  'slots_held',
  'status',
  'reviewable_at',
  'due_at',
] as const

/** The HIT that a row holds. */
export function fromRow(row: HITRow): HIT {
  return {
    id: row.id,
    hitTypeId: row.hit_type_id,
    requesterId: row.requester_id,
    questionHash: row.question_hash,
    annotation: row.annotation ?? undefined,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    maxAssignments: row.max_assignments,
    firstAssignments: row.first_assignments,
    reward: cents(row.reward),
    fee: cents(row.fee),
    pending: row.pending,
    submitted: row.submitted,
    reviewed: row.reviewed,
    escrow: cents(row.escrow),
    slotsHeld: row.slots_held === 1,
    status: row.status as HITStatus,
    reviewableAt: row.reviewable_at ?? undefined,
    dueAt: row.due_at ?? undefined,
  }
}

function toRow(hit: HIT): HITRow {
  return {
    id: hit.id,
    hit_type_id: hit.hitTypeId,
    requester_id: hit.requesterId,
    question_hash: hit.questionHash,
    annotation: hit.annotation ?? null,
    created_at: hit.createdAt,
    expires_at: hit.expiresAt,
    max_assignments: hit.maxAssignments,
    first_assignments: hit.firstAssignments,
    reward: Number(hit.reward),
    fee: Number(hit.fee),
    pending: hit.pending,
    submitted: hit.submitted,
    reviewed: hit.reviewed,
    escrow: Number(hit.escrow),
    slots_held: hit.slotsHeld ? 1 : 0,
    status: hit.status,
    reviewable_at: hit.reviewableAt ?? null,
    due_at: hit.dueAt ?? null,
  }
}

const insertRow = insert('hit', [...columns, 'pick'])

const saveRow = write<HITRow, unknown>(({ db }, p) =>
  db
    .updateTable('hit')
    .set({
      expires_at: p.expires_at,
      max_assignments: p.max_assignments,
      reward: p.reward,
      fee: p.fee,
      pending: p.pending,
      submitted: p.submitted,
      reviewed: p.reviewed,
      escrow: p.escrow,
      slots_held: p.slots_held,
      status: p.status,
      reviewable_at: p.reviewable_at,
      due_at: p.due_at,
    })
    .where('id', '=', p.id),
)

const setTypeRow = write<{ id: string; hitTypeId: string }, unknown>(({ db }, p) =>
  db.updateTable('hit').set({ hit_type_id: p.hitTypeId }).where('id', '=', p.id),
)

const findRow = read<{ id: string }, HITRow>(({ db }, p) =>
  db.selectFrom('hit').select(columns).where('id', '=', p.id),
)

const lockRow = write<{ id: string }, HITRow>(({ db, forUpdate }, p) =>
  forUpdate(db.selectFrom('hit').select(columns).where('id', '=', p.id)),
)

const lockRowOfAssignment = write<{ assignmentId: string }, HITRow>(({ db, forUpdate }, p) =>
  forUpdate(
    db
      .selectFrom('hit')
      .select(columns)
      .where('id', '=', (eb) =>
        eb.selectFrom('assignment').select('hit_id').where('assignment.id', '=', p.assignmentId),
      ),
  ),
)

/** Adds a HIT. `pick` is its place in the random order of its group. */
export async function add(tx: Write, hit: HIT): Promise<void> {
  await tx.change(insertRow, { ...toRow(hit), pick: tx.ids.pick() })
  tx.touches.renewed(hit.hitTypeId, hit.createdAt)
}

/** Saves every part of a HIT that can change but its type. The caller has locked it. */
export async function save(tx: Write, hit: HIT): Promise<void> {
  await tx.change(saveRow, toRow(hit))
  tx.touches.changed(hit.hitTypeId)
}

/** The same at `at` of a HIT that may be offered again after it was not: its group is renewed [websites 1.3]. */
export async function saveRenewed(tx: Write, hit: HIT, before: HIT, at: number): Promise<void> {
  await save(tx, hit)
  if (hit.status === 'Assignable' && before.status !== 'Assignable') tx.touches.renewed(hit.hitTypeId, at)
}

/** Gives a HIT another type: apart, because a save that names it would touch every index that it stands in. */
export async function setType(tx: Write, id: string, hitTypeId: string): Promise<void> {
  await tx.change(setTypeRow, { id, hitTypeId })
}

/** The HIT of this id, in whatever state. */
export async function find(tx: Read, id: string): Promise<HIT | undefined> {
  const row = await tx.first(findRow, { id })
  return row && fromRow(row)
}

/** The HIT, locked until the transaction ends. */
export async function lock(tx: Write, id: string): Promise<HIT | undefined> {
  const row = await tx.first(lockRow, { id })
  return row && fromRow(row)
}

/** The HIT of an assignment, locked: HITs are locked before their assignments. */
export async function lockOfAssignment(tx: Write, assignmentId: string): Promise<HIT | undefined> {
  const row = await tx.first(lockRowOfAssignment, { assignmentId })
  return row && fromRow(row)
}

interface OfferParameters {
  hitTypeId: string
  workerId: string
  now: number
  from: number
}

const offers = (locked: 'skip' | 'wait') =>
  write<OfferParameters, HITRow>(({ db, forUpdate, skipLocked }, p) => {
    const query = db
      .selectFrom('hit')
      .select(columns)
      .where('hit_type_id', '=', p.hitTypeId)
      .where(sql<boolean>`status = 'Assignable'`)
      .where('pick', '>=', p.from)
      .where('expires_at', '>', p.now)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('assignment')
              .select('assignment.id')
              .whereRef('assignment.hit_id', '=', 'hit.id')
              .where('assignment.worker_id', '=', p.workerId)
              .where(sql<boolean>`state not in ('returned', 'abandoned')`),
          ),
        ),
      )
      .orderBy('pick')
      .limit(1)
    return locked === 'skip' ? skipLocked(query) : forUpdate(query)
  })

const offerSkipping = offers('skip')
const offerWaiting = offers('wait')

/**
 * A HIT of the type that the worker may still do, locked: the next at or after a random place in the group's order,
 * then from its beginning. Rows that others hold are passed over at first; only when nothing else is left is their
 * lock awaited, so that "nothing left" is never said while a slot is free.
 */
export async function lockOffer(tx: Write, hitTypeId: string, workerId: string): Promise<HIT | undefined> {
  const start = tx.ids.pick()
  for (const statement of [offerSkipping, offerWaiting]) {
    for (const from of [start, 0]) {
      const row = await tx.first(statement, { hitTypeId, workerId, now: tx.now, from })
      if (row) return fromRow(row)
    }
  }
  return undefined
}

const placeRow = read<{ id: string; hitTypeId: string }, { pick: number }>(({ db }, p) =>
  db.selectFrom('hit').select('pick').where('id', '=', p.id).where('hit_type_id', '=', p.hitTypeId),
)

const previewRow = read<{ hitTypeId: string; now: number; behind: number }, HITRow>(({ db }, p) =>
  db
    .selectFrom('hit')
    .select(columns)
    .where('hit_type_id', '=', p.hitTypeId)
    .where(sql<boolean>`status = 'Assignable'`)
    .where('pick', '>', p.behind)
    .where('expires_at', '>', p.now)
    .orderBy('pick')
    .limit(1),
)

/** A HIT of the type to show before acceptance: the one after `skipped` in the group's order, else its first. */
export async function findOffer(tx: Read, hitTypeId: string, skipped?: string): Promise<HIT | undefined> {
  const place = skipped === undefined ? undefined : await tx.first(placeRow, { id: skipped, hitTypeId })
  for (const behind of place === undefined ? [-1] : [place.pick, -1]) {
    const row = await tx.first(previewRow, { hitTypeId, now: tx.now, behind })
    if (row) return fromRow(row)
  }
  return undefined
}

interface PageParameters extends Cursor {
  requesterId: string
  limit: number
}

const newestRows = read<PageParameters, HITRow>(({ db }, p) =>
  db
    .selectFrom('hit')
    .select(columns)
    .where('requester_id', '=', p.requesterId)
    .where('status', '!=', 'Disposed')
    .where(behind('created_at', p))
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(p.limit),
)

/** The requester's HITs that are not disposed of, newest first [hits 8]. */
export async function listNewest(
  tx: Read,
  requesterId: string,
  after: Cursor | undefined,
  limit: number,
): Promise<HIT[]> {
  const rows = await tx.all(newestRows, { requesterId, limit, ...(after ?? beforeNewest) })
  return rows.map(fromRow)
}

interface ReviewableParameters extends PageParameters {
  status: 'Reviewable' | 'Reviewing'
  hitTypeId: string
}

const reviewable = (byType: boolean) =>
  read<ReviewableParameters, HITRow>(({ db }, p) => {
    const page = db
      .selectFrom('hit')
      .select(columns)
      .where('status', '=', p.status)
      // The index holds these two states only; saying so lets the planner use it.
      .where(sql<boolean>`status in ('Reviewable', 'Reviewing')`)
      .where('requester_id', '=', p.requesterId)
      .where(behind('expires_at', p))
      .orderBy('expires_at', 'desc')
      .orderBy('id')
      .limit(p.limit)
    return byType ? page.where('hit_type_id', '=', p.hitTypeId) : page
  })

const reviewableRows = reviewable(false)
const reviewableRowsOfType = reviewable(true)

/** The requester's HITs in one of the two reviewable states, latest expiration first [hits 8]. */
export async function listReviewable(
  tx: Read,
  requesterId: string,
  status: 'Reviewable' | 'Reviewing',
  hitTypeId: string | undefined,
  after: Cursor | undefined,
  limit: number,
): Promise<HIT[]> {
  const statement = hitTypeId === undefined ? reviewableRows : reviewableRowsOfType
  const parameters = { requesterId, status, hitTypeId: hitTypeId ?? '', limit, ...(after ?? beforeNewest) }
  return (await tx.all(statement, parameters)).map(fromRow)
}

const escrowPage = read<{ requesterId: string; after: string; limit: number }, HITRow>(({ db }, p) =>
  db
    .selectFrom('hit')
    .select(columns)
    .where('requester_id', '=', p.requesterId)
    .where('id', '>', p.after)
    .orderBy('id')
    .limit(p.limit),
)

/** The requester's HITs in order of id, whatever their state: for audits of escrow. */
export async function listAll(tx: Read, requesterId: string, after: string, limit: number): Promise<HIT[]> {
  return (await tx.all(escrowPage, { requesterId, after, limit })).map(fromRow)
}
