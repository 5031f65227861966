// What requesters brought in, as their calls read it: one by id, and pages in the order of the market's own lists.
import type { ImportedAssignment, ImportedHIT, ImportedType } from '../domain/import/record.ts'
import { cents, type Cents } from '../domain/money.ts'
import { beforeNewest, beforeOldest, behind, type Cursor } from './cursor.ts'
import { allListed, type ListedIds } from './id-list.ts'
import { read } from './prepared.ts'
import type {
  ImportedAssignmentTable,
  ImportedBonusTable,
  ImportedHITTable,
  ImportedTypeTable,
} from './schema-imports.ts'
import type { Read } from './tx.ts'

/** An imported HIT with whose it is. */
export type KeptHIT = ImportedHIT & { requesterId: string }
/** Imported work with whose it is. */
export type KeptAssignment = ImportedAssignment & { requesterId: string }

/** A bonus that was paid there. */
export interface KeptBonus {
  id: string
  workerId: string
  assignmentId: string
  amount: Cents
  reason: string
  grantedAt: number
}

/** The HIT that a row holds. */
export function hitFromRow(row: ImportedHITTable): KeptHIT {
  return {
    id: row.id,
    typeId: row.hit_type_id,
    requesterId: row.requester_id,
    groupId: row.group_id ?? undefined,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    maxAssignments: row.max_assignments,
    annotation: row.annotation ?? undefined,
    question: row.question ?? undefined,
    layoutId: row.layout_id ?? undefined,
    reviewStatus: row.review_status ?? undefined,
    input: row.input === null ? undefined : (JSON.parse(row.input) as Record<string, string>),
    fields: row.fields === null ? undefined : (JSON.parse(row.fields) as string[]),
  }
}

/** The work that a row holds. */
export function assignmentFromRow(row: ImportedAssignmentTable): KeptAssignment {
  return {
    id: row.id,
    hitId: row.hit_id,
    requesterId: row.requester_id,
    workerId: row.worker_id,
    state: row.state as ImportedAssignment['state'],
    acceptedAt: row.accepted_at,
    submittedAt: row.submitted_at,
    autoApprovalAt: row.auto_approval_at ?? undefined,
    approvedAt: row.approved_at ?? undefined,
    rejectedAt: row.rejected_at ?? undefined,
    feedback: row.feedback ?? undefined,
    answer: row.document,
    rates: row.rates === null ? undefined : (JSON.parse(row.rates) as ImportedAssignment['rates']),
  }
}

function typeFromRow(row: ImportedTypeTable): ImportedType {
  return {
    id: row.id,
    title: row.title,
    description: row.description,
    keywords: row.keywords ?? undefined,
    reward: cents(row.reward),
    duration: row.duration,
    approvalDelay: row.approval_delay,
    requirements: row.requirements ?? undefined,
  }
}

const hitRow = read<{ id: string }, ImportedHITTable>(({ db }, p) =>
  db.selectFrom('imported_hit').selectAll().where('id', '=', p.id),
)

const assignmentRow = read<{ id: string }, ImportedAssignmentTable>(({ db }, p) =>
  db.selectFrom('imported_assignment').selectAll().where('id', '=', p.id),
)

const typeOwnerRow = read<{ id: string }, { requester_id: string }>(({ db }, p) =>
  db.selectFrom('imported_type').select('requester_id').where('id', '=', p.id),
)

const typeRows = read<ListedIds, ImportedTypeTable>(({ db, among }, p) =>
  db
    .selectFrom('imported_type')
    .selectAll()
    .where(({ ref }) => among(ref('id'), p.ids)),
)

const countRows = read<ListedIds, { hit_id: string; count: number }>(({ db, among }, p) =>
  db
    .selectFrom('imported_assignment')
    .select(['hit_id', ({ fn }) => fn.countAll<number>().as('count')])
    .where(({ ref }) => among(ref('hit_id'), p.ids))
    .where('state', '!=', 'Submitted')
    .groupBy('hit_id'),
)

/** The imported HIT of this id, whosesoever it is. */
export async function findHIT(tx: Read, id: string): Promise<KeptHIT | undefined> {
  const row = await tx.first(hitRow, { id })
  return row && hitFromRow(row)
}

/** The imported work of this id, whosesoever it is. */
export async function findAssignment(tx: Read, id: string): Promise<KeptAssignment | undefined> {
  const row = await tx.first(assignmentRow, { id })
  return row && assignmentFromRow(row)
}

/** Who brought HITs of this type. */
export async function ownerOfType(tx: Read, typeId: string): Promise<string | undefined> {
  return (await tx.first(typeOwnerRow, { id: typeId }))?.requester_id
}

