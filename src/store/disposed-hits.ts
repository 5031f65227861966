// Disposed HITs of which something is still kept: answers, files, review results. Nobody can read them any more; how
// long they stay is the operator's to say. The bytes of files are deleted after the commit, so their keys wait here.
import { insert, read, write } from './prepared.ts'
import type { DisposedHITTable } from './schema-payments.ts'
import type { Read, Write } from './tx.ts'

const insertRow = insert('disposed_hit', ['hit_id', 'disposed_at', 'erased_at', 'erased_id'])

/** Notes that a HIT was disposed of at `at`. */
export async function add(tx: Write, hitId: string, at: number): Promise<void> {
  await tx.change(insertRow, { hit_id: hitId, disposed_at: at, erased_at: 0, erased_id: '' })
}

/** A disposed HIT, and how far its assignments are erased. */
export interface DisposedHIT {
  hitId: string
  erasedAt: number
  erasedId: string
}

const fromRow = (row: DisposedHITTable): DisposedHIT => ({
  hitId: row.hit_id,
  erasedAt: row.erased_at,
  erasedId: row.erased_id,
})

const anyRow = read<{ until: number }, { hit_id: string }>(({ db }, p) =>
  db
    .selectFrom('disposed_hit')
    .select('hit_id')
    .where('disposed_at', '<=', p.until)
    .orderBy('disposed_at')
    .limit(1),
)

/** Whether anything is kept of a HIT that was disposed of at `until` or before. */
export async function hasOld(tx: Read, until: number): Promise<boolean> {
  return (await tx.first(anyRow, { until })) !== undefined
}

const lockRows = write<{ until: number; rows: number }, DisposedHITTable>(({ db, skipLocked }, p) =>
  skipLocked(
    db
      .selectFrom('disposed_hit')
      .selectAll()
      .where('disposed_at', '<=', p.until)
      .orderBy('disposed_at')
      .orderBy('hit_id')
      .limit(p.rows),
  ),
)

/** The HITs that were disposed of first, at `until` or before, and that nobody else is erasing; they are locked. */
export async function lockOld(tx: Write, until: number, limit: number): Promise<DisposedHIT[]> {
  return (await tx.all(lockRows, { until, rows: limit })).map(fromRow)
}

const deleteRow = write<{ hitId: string }, unknown>(({ db }, p) =>
  db.deleteFrom('disposed_hit').where('hit_id', '=', p.hitId),
)

/** Notes that nothing is kept of the HIT any more. */
export async function remove(tx: Write, hitId: string): Promise<void> {
  await tx.change(deleteRow, { hitId })
}

const moveOnRow = write<DisposedHIT, unknown>(({ db }, p) =>
  db
    .updateTable('disposed_hit')
    .set({ erased_at: p.erasedAt, erased_id: p.erasedId })
    .where('hit_id', '=', p.hitId),
)

interface SubmittedRow {
  id: string
  submitted_at: number
}

const nextRows = write<DisposedHIT & { rows: number }, SubmittedRow>(({ db }, p) =>
  db
    .selectFrom('assignment')
    .select(['id', (eb) => eb.fn.coalesce('submitted_at', eb.lit(0)).as('submitted_at')])
    .where('hit_id', '=', p.hitId)
    .where('submitted_at', '>=', p.erasedAt)
    .where((eb) =>
      eb.or([
        eb('submitted_at', '>', p.erasedAt),
        eb.and([eb('submitted_at', '=', p.erasedAt), eb('id', '>', p.erasedId)]),
      ]),
    )
    .orderBy('assignment.submitted_at')
    .orderBy('id')
    .limit(p.rows),
)

const deleteAnswer = write<{ assignmentId: string }, unknown>(({ db }, p) =>
  db.deleteFrom('answer').where('assignment_id', '=', p.assignmentId),
)

const keepKeys = write<{ assignmentId: string }, unknown>(({ db }, p) =>
  db
    .insertInto('erased_file')
    .columns(['file_key'])
    .expression(db.selectFrom('uploaded_file').select('file_key').where('assignment_id', '=', p.assignmentId))
    .onConflict((conflict) => conflict.column('file_key').doNothing()),
)

const deleteFiles = write<{ assignmentId: string }, unknown>(({ db }, p) =>
  db.deleteFrom('uploaded_file').where('assignment_id', '=', p.assignmentId),
)

/**
 * Erases answers and files of the next assignments of the HIT, `limit` at most; answers how many there were. The bytes
 * of the files wait to be deleted.
 */
export async function eraseAnswers(tx: Write, hit: DisposedHIT, limit: number): Promise<number> {
  const rows = await tx.all(nextRows, { ...hit, rows: limit })
  for (const { id: assignmentId } of rows) {
    await tx.change(deleteAnswer, { assignmentId })
    if ((await tx.change(keepKeys, { assignmentId })) > 0) await tx.change(deleteFiles, { assignmentId })
  }
  const last = rows.at(-1)
  if (last !== undefined)
    await tx.change(moveOnRow, { hitId: hit.hitId, erasedAt: last.submitted_at, erasedId: last.id })
  return rows.length
}

const deleteResults = write<{ hitId: string; rows: number }, unknown>(({ db }, p) =>
  db
    .deleteFrom('review_result')
    .where('hit_id', '=', p.hitId)
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('review_result')
        .select('id')
        .where('hit_id', '=', p.hitId)
        .orderBy('level')
        .orderBy('id')
        .limit(p.rows),
    ),
)

/** Erases what review policies found about the answers of the HIT, `limit` entries at most; answers how many. */
export async function eraseResults(tx: Write, hitId: string, limit: number): Promise<number> {
  return tx.change(deleteResults, { hitId, rows: limit })
}

const addKey = write<{ fileKey: string }, unknown>(({ db }, p) =>
  db
    .insertInto('erased_file')
    .values({ file_key: p.fileKey })
    .onConflict((conflict) => conflict.column('file_key').doNothing()),
)

/** Notes that no answer names the file under the key any more: its bytes are to be deleted. */
export async function addErasedFile(tx: Write, fileKey: string): Promise<void> {
  await tx.change(addKey, { fileKey })
}

const keyRows = read<{ after: string; rows: number }, { file_key: string }>(({ db }, p) =>
  db
    .selectFrom('erased_file')
    .select('file_key')
    .where('file_key', '>', p.after)
    .orderBy('file_key')
    .limit(p.rows),
)

/** Keys of the file store whose bytes are to be deleted, in order, after `after`. */
export async function listErasedFiles(tx: Read, after: string, limit: number): Promise<string[]> {
  return (await tx.all(keyRows, { after, rows: limit })).map((row) => row.file_key)
}

const deleteKey = write<{ fileKey: string }, unknown>(({ db }, p) =>
  db.deleteFrom('erased_file').where('file_key', '=', p.fileKey),
)

/** Notes that the bytes under the key are deleted. */
export async function forgetErasedFile(tx: Write, fileKey: string): Promise<void> {
  await tx.change(deleteKey, { fileKey })
}
