// What has fallen due: found through the two partial indexes on `due_at`, earliest first.
import { sql } from 'kysely'
import { read } from './prepared.ts'
import type { Read } from './tx.ts'

/** A HIT or assignment whose time has come. `at` is the moment at which it fell due, in epoch milliseconds. */
export interface DueItem {
  hitId: string
  assignmentId: string | undefined
  /** What an assignment is due for is told by its state; a HIT first expires, unless it grew old before. */
  kind: 'abandon' | 'autoApprove' | 'expire' | 'dispose'
  requesterId: string
  at: number
}

interface DueRow {
  hit_id: string
  assignment_id: string | null
  what: string
  requester_id: string
  due_at: number
}

const ofAssignment = [
  'hit_id',
  'id as assignment_id',
  'state as what',
  'requester_id',
  sql<number>`due_at`.as('due_at'),
] as const

const dueAssignments = read<{ now: number; limit: number }, DueRow>(({ db }, p) =>
  db
    .selectFrom('assignment')
    .select(ofAssignment)
    .where('due_at', '<=', p.now)
    .orderBy('due_at')
    .limit(p.limit),
)

const ofHIT = [
  'id as hit_id',
  sql<string | null>`null`.as('assignment_id'),
  // Domain's `settled` sets the earlier of the two moments.
  sql<string>`case when slots_held = 1 and expires_at <= due_at then 'expire' else 'dispose' end`.as('what'),
  'requester_id',
  sql<number>`due_at`.as('due_at'),
] as const

const dueHITs = read<{ now: number; limit: number }, DueRow>(({ db }, p) =>
  db.selectFrom('hit').select(ofHIT).where('due_at', '<=', p.now).orderBy('due_at').limit(p.limit),
)

const dueAssignmentsOfHIT = read<{ hitId: string; now: number; limit: number }, DueRow>(({ db }, p) =>
  db
    .selectFrom('assignment')
    .select(ofAssignment)
    .where('hit_id', '=', p.hitId)
    .where('due_at', '<=', p.now)
    .orderBy('due_at')
    .limit(p.limit),
)

const dueHIT = read<{ hitId: string; now: number }, DueRow>(({ db }, p) =>
  db.selectFrom('hit').select(ofHIT).where('id', '=', p.hitId).where('due_at', '<=', p.now),
)

const kinds: Record<string, DueItem['kind']> = {
  open: 'abandon',
  Submitted: 'autoApprove',
  expire: 'expire',
  dispose: 'dispose',
}

function fromRow(row: DueRow): DueItem {
  const kind = kinds[row.what]
  if (kind === undefined) throw new Error(`nothing can fall due for ${row.what}`)
  return {
    hitId: row.hit_id,
    assignmentId: row.assignment_id ?? undefined,
    kind,
    requesterId: row.requester_id,
    at: row.due_at,
  }
}

// At one moment work ends before its HIT does: a deadline at the expiration itself must find its slot. An approval
// comes after it: it would leave the HIT reviewable, and nobody would notice that it has become so.
const order = { abandon: 0, expire: 1, autoApprove: 2, dispose: 3 }

function inOrder(items: DueItem[]): DueItem[] {
  return items.sort((a, b) => a.at - b.at || order[a.kind] - order[b.kind])
}

/** The earliest items of the market that fell due at `now` or before, at most `limit` of each table. */
export async function listDue(tx: Read, now: number, limit: number): Promise<DueItem[]> {
  const assignments = await tx.all(dueAssignments, { now, limit })
  const hits = await tx.all(dueHITs, { now, limit })
  return inOrder([...assignments, ...hits].map(fromRow)).slice(0, limit)
}

/** The earliest items of one HIT that fell due at `now` or before. */
export async function listDueOfHIT(tx: Read, hitId: string, now: number, limit: number): Promise<DueItem[]> {
  const assignments = await tx.all(dueAssignmentsOfHIT, { hitId, now, limit })
  const hits = await tx.all(dueHIT, { hitId, now })
  return inOrder([...assignments, ...hits].map(fromRow)).slice(0, limit)
}

const overdueProbe = read<{ hitId: string; now: number }, { due_at: number | null }>(({ db }, p) =>
  db
    .selectFrom('assignment')
    .select('due_at')
    .where('hit_id', '=', p.hitId)
    .where('due_at', '<=', p.now)
    .limit(1),
)

/** Whether any assignment of the HIT has fallen due. */
export async function hasOverdueAssignment(tx: Read, hitId: string): Promise<boolean> {
  return (await tx.first(overdueProbe, { hitId, now: tx.now })) !== undefined
}

const overdueOfType = read<{ hitTypeId: string; now: number }, { hit_id: string }>(({ db }, p) =>
  db
    .selectFrom('assignment')
    .select('hit_id')
    .where('hit_type_id', '=', p.hitTypeId)
    .where('due_at', '<=', p.now)
    .where('state', '=', 'open')
    .limit(50),
)

/** HITs of the type whose slots a deadline has freed although the timers have not come to them yet. */
export async function listAbandonedOfType(tx: Read, hitTypeId: string): Promise<string[]> {
  return (await tx.all(overdueOfType, { hitTypeId, now: tx.now })).map((row) => row.hit_id)
}

const overdueOfRequester = read<{ requesterId: string; now: number; limit: number }, { hit_id: string }>(
  ({ db }, p) =>
    db
      .selectFrom('assignment')
      .select('hit_id')
      .where('due_at', '<=', p.now)
      .where('requester_id', '=', p.requesterId)
      .unionAll(
        db
          .selectFrom('hit')
          .select('id as hit_id')
          .where('due_at', '<=', p.now)
          .where('requester_id', '=', p.requesterId),
      )
      .limit(p.limit),
)

/** HITs of the requester for which something has fallen due. */
export async function listOverdueOfRequester(
  tx: Read,
  requesterId: string,
  limit: number,
): Promise<string[]> {
  const rows = await tx.all(overdueOfRequester, { requesterId, now: tx.now, limit })
  return [...new Set(rows.map((row) => row.hit_id))]
}
