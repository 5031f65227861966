// HIT types, found by id, by group, and by the hash of their properties.
import { sql } from 'kysely'
import type { HITType } from '../domain/hit-type.ts'
import { cents } from '../domain/money.ts'
import type { QualificationRequirement } from '../domain/qualification.ts'
import { read, write } from './prepared.ts'
import type { HITTypeRequirementTable, HITTypeTable } from './schema.ts'
import type { Read, Write } from './tx.ts'

/** The type that a row holds. */
export function fromRow(row: HITTypeTable): HITType {
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

const insertRow = write<Omit<HITTypeTable, 'deleted_at'>, unknown>(({ db }, p) =>
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
      disposed: p.disposed,
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

type CountedTable = Pick<HITTypeTable, 'hits' | 'disposed' | 'deleted_at'>

const registeredRow = read<{ id: string }, HITTypeTable>(({ db }, p) =>
  db.selectFrom('hit_type').selectAll().where('id', '=', p.id).where('deleted_at', 'is', null),
)

const insertRequirement = write<HITTypeRequirementTable, unknown>(({ db }, p) =>
  db.insertInto('hit_type_requirement').values({
    qualification_type_id: p.qualification_type_id,
    requester_id: p.requester_id,
    hit_type_id: p.hit_type_id,
  }),
)

const addHITRow = write<{ id: string; added: number }, unknown>(({ db }, p) =>
  db
    .updateTable('hit_type')
    .set({ hits: sql<number>`hits + ${p.added}` })
    .where('id', '=', p.id)
    .where('deleted_at', 'is', null),
)

const removeHITRow = write<{ id: string }, CountedTable>(({ db }, p) =>
  db
    .updateTable('hit_type')
    .set({ hits: sql<number>`hits - 1` })
    .where('id', '=', p.id)
    .returning(['hits', 'disposed', 'deleted_at']),
)

const disposeHITRow = write<{ id: string }, CountedTable>(({ db }, p) =>
  db
    .updateTable('hit_type')
    .set({ disposed: sql<number>`disposed + 1` })
    .where('id', '=', p.id)
    .returning(['hits', 'disposed', 'deleted_at']),
)

const requiringRows = read<{ qualificationTypeId: string }, { hit_type_id: string }>(({ db }, p) =>
  db
    .selectFrom('hit_type_requirement')
    .select('hit_type_id')
    .where('qualification_type_id', '=', p.qualificationTypeId),
)

const deleteRow = write<{ id: string; now: number }, unknown>(({ db }, p) =>
  db
    .updateTable('hit_type')
    .set({ deleted_at: p.now })
    .where('id', '=', p.id)
    .where('deleted_at', 'is', null),
)

const usedRow = read<{ qualificationTypeId: string }, { id: string }>(({ db }, p) =>
  db
    .selectFrom('hit_type_requirement')
    .innerJoin('hit_type', 'hit_type.id', 'hit_type_requirement.hit_type_id')
    .select('hit_type.id')
    .where('hit_type_requirement.qualification_type_id', '=', p.qualificationTypeId)
    .whereRef('hit_type.hits', '>', 'hit_type.disposed')
    .limit(1),
)

const countRow = read<{ id: string }, { hits: number }>(({ db }, p) =>
  db.selectFrom('hit_type').select('hits').where('id', '=', p.id),
)

/** Adds a type unless the requester has an equal one; a competitor's equal type is not an error. */
export async function addUnlessEqual(tx: Write, type: HITType, hash: string): Promise<void> {
  const added = await tx.change(insertRow, {
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
    disposed: 0,
    created_at: tx.now,
  })
  if (added === 0) return
  for (const id of new Set(type.requirements.map(({ qualificationTypeId }) => qualificationTypeId))) {
    await tx.change(insertRequirement, {
      qualification_type_id: id,
      requester_id: type.requesterId,
      hit_type_id: type.id,
    })
  }
}

/** The type of this id, deleted or not. */
export async function find(tx: Read, id: string): Promise<HITType | undefined> {
  const row = await tx.first(findRow, { id })
  return row && fromRow(row)
}

/** The type of this id unless it was deleted: new HITs may have it. */
export async function findRegistered(tx: Read, id: string): Promise<HITType | undefined> {
  const row = await tx.first(registeredRow, { id })
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

/** Counts one more HIT of the type; answers false when the type was deleted meanwhile. */
export async function addHIT(tx: Write, id: string): Promise<boolean> {
  return (await tx.change(addHITRow, { id, added: 1 })) > 0
}

/** Counts one HIT less, which has another type now; answers whether that was the last of a deleted type. */
export async function removeHIT(tx: Write, id: string): Promise<boolean> {
  return isOver(await tx.first(removeHITRow, { id }))
}

/** Counts a HIT of the type that is disposed of; answers whether it was the last of a deleted type. */
export async function disposeHIT(tx: Write, id: string): Promise<boolean> {
  return isOver(await tx.first(disposeHITRow, { id }))
}

function isOver(row: CountedTable | undefined): boolean {
  return row !== undefined && row.deleted_at !== null && row.hits <= row.disposed
}

/** Deletes all types, of whatever requester, that require a qualification type [qualifications 3.5]. */
export async function deleteRequiring(tx: Write, qualificationTypeId: string): Promise<void> {
  // One by one in the order of their ids, in which everybody locks them.
  const rows = await tx.all(requiringRows, { qualificationTypeId })
  for (const id of rows.map((row) => row.hit_type_id).sort()) await tx.change(deleteRow, { id, now: tx.now })
}

/** Whether a HIT that is not disposed of requires the qualification type. */
export async function isRequired(tx: Read, qualificationTypeId: string): Promise<boolean> {
  return (await tx.first(usedRow, { qualificationTypeId })) !== undefined
}

/** How many HITs have the type, whatever their state. */
export async function count(tx: Read, id: string): Promise<number> {
  return (await tx.first(countRow, { id }))?.hits ?? 0
}
