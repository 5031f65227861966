// All that a market holds about one worker, for him to take away: rows as they are, a page at a time. What of it is
// somebody else's, such as a requester's reasons and notes, is left out.
import { sql } from 'kysely'
import { read, type ReadStatement } from './prepared.ts'
import * as searches from './stored-searches.ts'
import type { Read } from './tx.ts'

interface Page {
  workerId: string
  /** The row that the page before ended with. */
  time: number
  id: string
  limit: number
}

/** A row, with what the next page begins behind. */
type Row = Record<string, unknown> & { cursor_time: number; cursor_id: string }

export type { Page as StoredPage, Row as StoredRow }

const submitted = read<Page, Row>(({ db }, p) =>
  db
    .selectFrom('assignment')
    .innerJoin('hit', 'hit.id', 'assignment.hit_id')
    .leftJoin('hit_type', 'hit_type.id', 'hit.hit_type_id')
    .leftJoin('answer', 'answer.assignment_id', 'assignment.id')
    .select([
      'assignment.submitted_at as cursor_time',
      'assignment.id as cursor_id',
      'assignment.id as assignment_id',
      'assignment.hit_id',
      'hit.hit_type_id',
      'hit_type.title',
      'assignment.requester_id',
      'hit.reward',
      'assignment.state',
      'assignment.accepted_at',
      'assignment.deadline',
      'assignment.submitted_at',
      'assignment.approved_at',
      'assignment.rejected_at',
      'assignment.feedback',
      'answer.document as answer',
    ])
    .where('assignment.worker_id', '=', p.workerId)
    .where('assignment.submitted_at', 'is not', null)
    .where('assignment.submitted_at', '>=', p.time)
    .where((eb) => eb.or([eb('assignment.submitted_at', '>', p.time), eb('assignment.id', '>', p.id)]))
    .orderBy('assignment.submitted_at')
    .orderBy('assignment.id')
    .limit(p.limit)
    .$castTo<Row>(),
)

const unfinished = (which: 'held' | 'ended') =>
  read<Page, Row>(({ db }, p) =>
    db
      .selectFrom('assignment')
      .select([
        sql<number>`0`.as('cursor_time'),
        'id as cursor_id',
        'id as assignment_id',
        'hit_id',
        'hit_type_id',
        'requester_id',
        'state',
        'accepted_at',
        'deadline',
        'ended_at',
      ])
      .where('worker_id', '=', p.workerId)
      .where(which === 'held' ? sql<boolean>`state = 'open'` : sql<boolean>`ended_at is not null`)
      .where('id', '>', p.id)
      .orderBy('id')
      .limit(p.limit)
      .$castTo<Row>(),
  )

const files = read<Page, Row>(({ db }, p) =>
  db
    .selectFrom('assignment')
    .innerJoin('uploaded_file', 'uploaded_file.assignment_id', 'assignment.id')
    .select([
      'assignment.submitted_at as cursor_time',
      'uploaded_file.file_key as cursor_id',
      'uploaded_file.assignment_id',
      'uploaded_file.identifier',
      'uploaded_file.name',
      'uploaded_file.size',
    ])
    .where('assignment.worker_id', '=', p.workerId)
    .where('assignment.submitted_at', 'is not', null)
    .where('assignment.submitted_at', '>=', p.time)
    .where((eb) =>
      eb.or([eb('assignment.submitted_at', '>', p.time), eb('uploaded_file.file_key', '>', p.id)]),
    )
    .orderBy('assignment.submitted_at')
    .orderBy('uploaded_file.file_key')
    .limit(p.limit)
    .$castTo<Row>(),
)

const bonuses = read<Page, Row>(({ db }, p) =>
  db
    .selectFrom('bonus')
    .select([
      'granted_at as cursor_time',
      'id as cursor_id',
      'id as bonus_id',
      'requester_id',
      'hit_id',
      'assignment_id',
      'amount',
      'reason',
      'granted_at',
    ])
    .where('worker_id', '=', p.workerId)
    .where('granted_at', '>=', p.time)
    .where((eb) => eb.or([eb('granted_at', '>', p.time), eb('id', '>', p.id)]))
    .orderBy('granted_at')
    .orderBy('id')
    .limit(p.limit)
    .$castTo<Row>(),
)

const qualifications = read<Page, Row>(({ db }, p) =>
  db
    .selectFrom('qualification')
    .leftJoin('qualification_type', 'qualification_type.id', 'qualification.qualification_type_id')
    .select([
      sql<number>`0`.as('cursor_time'),
      'qualification.qualification_type_id as cursor_id',
      'qualification.qualification_type_id',
      'qualification_type.name',
      'qualification.requester_id',
      'qualification.value',
      'qualification.status',
      'qualification.granted_at',
    ])
    .where('qualification.worker_id', '=', p.workerId)
    .where('qualification.qualification_type_id', '>', p.id)
    .orderBy('qualification.qualification_type_id')
    .limit(p.limit)
    .$castTo<Row>(),
)

const claims = read<Page, Row>(({ db }, p) =>
  db
    .selectFrom('imported_worker')
    .select([
      sql<number>`0`.as('cursor_time'),
      'requester_id as cursor_id',
      'requester_id',
      'worker_id as earlier_worker_id',
      'claimed_at',
    ])
    .where('claimed_by', '=', p.workerId)
    .where('requester_id', '>', p.id)
    .orderBy('requester_id')
    .limit(p.limit)
    .$castTo<Row>(),
)

