// Qualification types, what workers have of them, their requests, and which HIT types require what.
import { sql, type Compilable, type Kysely, type RawBuilder } from 'kysely'
import type { Migration } from './index.ts'

// Until now a HIT type could only require a type of the system: these are all that old rows can name.
const systemTypes = [
  '00000000000000000000',
  '00000000000000000040',
  '00000000000000000060',
  '00000000000000000070',
  '00000000000000000071',
  '000000000000000000E0',
  '000000000000000000L0',
  '000000000000000000S0',
  '2F1QJWKUDD8XADTFD2Q0G6UTO95ALH',
  '2ARFPLSP75KLA8M8DH1HTEQVJT3SY6',
  '2NDP2L92HECWY8NS8H3CK0CP5L9GHO',
  '2F1KVCNHMVHV8E9PBUB2A4J79LU20F',
  '21VZU98JHSTLZ5BPP4A9NOBJEK3DPG',
  '2TGBB6BFMFFOM08IBMAFGGESC1UWJX',
]

const raw = (db: Kysely<unknown>, statement: RawBuilder<unknown>): Compilable => ({
  compile: () => statement.compile(db),
})

export const market002: Migration = ({ db, name }) => [
  db.schema
    .createTable(name('qualification_type'))
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('requester_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('sort_key', 'text', (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('keywords', 'text')
    .addColumn('search_text', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('test', 'text')
    .addColumn('test_duration', 'bigint')
    .addColumn('answer_key', 'text')
    .addColumn('retry_delay', 'bigint')
    .addColumn('auto_granted', 'integer', (column) => column.notNull())
    .addColumn('auto_granted_value', 'bigint')
    .addColumn('created_at', 'bigint', (column) => column.notNull()),
  // A name is one type's until that type is gone, whatever competes.
  db.schema
    .createIndex(name('qualification_type_name'))
    .unique()
    .on(name('qualification_type'))
    .columns(['requester_id', 'name'])
    .where(sql<boolean>`status <> 'Disposed'`),
  // ListQualificationTypes, of everybody and of the caller.
  db.schema
    .createIndex(name('qualification_type_list'))
    .on(name('qualification_type'))
    .columns(['sort_key', 'id'])
    .where(sql<boolean>`status in ('Active', 'Inactive')`),
  db.schema
    .createIndex(name('qualification_type_own'))
    .on(name('qualification_type'))
    .columns(['requester_id', 'sort_key', 'id'])
    .where(sql<boolean>`status in ('Active', 'Inactive')`),
  db.schema
    .createTable(name('qualification'))
    .addColumn('qualification_type_id', 'text', (column) => column.notNull())
    .addColumn('worker_id', 'text', (column) => column.notNull())
    .addColumn('requester_id', 'text', (column) => column.notNull())
    .addColumn('value', 'bigint')
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('granted_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint(name('qualification_key'), ['qualification_type_id', 'worker_id']),
  // ListWorkersWithQualificationType: oldest grant first.
  db.schema
    .createIndex(name('qualification_time'))
    .on(name('qualification'))
    .columns(['qualification_type_id', 'status', 'granted_at', 'worker_id']),
  // What a worker has, when requirements are judged.
  db.schema.createIndex(name('qualification_worker')).on(name('qualification')).column('worker_id'),
  db.schema
    .createTable(name('qualification_request'))
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('qualification_type_id', 'text', (column) => column.notNull())
    .addColumn('requester_id', 'text', (column) => column.notNull())
    .addColumn('worker_id', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('test_hash', 'text')
    .addColumn('answer_key_hash', 'text')
    .addColumn('answer', 'text')
    .addColumn('requested_at', 'bigint', (column) => column.notNull())
    .addColumn('submitted_at', 'bigint')
    .addColumn('deadline', 'bigint'),
  // ListQualificationRequests, of all types and of one: oldest first.
  db.schema
    .createIndex(name('qualification_request_own'))
    .on(name('qualification_request'))
    .columns(['requester_id', 'submitted_at', 'id'])
    .where(sql<boolean>`state = 'Submitted'`),
  db.schema
    .createIndex(name('qualification_request_type'))
    .on(name('qualification_request'))
    .columns(['qualification_type_id', 'submitted_at', 'id'])
    .where(sql<boolean>`state = 'Submitted'`),
  // A worker's latest request of a type: whether he may ask again.
  db.schema
    .createIndex(name('qualification_request_worker'))
    .on(name('qualification_request'))
    .columns(['qualification_type_id', 'worker_id', 'requested_at']),
  db.schema
    .createTable(name('hit_type_requirement'))
    .addColumn('qualification_type_id', 'text', (column) => column.notNull())
    .addColumn('requester_id', 'text', (column) => column.notNull())
    .addColumn('hit_type_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint(name('hit_type_requirement_key'), [
      'qualification_type_id',
      'requester_id',
      'hit_type_id',
    ]),
  // ListHITsForQualificationType: the newest HITs of each HIT type that requires it.
  db.schema
    .createIndex(name('hit_type_created'))
    .on(name('hit'))
    .columns(['hit_type_id', 'created_at desc', 'id']),
  db.schema.alterTable(name('hit_type')).addColumn('deleted_at', 'bigint'),
  db.schema
    .alterTable(name('hit_type'))
    .addColumn('disposed', 'bigint', (column) => column.notNull().defaultTo(0)),
  raw(
    db,
    sql`
      update ${sql.table(name('hit_type'))} set disposed = (
        select count(*) from ${sql.table(name('hit'))} as hit
        where hit.hit_type_id = ${sql.table(name('hit_type'))}.id and hit.status = 'Disposed')`,
  ),
  ...systemTypes.map((id) =>
    raw(
      db,
      sql`
        insert into ${sql.table(name('hit_type_requirement'))} (qualification_type_id, requester_id, hit_type_id)
        select ${sql.lit(id)}, requester_id, id from ${sql.table(name('hit_type'))}
        where requirements like ${sql.lit(`%"qualificationTypeId":"${id}"%`)}`,
    ),
  ),
]
