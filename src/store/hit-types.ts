// HIT types, found by id, by group, and by the hash of their properties.
import { sql } from 'kysely'
import type { HITType } from '../domain/hit-type.ts'
import { cents } from '../domain/money.ts'
import type { QualificationRequirement } from '../domain/qualification.ts'
import { read, write } from './prepared.ts'
import type { HITTypeTable } from './schema.ts'
import type { Read, Write } from './tx.ts'

function fromRow(row: HITTypeTable): HITType {
  return {
    id: row.id,
    groupId: row.group_id,
    requesterId: row.requester_id,
    title: row.title,
    description: row.description,
    keywords: row.keywords ?? undefined,
    reward: cents(row.reward),
    duration: row.duration,
    approvalDelay: row.approval_delay,
    requirements: JSON.parse(row.requirements) as QualificationRequirement[],
  }
}

const insertRow = write<HITTypeTable, unknown>(({ db }, p) =>
  db
    .insertInto('hit_type')
    .values({
      id: p.id,
      group_id: p.group_id,
      requester_id: p.requester_id,
      title: p.title,
      description: p.description,
      keywords: p.keywords,
      reward: p.reward,
      duration: p.duration,
      approval_delay: p.approval_delay,
      requirements: p.requirements,
      tuple_hash: p.tuple_hash,
      hits: p.hits,
      created_at: p.created_at,
    })
    .onConflict((conflict) => conflict.columns(['requester_id', 'tuple_hash']).doNothing()),
)

const findRow = read<{ id: string }, HITTypeTable>(({ db }, p) =>
  db.selectFrom('hit_type').selectAll().where('id', '=', p.id),
)

const findRowByGroup = read<{ id: string }, HITTypeTable>(({ db }, p) =>
  db
    .selectFrom('hit_type')
    .selectAll()
    .where((eb) => eb.or([eb('group_id', '=', p.id), eb('id', '=', p.id)])),
)

const findRowByHash = read<{ requesterId: string; hash: string }, HITTypeTable>(({ db }, p) =>
  db
    .selectFrom('hit_type')
    .selectAll()
    .where('requester_id', '=', p.requesterId)
    .where('tuple_hash', '=', p.hash),
)

const countHITs = write<{ id: string; change: number }, unknown>(({ db }, p) =>
  db
    .updateTable('hit_type')
    .set({ hits: sql<number>`hits + ${p.change}` })
    .where('id', '=', p.id),
)

const countRow = read<{ id: string }, { hits: number }>(({ db }, p) =>
  db.selectFrom('hit_type').select('hits').where('id', '=', p.id),
)

/** Adds a type unless the requester has an equal one; a competitor's equal type is not an error. */
export async function addUnlessEqual(tx: Write, type: HITType, hash: string): Promise<void> {
  await tx.change(insertRow, {
    id: type.id,
    group_id: type.groupId,
    requester_id: type.requesterId,
    title: type.title,
    description: type.description,
    keywords: type.keywords ?? null,
    reward: Number(type.reward),
    duration: type.duration,
    approval_delay: type.approvalDelay,
    requirements: JSON.stringify(type.requirements),
    tuple_hash: hash,
    hits: 0,
    created_at: tx.now,
  })
}

/** The type of this id. */
export async function find(tx: Read, id: string): Promise<HITType | undefined> {
  const row = await tx.first(findRow, { id })
  return row && fromRow(row)
}

/** The type whose HITGroupId, or whose own id, is `id`: worker addresses carry either [hits 3]. */
export async function findByGroup(tx: Read, id: string): Promise<HITType | undefined> {
  const row = await tx.first(findRowByGroup, { id })
  return row && fromRow(row)
}

/** The requester's type whose properties have this hash. */
export async function findByHash(tx: Read, requesterId: string, hash: string): Promise<HITType | undefined> {
  const row = await tx.first(findRowByHash, { requesterId, hash })
  return row && fromRow(row)
}

/** Changes how many HITs have the type. */
export async function addToCount(tx: Write, id: string, change: number): Promise<void> {
  await tx.change(countHITs, { id, change })
}

/** How many HITs have the type, whatever their state. */
export async function count(tx: Read, id: string): Promise<number> {
  return (await tx.first(countRow, { id }))?.hits ?? 0
}

/** A group with HITs to offer, as the list of a worker shows it. */
export interface Group {
  type: HITType
  requesterName: string
  createdAt: number
  assignable: number
  latestExpiration: number
}

// Counted before anything is joined: one row a group meets the other tables, not one a HIT.
const openGroups = read<
  { now: number; limit: number },
  HITTypeTable & { requester_name: string; first: number; assignable: number; latest: number }
>(({ db }, p) =>
  db
    .selectFrom((eb) =>
      eb
        .selectFrom('hit')
        .select(['hit_type_id'])
        .select(({ fn }) => [
          fn.min('created_at').as('first'),
          fn.countAll<number>().as('assignable'),
          fn.max('expires_at').as('latest'),
        ])
        .where(sql<boolean>`status = 'Assignable'`)
        .where('expires_at', '>', p.now)
        .groupBy('hit_type_id')
        .orderBy('first', 'desc')
        .limit(p.limit)
        .as('open'),
    )
    .innerJoin('hit_type', 'hit_type.id', 'open.hit_type_id')
    .innerJoin('requester', 'requester.id', 'hit_type.requester_id')
    .selectAll('hit_type')
    .select(['requester.name as requester_name', 'open.first', 'open.assignable', 'open.latest'])
    .orderBy('open.first', 'desc'),
)

/** Groups that have a HIT to offer now, newest first. Counts every open HIT: the caller keeps the answer a while. */
export async function listOpenGroups(tx: Read, limit: number): Promise<Group[]> {
  const rows = await tx.all(openGroups, { now: tx.now, limit })
  return rows.map((row) => ({
    type: fromRow(row),
    requesterName: row.requester_name,
    createdAt: row.first,
    assignable: row.assignable,
    latestExpiration: row.latest,
  }))
}
