// How requesters treat work: their latest decisions, and the table in which is kept what follows from them.
import { sql } from 'kysely'
import { allListed, type ListedIds } from './id-list.ts'
import { read, write } from './prepared.ts'
import type { RequesterFiguresTable } from './schema-groups.ts'
import type { Read, Write } from './tx.ts'

/** A decision about submitted work. Times are epoch milliseconds. */
export interface Decision {
  isApproved: boolean
  submittedAt: number
  decidedAt: number
}

interface DecisionRow {
  approved_at: number | null
  submitted_at: number | null
  decided_at: number
}

const decidedAt = sql<number>`coalesce(approved_at, rejected_at)`

const latestRows = read<{ requesterId: string; limit: number }, DecisionRow>(({ db }, p) =>
  db
    .selectFrom('assignment')
    .select(['approved_at', 'submitted_at'])
    .select(decidedAt.as('decided_at'))
    .where('requester_id', '=', p.requesterId)
    .where(sql<boolean>`coalesce(approved_at, rejected_at) is not null`)
    .orderBy(decidedAt, 'desc')
    .limit(p.limit),
)

/** The requester's latest decisions, the newest first. */
export async function listDecisions(tx: Read, requesterId: string, limit: number): Promise<Decision[]> {
  const rows = await tx.all(latestRows, { requesterId, limit })
  return rows.map((row) => ({
    isApproved: row.approved_at !== null,
    submittedAt: row.submitted_at ?? row.decided_at,
    decidedAt: row.decided_at,
  }))
}

/** What is kept of a requester. */
export interface RequesterFigures {
  requesterId: string
  /** Decisions, approvals among them, and decisions of late. */
  samples: number
  approved: number
  recent: number
  /** Median seconds from submission to decision; undefined when there are none. */
  reviewSeconds: number | undefined
  /** Epoch milliseconds of the wall clock. */
  changedAt: number
}

const upsert = write<RequesterFiguresTable, unknown>(({ db }, p) =>
  db
    .insertInto('requester_figures')
    .values({
      requester_id: p.requester_id,
      samples: p.samples,
      approved: p.approved,
      recent: p.recent,
      review_seconds: p.review_seconds,
      changed_at: p.changed_at,
    })
    .onConflict((conflict) =>
      conflict
        .column('requester_id')
        .doUpdateSet({
          samples: p.samples,
          approved: p.approved,
          recent: p.recent,
          review_seconds: p.review_seconds,
          changed_at: p.changed_at,
        })
        .where('requester_figures.changed_at', '<=', p.changed_at),
    ),
)

const someRows = read<ListedIds, RequesterFiguresTable>(({ db, among }, p) =>
  db
    .selectFrom('requester_figures')
    .selectAll()
    .where(({ ref }) => among(ref('requester_id'), p.ids)),
)

/** Keeps what was counted unless later figures are there. */
export async function put(tx: Write, figures: RequesterFigures): Promise<void> {
  await tx.change(upsert, {
    requester_id: figures.requesterId,
    samples: figures.samples,
    approved: figures.approved,
    recent: figures.recent,
    review_seconds: figures.reviewSeconds ?? null,
    changed_at: figures.changedAt,
  })
}

/** What is kept of these requesters. */
export async function listKept(
  tx: Read,
  requesterIds: Iterable<string>,
): Promise<Map<string, RequesterFigures>> {
  const rows = await allListed(tx, someRows, requesterIds, {})
  return new Map(
    rows.map((row) => [
      row.requester_id,
      {
        requesterId: row.requester_id,
        samples: row.samples,
        approved: row.approved,
        recent: row.recent,
        reviewSeconds: row.review_seconds ?? undefined,
        changedAt: row.changed_at,
      },
    ]),
  )
}
