// Rows of imported tables, many at a time: a file of a million rows goes through here.
import { allListed, type ListedIds } from './id-list.ts'
import { addAll, adding, type Adding } from './many-rows.ts'
import { read, write, type ReadStatement, type WriteStatement } from './prepared.ts'
import type { ImportTables } from './schema-imports.ts'
import type { Read, Write } from './tx.ts'

/** The imported tables whose rows have an id of their own. */
export interface RowTables {
  type: ImportTables['imported_type']
  hit: ImportTables['imported_hit']
  assignment: ImportTables['imported_assignment']
  bonus: ImportTables['imported_bonus']
  transaction: ImportTables['imported_transaction']
}
export type RowKind = keyof RowTables

const columns: { [K in RowKind]: readonly (keyof RowTables[K] & string)[] } = {
  type: [
    'id',
    'requester_id',
    'title',
    'description',
    'keywords',
    'reward',
    'duration',
    'approval_delay',
    'requirements',
  ],
  hit: [
    ...([
      'id',
      'hit_type_id',
      'requester_id',
      'group_id',
      'created_at',
      'expires_at',
      'max_assignments',
    ] as const),
    ...(['annotation', 'question', 'layout_id', 'review_status', 'input', 'fields'] as const),
  ],
  assignment: [
    ...(['id', 'hit_id', 'requester_id', 'worker_id', 'state', 'accepted_at', 'submitted_at'] as const),
    ...(['auto_approval_at', 'approved_at', 'rejected_at', 'feedback', 'document', 'rates'] as const),
  ],
  bonus: ['id', 'requester_id', 'worker_id', 'hit_id', 'assignment_id', 'amount', 'reason', 'granted_at'],
  transaction: ['id', 'requester_id', 'initiated_at', 'posted_at', 'type', 'recipient_id', 'amount', 'cells'],
}

interface Statements<Row> {
  find: ReadStatement<ListedIds, Row>
  add: Adding
  change: WriteStatement<Row, unknown>
}

function statementsOf<K extends RowKind>(kind: K): Statements<RowTables[K]> {
  type Row = RowTables[K]
  const table = `imported_${kind}` as 'imported_hit'
  const names = columns[kind] as readonly string[]
  return {
    find: read<ListedIds, Row>(
      ({ db, among }, p) =>
        db
          .selectFrom(table)
          .selectAll()
          .where(({ ref }) => among(ref('id'), p.ids)) as never,
    ),
    add: adding(table, names as 'id'[]),
    change: write<Row, unknown>(({ db }, p) => {
      const row = p as unknown as Record<string, string>
      const changed = names.filter((name) => name !== 'id').map((name) => [name, row[name]])
      return db
        .updateTable(table)
        .set(Object.fromEntries(changed) as object)
        .where('id', '=', row.id!)
    }),
  }
}

const statements: { [K in RowKind]: Statements<RowTables[K]> } = {
  type: statementsOf('type'),
  hit: statementsOf('hit'),
  assignment: statementsOf('assignment'),
  bonus: statementsOf('bonus'),
  transaction: statementsOf('transaction'),
}

/** The rows of these ids that there are. */
export async function findRows<K extends RowKind>(
  tx: Read,
  kind: K,
  ids: Iterable<string>,
): Promise<Map<string, RowTables[K]>> {
  const rows = await allListed(tx, statements[kind].find, ids, {})
  return new Map(rows.map((row) => [row.id, row]))
}

/** Adds rows that are not there yet. */
export async function addRows<K extends RowKind>(
  tx: Write,
  kind: K,
  rows: readonly RowTables[K][],
): Promise<void> {
  await addAll(tx, statements[kind].add, rows)
}

/** Puts a row in the place of the one with its id. */
export async function changeRow<K extends RowKind>(tx: Write, kind: K, row: RowTables[K]): Promise<void> {
  await tx.change(statements[kind].change, row)
}

const joinBonuses = write<ListedIds, unknown>(({ db, among }, p) =>
  db
    .updateTable('imported_bonus')
    .set(({ selectFrom }) => ({
      hit_id: selectFrom('imported_assignment')
        .select('imported_assignment.hit_id')
        .whereRef('imported_assignment.id', '=', 'imported_bonus.assignment_id'),
    }))
    .where(({ ref }) => among(ref('assignment_id'), p.ids))
    .where('hit_id', '=', ''),
)

/** Work that came now tells the HIT of bonuses that came before it. */
export async function giveBonusesTheirHIT(tx: Write, assignmentIds: readonly string[]): Promise<void> {
  if (assignmentIds.length > 0) await tx.change(joinBonuses, { ids: assignmentIds })
}

const ownHITRows = read<ListedIds, { id: string }>(({ db, among }, p) =>
  db
    .selectFrom('hit')
    .select('id')
    .where(({ ref }) => among(ref('id'), p.ids)),
)
const ownAssignmentRows = read<ListedIds, { id: string }>(({ db, among }, p) =>
  db
    .selectFrom('assignment')
    .select('id')
    .where(({ ref }) => among(ref('id'), p.ids)),
)

/** Those of the ids that are HITs of this market itself. */
export async function findOwnHITs(tx: Read, ids: Iterable<string>): Promise<string[]> {
  return (await allListed(tx, ownHITRows, ids, {})).map(({ id }) => id)
}

/** Those of the ids that are assignments of this market itself. */
export async function findOwnAssignments(tx: Read, ids: Iterable<string>): Promise<string[]> {
  return (await allListed(tx, ownAssignmentRows, ids, {})).map(({ id }) => id)
}