/** Imported types by their ids. */
export async function findTypes(tx: Read, ids: Iterable<string>): Promise<Map<string, ImportedType>> {
  const rows = await allListed(tx, typeRows, ids, {})
  return new Map(rows.map((row) => [row.id, typeFromRow(row)]))
}

/** How much decided work was brought in of each of the HITs; those without any are left out. */
export async function countReviewed(tx: Read, hitIds: Iterable<string>): Promise<Map<string, number>> {
  const rows = await allListed(tx, countRows, hitIds, {})
  return new Map(rows.map((row) => [row.hit_id, row.count]))
}

const newestRows = read<Cursor & { requesterId: string; limit: number }, ImportedHITTable>(({ db }, p) =>
  db
    .selectFrom('imported_hit')
    .selectAll()
    .where('requester_id', '=', p.requesterId)
    .where(behind('created_at', p))
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(p.limit),
)

/** The requester's imported HITs, newest first, as hits.listNewest lists those of the market [hits 8]. */
export async function listNewest(
  tx: Read,
  requesterId: string,
  after: Cursor | undefined,
  limit: number,
): Promise<KeptHIT[]> {
  const rows = await tx.all(newestRows, { requesterId, limit, ...(after ?? beforeNewest) })
  return rows.map(hitFromRow)
}

interface WorkParameters extends Cursor {
  hitId: string
  limit: number
  submitted: string
  approved: string
  rejected: string
}

const workRows = read<WorkParameters, ImportedAssignmentTable>(({ db }, p) =>
  db
    .selectFrom('imported_assignment')
    .selectAll()
    .where('hit_id', '=', p.hitId)
    .where((eb) => eb(eb.refTuple('submitted_at', 'id'), '>', eb.tuple(p.time, p.id)))
    .where('state', 'in', [p.submitted, p.approved, p.rejected])
    .orderBy('submitted_at')
    .orderBy('id')
    .limit(p.limit),
)

/** Imported work of a HIT in any of the states, oldest submission first [hits 8]. */
export async function listWork(
  tx: Read,
  hitId: string,
  states: readonly ImportedAssignment['state'][],
  after: Cursor | undefined,
  limit: number,
): Promise<KeptAssignment[]> {
  const wanted = (state: ImportedAssignment['state']) => (states.includes(state) ? state : '')
  const rows = await tx.all(workRows, {
    hitId,
    limit,
    submitted: wanted('Submitted'),
    approved: wanted('Approved'),
    rejected: wanted('Rejected'),
    ...(after ?? beforeOldest),
  })
  return rows.map(assignmentFromRow)
}

const bonusPage = (by: 'hit_id' | 'assignment_id') =>
  read<Cursor & { requesterId: string; of: string; limit: number }, ImportedBonusTable>(({ db }, p) =>
    db
      .selectFrom('imported_bonus')
      .selectAll()
      .where(by, '=', p.of)
      // A file of another requester may name the same HIT or assignment.
      .where('requester_id', '=', p.requesterId)
      .where((eb) => eb(eb.refTuple('granted_at', 'id'), '>', eb.tuple(p.time, p.id)))
      .orderBy('granted_at')
      .orderBy('id')
      .limit(p.limit),
  )

const bonusPages = { hit: bonusPage('hit_id'), assignment: bonusPage('assignment_id') }

/** A requester's imported bonuses of one HIT or assignment, oldest first [hits 8]. */
export async function listBonuses(
  tx: Read,
  requesterId: string,
  by: keyof typeof bonusPages,
  of: string,
  after: Cursor | undefined,
  limit: number,
): Promise<KeptBonus[]> {
  const rows = await tx.all(bonusPages[by], { requesterId, of, limit, ...(after ?? beforeOldest) })
  return rows.map((row) => ({
    id: row.id,
    workerId: row.worker_id,
    assignmentId: row.assignment_id,
    amount: cents(row.amount),
    reason: row.reason,
    grantedAt: row.granted_at,
  }))
}

const workerRow = read<{ requesterId: string; workerId: string }, { claimed_by: string | null }>(
  ({ db }, p) =>
    db
      .selectFrom('imported_worker')
      .select('claimed_by')
      .where('requester_id', '=', p.requesterId)
      .where('worker_id', '=', p.workerId),
)

/** Whether the requester brought this worker id, and who has claimed it. */
export async function findWorker(
  tx: Read,
  requesterId: string,
  workerId: string,
): Promise<{ claimedBy: string | undefined } | undefined> {
  const row = await tx.first(workerRow, { requesterId, workerId })
  return row && { claimedBy: row.claimed_by ?? undefined }
}
