// What workers sent.
import { insert, read, write } from './prepared.ts'
import type { Read, Write } from './tx.ts'

const insertRow = insert('answer', ['assignment_id', 'document'])

const findRow = read<{ assignmentId: string }, { document: string }>(({ db }, p) =>
  db.selectFrom('answer').select('document').where('assignment_id', '=', p.assignmentId),
)

/** Keeps the answer document of an assignment. */
export async function add(tx: Write, assignmentId: string, document: string): Promise<void> {
  await tx.change(insertRow, { assignment_id: assignmentId, document })
}

const replaceRow = write<{ assignmentId: string; document: string }, unknown>(({ db }, p) =>
  db.updateTable('answer').set({ document: p.document }).where('assignment_id', '=', p.assignmentId),
)

/** Puts another document in the place of an assignment's answers. */
export async function replace(tx: Write, assignmentId: string, document: string): Promise<void> {
  if ((await tx.change(replaceRow, { assignmentId, document })) !== 1)
    throw new Error(`assignment ${assignmentId} has no answers`)
}

/** The answer document of an assignment. */
export async function find(tx: Read, assignmentId: string): Promise<string | undefined> {
  return (await tx.first(findRow, { assignmentId }))?.document
}
