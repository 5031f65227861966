// What each group offers, counted from its open HITs in bounded steps, and the table in which the counts are kept.
import { sql } from 'kysely'
import { allListed, type ListedIds } from './id-list.ts'
import { read, write } from './prepared.ts'
import type { GroupFiguresTable } from './schema-groups.ts'
import type { Read, Write } from './tx.ts'

/** What a group offers. Times are epoch milliseconds of the market's clock. */
export interface Offered {
  assignable: number
  /** Creation of the oldest and of the newest HIT that is offered; 0 when none is. */
  createdAt: number
  addedAt: number
  latestExpiration: number
  /** When the first of the HITs expires: until then, time alone changes nothing. */
  nextExpiration: number
}

export const nothingOffered: Offered = {
  assignable: 0,
  createdAt: 0,
  addedAt: 0,
  latestExpiration: 0,
  nextExpiration: 0,
}

interface Span {
  hitTypeId: string
  from: number
  to: number
  now: number
}

/** Above every place in the order of a group. */
const endOfPicks = 2 ** 31

// By their place in the random order of the group, which the index holds: no step reads more than its share.
const stepEndRow = read<{ hitTypeId: string; from: number; step: number }, { pick: number }>(({ db }, p) =>
  db
    .selectFrom('hit')
    .select('pick')
    .where('hit_type_id', '=', p.hitTypeId)
    .where(sql<boolean>`status = 'Assignable'`)
    .where('pick', '>=', p.from)
    .orderBy('pick')
    .offset(p.step)
    .limit(1),
)

interface CountRow {
  assignable: number
  first: number | null
  last: number | null
  latest: number | null
  next: number | null
}

const countRow = read<Span, CountRow>(({ db }, p) =>
  db
    .selectFrom('hit')
    .select(({ fn }) => [
      fn.countAll<number>().as('assignable'),
      fn.min('created_at').as('first'),
      fn.max('created_at').as('last'),
      fn.max('expires_at').as('latest'),
      fn.min('expires_at').as('next'),
    ])
    .where('hit_type_id', '=', p.hitTypeId)
    .where(sql<boolean>`status = 'Assignable'`)
    .where('pick', '>=', p.from)
    .where('pick', '<', p.to)
    .where('expires_at', '>', p.now),
)

/**
 * Counts about `step` of the group's open HITs, in their random order from `from` on (0 to begin). `next` is where to go
 * on; undefined at the end.
 */
export async function countFrom(
  tx: Read,
  hitTypeId: string,
  from: number,
  step: number,
): Promise<Offered & { next: number | undefined }> {
  const end = (await tx.first(stepEndRow, { hitTypeId, from, step }))?.pick
  // HITs may share a place: a step takes all of a place, and at least one.
  const to = end === undefined ? endOfPicks : Math.max(end, from + 1)
  const row = await tx.first(countRow, { hitTypeId, from, to, now: tx.now })
  return {
    assignable: row?.assignable ?? 0,
    createdAt: row?.first ?? 0,
    addedAt: row?.last ?? 0,
    latestExpiration: row?.latest ?? 0,
    nextExpiration: row?.next ?? 0,
    next: end === undefined ? undefined : to,
  }
}

/** Two parts of one group together. */
export function together(a: Offered, b: Offered): Offered {
  if (a.assignable === 0) return b
  if (b.assignable === 0) return a
  return {
    assignable: a.assignable + b.assignable,
    createdAt: Math.min(a.createdAt, b.createdAt),
    addedAt: Math.max(a.addedAt, b.addedAt),
    latestExpiration: Math.max(a.latestExpiration, b.latestExpiration),
    nextExpiration: Math.min(a.nextExpiration, b.nextExpiration),
  }
}

const nextTypeRow = read<{ after: string }, { hit_type_id: string }>(({ db }, p) =>
  db
    .selectFrom('hit')
    .select('hit_type_id')
    .where(sql<boolean>`status = 'Assignable'`)
    .where('hit_type_id', '>', p.after)
    .orderBy('hit_type_id')
    .orderBy('pick')
    .limit(1),
)

/** The next HIT type by id that has open HITs; undefined behind the last. */
export async function findNextOpenType(tx: Read, after: string): Promise<string | undefined> {
  return (await tx.first(nextTypeRow, { after }))?.hit_type_id
}

