// Layouts: templates of pages that HITs are made of. A version is never changed; an edit is the next version.
import type { ExpressionBuilder } from 'kysely'
import { insert, read, write } from './prepared.ts'
import type { LayoutTable, Tables } from './schema.ts'
import type { Read, Write } from './tx.ts'

export interface Layout {
  id: string
  /** Counts from 1. */
  version: number
  requesterId: string
  name: string
  /** The template as its author wrote it. */
  html: string
  /** The whole page, with its placeholders: what HITs of this version show for ever. */
  page: string
  createdAt: number
}

const columns = ['id', 'version', 'requester_id', 'name', 'html', 'page', 'created_at'] as const

function fromRow(row: LayoutTable): Layout {
  return {
    id: row.id,
    version: row.version,
    requesterId: row.requester_id,
    name: row.name,
    html: row.html,
    page: row.page,
    createdAt: row.created_at,
  }
}

const insertRow = insert('layout', columns)

const findRow = read<{ id: string; version: number }, LayoutTable>(({ db }, p) =>
  db.selectFrom('layout').select(columns).where('id', '=', p.id).where('version', '=', p.version),
)

const findLatestRow = read<{ id: string }, LayoutTable>(({ db }, p) =>
  db.selectFrom('layout').select(columns).where('id', '=', p.id).orderBy('version', 'desc').limit(1),
)

const lockFirstRow = write<{ id: string }, { id: string }>(({ db, forUpdate }, p) =>
  forUpdate(db.selectFrom('layout').select('id').where('id', '=', p.id).where('version', '=', 1)),
)

const isLatest = (eb: ExpressionBuilder<Tables, 'layout'>) =>
  eb(
    'layout.version',
    '=',
    eb
      .selectFrom('layout as same')
      .select(({ fn }) => fn.max('same.version').as('latest'))
      .whereRef('same.id', '=', 'layout.id'),
  )

const latest = (ofOne: boolean) =>
  read<{ requesterId: string; after: string; limit: number }, LayoutTable>(({ db }, p) => {
    const page = db
      .selectFrom('layout')
      .select(columns)
      .where('id', '>', p.after)
      .where(isLatest)
      .orderBy('id')
      .limit(p.limit)
    return ofOne ? page.where('requester_id', '=', p.requesterId) : page
  })

const latestRows = latest(false)
const latestRowsOfRequester = latest(true)

/** Adds a version of a layout. */
export async function add(tx: Write, layout: Layout): Promise<void> {
  await tx.change(insertRow, {
    id: layout.id,
    version: layout.version,
    requester_id: layout.requesterId,
    name: layout.name,
    html: layout.html,
    page: layout.page,
    created_at: layout.createdAt,
  })
}

/** One version of a layout. */
export async function find(tx: Read, id: string, version: number): Promise<Layout | undefined> {
  const row = await tx.first(findRow, { id, version })
  return row && fromRow(row)
}

/** The version of a layout that HITs are made of now. */
export async function findLatest(tx: Read, id: string): Promise<Layout | undefined> {
  const row = await tx.first(findLatestRow, { id })
  return row && fromRow(row)
}

/** Layouts in their latest versions, in order of their ids: those behind `after`, of one requester or of all. */
export async function listLatest(
  tx: Read,
  { requesterId, ...page }: { requesterId: string | undefined; after: string; limit: number },
): Promise<Layout[]> {
  const statement = requesterId === undefined ? latestRows : latestRowsOfRequester
  const rows = await tx.all(statement, { requesterId: requesterId ?? '', ...page })
  return rows.map(fromRow)
}

/** The latest version; nobody else adds one until the transaction ends: its first version stands for the layout. */
export async function lockLatest(tx: Write, id: string): Promise<Layout | undefined> {
  await tx.first(lockFirstRow, { id })
  return findLatest(tx, id)
}