const claimedQualifications = read<Page, Row>(({ db }, p) =>
  db
    .selectFrom('imported_worker')
    .innerJoin('qualification', (join) =>
      join
        .onRef('qualification.worker_id', '=', 'imported_worker.worker_id')
        .onRef('qualification.requester_id', '=', 'imported_worker.requester_id'),
    )
    .leftJoin('qualification_type', 'qualification_type.id', 'qualification.qualification_type_id')
    .select([
      sql<number>`0`.as('cursor_time'),
      'qualification.qualification_type_id as cursor_id',
      'qualification.qualification_type_id',
      'qualification_type.name',
      'qualification.requester_id',
      'qualification.worker_id as earlier_worker_id',
      'qualification.value',
      'qualification.status',
      'qualification.granted_at',
    ])
    .where('imported_worker.claimed_by', '=', p.workerId)
    .where('qualification.qualification_type_id', '>', p.id)
    .orderBy('qualification.qualification_type_id')
    .limit(p.limit)
    .$castTo<Row>(),
)

const requests = read<Page, Row>(({ db }, p) =>
  db
    .selectFrom('qualification_request')
    .select([
      sql<number>`0`.as('cursor_time'),
      'id as cursor_id',
      'id as qualification_request_id',
      'qualification_type_id',
      'requester_id',
      'state',
      'answer',
      'requested_at',
      'submitted_at',
      'deadline',
    ])
    .where('worker_id', '=', p.workerId)
    .where('id', '>', p.id)
    .orderBy('id')
    .limit(p.limit)
    .$castTo<Row>(),
)

const payouts = read<Page, Row>(({ db }, p) =>
  db
    .selectFrom('payout')
    .select([
      sql<number>`0`.as('cursor_time'),
      'id as cursor_id',
      'id as payout_id',
      'amount',
      'state',
      'method',
      'details',
      'automatic',
      'requested_at',
      'settled_at',
      'note',
    ])
    .where('worker_id', '=', p.workerId)
    .where('id', '>', p.id)
    .orderBy('id')
    .limit(p.limit)
    .$castTo<Row>(),
)

const payoutMethods = read<Page, Row>(({ db }, p) =>
  db
    .selectFrom('payout_method')
    .select([
      sql<number>`0`.as('cursor_time'),
      'worker_id as cursor_id',
      'kind',
      'details',
      'days',
      'next_at',
    ])
    .where('worker_id', '=', p.workerId)
    .where('worker_id', '>', p.id)
    .limit(p.limit)
    .$castTo<Row>(),
)

const messages = read<Page, Row>(({ db }, p) =>
  db
    .selectFrom('message')
    .select([
      sql<number>`0`.as('cursor_time'),
      'id as cursor_id',
      'id as message_id',
      'kind',
      'requester_id',
      'subject',
      'text',
      'at',
    ])
    .where('worker_id', '=', p.workerId)
    .where('id', '>', p.id)
    .orderBy('id')
    .limit(p.limit)
    .$castTo<Row>(),
)

/** What there is, by the name under which it is handed out. */
const sections = {
  assignments: submitted,
  assignmentsHeld: unfinished('held'),
  assignmentsReturnedOrAbandoned: unfinished('ended'),
  files,
  bonuses,
  qualifications,
  earlierWorkerIds: claims,
  earlierQualifications: claimedQualifications,
  qualificationRequests: requests,
  payouts,
  payoutMethod: payoutMethods,
  messages,
  favourites: searches.favourites,
  savedSearches: searches.savedSearches,
  searchAlerts: searches.alerts,
  alertedGroups: searches.alertedGroups,
} satisfies Record<string, ReadStatement<Page, Row>>

export type Section = keyof typeof sections

/** Their names, in the order in which they are handed out. */
export const sectionNames = Object.keys(sections) as readonly Section[]

/** Where a page of a section begins. */
export interface Place {
  time: number
  id: string
}

/** Before every row. */
export const beginning: Place = { time: 0, id: '' }

/** Rows of a section, as the tables name their columns, and where the next page begins when there is one. */
export async function list(
  tx: Read,
  workerId: string,
  section: Section,
  { time, id }: Place,
  limit: number,
): Promise<{ rows: Record<string, unknown>[]; next: Place | undefined }> {
  const found = await tx.all(sections[section], { workerId, time, id, limit })
  const last = found.length === limit ? found.at(-1) : undefined
  const rows = found.map(({ cursor_time: _time, cursor_id: _id, ...row }) => row)
  return { rows, next: last && { time: last.cursor_time, id: last.cursor_id } }
}

// Who has blocked both ids has blocked him once.
const blockers = read<{ workerId: string }, { requester_id: string }>(({ db }, p) =>
  db
    .selectFrom('worker_block')
    .select('requester_id')
    .where('worker_id', '=', p.workerId)
    .union(
      db
        .selectFrom('imported_worker')
        .innerJoin('worker_block', (join) =>
          join
            .onRef('worker_block.requester_id', '=', 'imported_worker.requester_id')
            .onRef('worker_block.worker_id', '=', 'imported_worker.worker_id'),
        )
        .select('worker_block.requester_id')
        .where('imported_worker.claimed_by', '=', p.workerId),
    ),
)

/** How many requesters have blocked the worker, or an id that he has claimed with them. */
export async function countBlocks(tx: Read, workerId: string): Promise<number> {
  return (await tx.all(blockers, { workerId })).length
}

const sessionRows = read<{ workerId: string }, { created_at: number; expires_at: number }>(({ db }, p) =>
  db
    .selectFrom('session')
    .select(['created_at', 'expires_at'])
    .where('person_id', '=', p.workerId)
    .where('site', '=', 'worker')
    .orderBy('created_at')
    .limit(1000),
)

/** The browsers in which the worker is signed in. */
export async function listSessions(
  tx: Read,
  workerId: string,
): Promise<{ createdAt: number; expiresAt: number }[]> {
  const rows = await tx.all(sessionRows, { workerId })
  return rows.map((row) => ({ createdAt: row.created_at, expiresAt: row.expires_at }))
}
