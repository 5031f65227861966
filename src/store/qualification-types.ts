// Requesters' own qualification types. A type is saved whole: whoever changes it holds its row.
import { sql } from 'kysely'
import {
  searchTextOf,
  sortKeyOf,
  type QualificationType,
  type QualificationTypeStatus,
} from '../domain/qualification-type.ts'
import { read, write, type Builder } from './prepared.ts'
import type { QualificationTypeTable } from './schema.ts'
import type { Read, Write } from './tx.ts'

type Row = QualificationTypeTable

function fromRow(row: Row): QualificationType {
  return {
    id: row.id,
    requesterId: row.requester_id,
    name: row.name,
    description: row.description,
    keywords: row.keywords ?? undefined,
    status: row.status as QualificationTypeStatus,
    test: row.test ?? undefined,
    testDuration: row.test_duration ?? undefined,
    answerKey: row.answer_key ?? undefined,
    retryDelay: row.retry_delay ?? undefined,
    autoGrantedValue: row.auto_granted === 1 ? (row.auto_granted_value ?? 1) : undefined,
    createdAt: row.created_at,
  }
}

function toRow(type: QualificationType): Row {
  return {
    id: type.id,
    requester_id: type.requesterId,
    name: type.name,
    sort_key: sortKeyOf(type.name),
    description: type.description,
    keywords: type.keywords ?? null,
    search_text: searchTextOf(type),
    status: type.status,
    test: type.test ?? null,
    test_duration: type.testDuration ?? null,
    answer_key: type.answerKey ?? null,
    retry_delay: type.retryDelay ?? null,
    auto_granted: type.autoGrantedValue === undefined ? 0 : 1,
    auto_granted_value: type.autoGrantedValue ?? null,
    created_at: type.createdAt,
  }
}

const insertRow = write<Row, unknown>(({ db }, p) =>
  db
    .insertInto('qualification_type')
    .values({
      id: p.id,
      requester_id: p.requester_id,
      name: p.name,
      sort_key: p.sort_key,
      description: p.description,
      keywords: p.keywords,
      search_text: p.search_text,
      status: p.status,
      test: p.test,
      test_duration: p.test_duration,
      answer_key: p.answer_key,
      retry_delay: p.retry_delay,
      auto_granted: p.auto_granted,
      auto_granted_value: p.auto_granted_value,
      created_at: p.created_at,
    })
    .onConflict((conflict) => conflict.doNothing()),
)

const saveRow = write<Row, unknown>(({ db }, p) =>
  db
    .updateTable('qualification_type')
    .set({
      description: p.description,
      search_text: p.search_text,
      status: p.status,
      test: p.test,
      test_duration: p.test_duration,
      answer_key: p.answer_key,
      retry_delay: p.retry_delay,
      auto_granted: p.auto_granted,
      auto_granted_value: p.auto_granted_value,
    })
    .where('id', '=', p.id),
)

const findRow = read<{ id: string }, Row>(({ db }, p) =>
  db.selectFrom('qualification_type').selectAll().where('id', '=', p.id),
)

const lockRow = write<{ id: string }, Row>(({ db, forUpdate }, p) =>
  forUpdate(db.selectFrom('qualification_type').selectAll().where('id', '=', p.id)),
)

/** Adds a type; answers false when the requester has one of this name that is not gone. */
export async function addUnlessNamed(tx: Write, type: QualificationType): Promise<boolean> {
  return (await tx.change(insertRow, toRow(type))) > 0
}

/** Saves every part of a type that can change. The caller has locked it. */
export async function save(tx: Write, type: QualificationType): Promise<void> {
  await tx.change(saveRow, toRow(type))
}

/** The type of this id, in whatever state. */
export async function find(tx: Read, id: string): Promise<QualificationType | undefined> {
  const row = await tx.first(findRow, { id })
  return row && fromRow(row)
}

/** The type, locked until the transaction ends. */
export async function lock(tx: Write, id: string): Promise<QualificationType | undefined> {
  const row = await tx.first(lockRow, { id })
  return row && fromRow(row)
}