/** What the table holds of a group. */
export interface KeptFigures {
  hitTypeId: string
  assignable: number
  createdAt: number
  updatedAt: number
  latestExpiration: number
  nextExpiration: number
  /** Of the latest submitted assignments, of all workers. */
  medianSeconds: number | undefined
  samples: number
  /** When it was counted: epoch milliseconds of the wall clock. */
  changedAt: number
}

function fromRow(row: GroupFiguresTable): KeptFigures {
  return {
    hitTypeId: row.hit_type_id,
    assignable: row.assignable,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    latestExpiration: row.latest_expiration,
    nextExpiration: row.next_expiration,
    medianSeconds: row.median_seconds ?? undefined,
    samples: row.samples,
    changedAt: row.changed_at,
  }
}

const upsert = write<GroupFiguresTable, unknown>(({ db }, p) =>
  db
    .insertInto('group_figures')
    .values({
      hit_type_id: p.hit_type_id,
      assignable: p.assignable,
      created_at: p.created_at,
      updated_at: p.updated_at,
      latest_expiration: p.latest_expiration,
      next_expiration: p.next_expiration,
      median_seconds: p.median_seconds,
      samples: p.samples,
      changed_at: p.changed_at,
    })
    .onConflict((conflict) =>
      conflict
        .column('hit_type_id')
        .doUpdateSet({
          assignable: p.assignable,
          created_at: p.created_at,
          updated_at: p.updated_at,
          latest_expiration: p.latest_expiration,
          next_expiration: p.next_expiration,
          median_seconds: p.median_seconds,
          samples: p.samples,
          changed_at: p.changed_at,
        })
        .where('group_figures.changed_at', '<=', p.changed_at),
    ),
)

const openRows = read<{ after: string; limit: number }, GroupFiguresTable>(({ db }, p) =>
  db
    .selectFrom('group_figures')
    .selectAll()
    .where(sql<boolean>`assignable > 0`)
    .where('hit_type_id', '>', p.after)
    .orderBy('hit_type_id')
    .limit(p.limit),
)

const changedRows = read<{ since: number; after: string; limit: number }, GroupFiguresTable>(({ db }, p) =>
  db
    .selectFrom('group_figures')
    .selectAll()
    .where('changed_at', '>=', p.since)
    .where((eb) =>
      eb.or([
        eb('changed_at', '>', p.since),
        eb.and([eb('changed_at', '=', p.since), eb('hit_type_id', '>', p.after)]),
      ]),
    )
    .orderBy('changed_at')
    .orderBy('hit_type_id')
    .limit(p.limit),
)

const someRows = read<ListedIds, GroupFiguresTable>(({ db, among }, p) =>
  db
    .selectFrom('group_figures')
    .selectAll()
    .where(({ ref }) => among(ref('hit_type_id'), p.ids)),
)

/** Keeps the figures of a group unless later ones are there. */
export async function put(tx: Write, figures: KeptFigures): Promise<void> {
  await tx.change(upsert, {
    hit_type_id: figures.hitTypeId,
    assignable: figures.assignable,
    created_at: figures.createdAt,
    updated_at: figures.updatedAt,
    latest_expiration: figures.latestExpiration,
    next_expiration: figures.nextExpiration,
    median_seconds: figures.medianSeconds ?? null,
    samples: figures.samples,
    changed_at: figures.changedAt,
  })
}

/** Groups that had something to offer when they were counted, by id behind `after`. */
export async function listOpen(tx: Read, after: string, limit: number): Promise<KeptFigures[]> {
  return (await tx.all(openRows, { after, limit })).map(fromRow)
}

/** Figures that were counted at `since` or later (wall clock), in that order, behind the group `after`. */
export async function listChanged(
  tx: Read,
  since: number,
  after: string,
  limit: number,
): Promise<KeptFigures[]> {
  return (await tx.all(changedRows, { since, after, limit })).map(fromRow)
}

/** What is kept of these groups. */
export async function listKept(tx: Read, typeIds: Iterable<string>): Promise<Map<string, KeptFigures>> {
  const rows = await allListed(tx, someRows, typeIds, {})
  return new Map(rows.map((row) => [row.hit_type_id, fromRow(row)]))
}
