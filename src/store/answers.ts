// What workers sent.
import { insert, read } from './prepared.ts'
import type { Read, Write } from './tx.ts'

const insertRow = insert('answer', ['assignment_id', 'document'])

const findRow = read<{ assignmentId: string }, { document: string }>(({ db }, p) =>
  db.selectFrom('answer').select('document').where('assignment_id', '=', p.assignmentId),
)

/** Keeps the answer document of an assignment. */
export async function add(tx: Write, assignmentId: string, document: string): Promise<void> {
  await tx.change(insertRow, { assignment_id: assignmentId, document })
}

/** The answer document of an assignment. */
export async function find(tx: Read, assignmentId: string): Promise<string | undefined> {
  return (await tx.first(findRow, { assignmentId }))?.document
}
