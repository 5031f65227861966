// What workers sent.
import { insert, read } from './prepared.ts'
import type { Read, Write } from './tx.ts'

const insertRow = insert('answer', ['assignment_id', 'document', 'form_hash'])

const findRow = read<{ assignmentId: string }, { document: string; form_hash: string }>(({ db }, p) =>
  db.selectFrom('answer').select(['document', 'form_hash']).where('assignment_id', '=', p.assignmentId),
)

/** Keeps the answer document of an assignment; `formHash` tells the same form sent again from another one. */
export async function add(
  tx: Write,
  assignmentId: string,
  document: string,
  formHash: string,
): Promise<void> {
  await tx.change(insertRow, { assignment_id: assignmentId, document, form_hash: formHash })
}

/** The answer of an assignment. */
export async function find(
  tx: Read,
  assignmentId: string,
): Promise<{ document: string; formHash: string } | undefined> {
  const row = await tx.first(findRow, { assignmentId })
  return row && { document: row.document, formHash: row.form_hash }
}
