// The files that were brought in, and what became of their rows.
import type { ImportKind } from '../domain/import/kinds.ts'
import { insert, read, write } from './prepared.ts'
import type { ImportRunTable } from './schema-imports.ts'
import type { Read, Write } from './tx.ts'

/** Rows of a file by what became of them. */
export interface ImportCounts {
  rows: number
  added: number
  changed: number
  unchanged: number
  leftOut: number
}

/** A file that was brought in; it was broken off when it has no end. */
export interface ImportRun extends ImportCounts {
  runId: string
  requesterId: string
  kind: ImportKind
  name: string
  startedAt: number
  finishedAt: number | undefined
}

const insertRow = insert('import_run', [
  ...(['id', 'requester_id', 'kind', 'name', 'started_at', 'finished_at'] as const),
  ...(['rows', 'added', 'changed', 'unchanged', 'left_out'] as const),
])

const lockFirstRow = write<{ requesterId: string }, { id: string }>(({ db, forUpdate }, p) =>
  forUpdate(
    db.selectFrom('import_run').select('id').where('requester_id', '=', p.requesterId).orderBy('id').limit(1),
  ),
)

const countRow = write<ImportCounts & { runId: string; requesterId: string }, unknown>(({ db }, p) =>
  db
    .updateTable('import_run')
    .set((eb) => ({
      rows: eb('rows', '+', p.rows),
      added: eb('added', '+', p.added),
      changed: eb('changed', '+', p.changed),
      unchanged: eb('unchanged', '+', p.unchanged),
      left_out: eb('left_out', '+', p.leftOut),
    }))
    .where('id', '=', p.runId)
    .where('requester_id', '=', p.requesterId),
)

const finishRow = write<{ runId: string; requesterId: string; at: number }, unknown>(({ db }, p) =>
  db
    .updateTable('import_run')
    .set({ finished_at: p.at })
    .where('id', '=', p.runId)
    .where('requester_id', '=', p.requesterId),
)

const pageRows = read<{ requesterId: string; before: string; limit: number }, ImportRunTable>(({ db }, p) =>
  db
    .selectFrom('import_run')
    .selectAll()
    .where('requester_id', '=', p.requesterId)
    .where('id', '<', p.before)
    .orderBy('id', 'desc')
    .limit(p.limit),
)

/** Begins a run. */
export async function add(
  tx: Write,
  { runId, requesterId, kind, name }: Pick<ImportRun, 'runId' | 'requesterId' | 'kind' | 'name'>,
): Promise<void> {
  await tx.change(insertRow, {
    ...{ id: runId, requester_id: requesterId, kind, name, started_at: tx.now, finished_at: null },
    ...{ rows: 0, added: 0, changed: 0, unchanged: 0, left_out: 0 },
  })
}

/**
 * Waits until no other file of the requester is being kept: what was looked up stays true until it is written. Locks the
 * first of the runs, which is the same for all.
 */
export async function waitForOthers(tx: Write, requesterId: string): Promise<void> {
  await tx.first(lockFirstRow, { requesterId })
}

/** Adds to what became of its rows; answers false when the requester has no such run. */
export async function count(
  tx: Write,
  run: Pick<ImportRun, 'runId' | 'requesterId'>,
  counts: ImportCounts,
): Promise<boolean> {
  const { runId, requesterId } = run
  return (await tx.change(countRow, { ...counts, runId, requesterId })) > 0
}

/** Notes that all of the file was read; answers false when the requester has no such run. */
export async function finish(tx: Write, run: Pick<ImportRun, 'runId' | 'requesterId'>): Promise<boolean> {
  const { runId, requesterId } = run
  return (await tx.change(finishRow, { runId, requesterId, at: tx.now })) > 0
}

/** A requester's runs, newest first, those before the run `before`. */
export async function list(
  tx: Read,
  requesterId: string,
  before: string | undefined,
  limit: number,
): Promise<ImportRun[]> {
  const rows = await tx.all(pageRows, { requesterId, before: before ?? '~', limit })
  return rows.map((row) => ({
    runId: row.id,
    requesterId: row.requester_id,
    kind: row.kind as ImportKind,
    name: row.name,
    startedAt: row.started_at,
    finishedAt: row.finished_at ?? undefined,
    rows: row.rows,
    added: row.added,
    changed: row.changed,
    unchanged: row.unchanged,
    leftOut: row.left_out,
  }))
}