const namedRow = read<{ requesterId: string; key: string }, Row>(({ db }, p) =>
  db
    .selectFrom('qualification_type')
    .selectAll()
    .where(sql<boolean>`status in ('Active', 'Inactive')`)
    .where('requester_id', '=', p.requesterId)
    .where('sort_key', '=', p.key),
)

/** The requester's type of this name that is not deleted. */
export async function findNamed(
  tx: Read,
  requesterId: string,
  name: string,
): Promise<QualificationType | undefined> {
  const row = await tx.first(namedRow, { requesterId, key: sortKeyOf(name) })
  return row && fromRow(row)
}

/** A place in the lists of types: after the type with this name and id. */
export interface Place {
  name: string
  id: string
}

interface ListParameters {
  requesterId: string
  pattern: string
  key: string
  id: string
  limit: number
}

const list = (own: boolean, searched: boolean) =>
  read<ListParameters, Row>(({ db }, p) => {
    const page = db
      .selectFrom('qualification_type')
      .selectAll()
      .where(sql<boolean>`status in ('Active', 'Inactive')`)
      .where('sort_key', '>=', p.key)
      .where((eb) => eb.or([eb('sort_key', '>', p.key), eb('id', '>', p.id)]))
      .orderBy('sort_key')
      .orderBy('id')
      .limit(p.limit)
    const some = searched ? page.where(sql<boolean>`search_text like ${p.pattern} escape '\\'`) : page
    return own ? some.where('requester_id', '=', p.requesterId) : some
  })

const listAll = list(false, false)
const listOwn = list(true, false)
const searchAll = list(false, true)
const searchOwn = list(true, true)

/**
 * Types that are not deleted, by name and then id, whose texts contain `searched` (in folded case), of one requester
 * or of all [qualifications 3.4].
 */
export async function search(
  tx: Read,
  requesterId: string | undefined,
  searched: string,
  after: Place | undefined,
  limit: number,
): Promise<QualificationType[]> {
  const [all, own] = searched === '' ? [listAll, listOwn] : [searchAll, searchOwn]
  const rows = await tx.all(requesterId === undefined ? all : own, {
    requesterId: requesterId ?? '',
    pattern: patternOf(searched),
    key: after === undefined ? '' : sortKeyOf(after.name),
    id: after?.id ?? '',
    limit,
  })
  return rows.map(fromRow)
}

const rejectRows = write<{ id: string }, unknown>(({ db }, p) =>
  db
    .updateTable('qualification_request')
    .set({ state: 'Rejected' })
    .where('qualification_type_id', '=', p.id)
    .where(sql<boolean>`state in ('AwaitingTest', 'Submitted')`),
)

/** Rejects all requests for the type that nobody has decided yet [qualifications 3.5]. */
export async function rejectRequests(tx: Write, id: string): Promise<void> {
  await tx.change(rejectRows, { id })
}

type Searched = { pattern: string }

const requestable = ({ db }: Builder, p: Searched) =>
  db
    .selectFrom('qualification_type')
    .where(sql<boolean>`status in ('Active', 'Inactive')`)
    .where('status', '=', 'Active')
    // Every key is behind the empty one; named, it makes the index of the list the way to them.
    .where('sort_key', '>=', '')
    .where(sql<boolean>`search_text like ${p.pattern} escape '\\'`)

const requestableRows = read<Searched & { offset: number; limit: number }, Row>((builder, p) =>
  requestable(builder, p).selectAll().orderBy('sort_key').orderBy('id').limit(p.limit).offset(p.offset),
)

const countRequestable = read<Searched, { count: number }>((builder, p) =>
  requestable(builder, p).select(({ fn }) => fn.countAll<number>().as('count')),
)

/** Types that workers may ask for whose texts contain `searched` (in folded case), by name and then id. */
export async function searchRequestable(
  tx: Read,
  searched: string,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ types: QualificationType[]; total: number }> {
  const pattern = patternOf(searched)
  const rows = await tx.all(requestableRows, { pattern, offset, limit })
  const total = (await tx.first(countRequestable, { pattern }))?.count ?? 0
  return { types: rows.map(fromRow), total }
}

function patternOf(searched: string): string {
  return `%${searched.replace(/[\\%_]/g, '\\$&')}%`
}
