// Which file belongs to which answer; the bytes lie in the file store.
import { insert, read, write } from './prepared.ts'
import type { UploadedFileTable } from './schema.ts'
import type { Read, Write } from './tx.ts'

export interface UploadedFile {
  assignmentId: string
  /** The question that asked for it. */
  identifier: string
  /** Its key in the file store, and in the answer. */
  fileKey: string
  /** As it was called on the worker's machine. */
  name: string
  /** Bytes. */
  size: number
}

const insertRow = insert('uploaded_file', ['assignment_id', 'identifier', 'file_key', 'name', 'size'])

const findRow = read<{ assignmentId: string; identifier: string }, UploadedFileTable>(({ db }, p) =>
  db
    .selectFrom('uploaded_file')
    .selectAll()
    .where('assignment_id', '=', p.assignmentId)
    .where('identifier', '=', p.identifier),
)

/** Keeps that a file was sent with an assignment's answers. */
export async function add(tx: Write, file: UploadedFile): Promise<void> {
  await tx.change(insertRow, {
    assignment_id: file.assignmentId,
    identifier: file.identifier,
    file_key: file.fileKey,
    name: file.name,
    size: file.size,
  })
}

const removeRow = write<{ assignmentId: string; identifier: string }, unknown>(({ db }, p) =>
  db
    .deleteFrom('uploaded_file')
    .where('assignment_id', '=', p.assignmentId)
    .where('identifier', '=', p.identifier),
)

/** Puts a file in the place of the one that was sent for its question, if there was one. */
export async function replace(tx: Write, file: UploadedFile): Promise<void> {
  await tx.change(removeRow, { assignmentId: file.assignmentId, identifier: file.identifier })
  await add(tx, file)
}

/** The file that was sent for a question. */
export async function find(
  tx: Read,
  assignmentId: string,
  identifier: string,
): Promise<UploadedFile | undefined> {
  const row = await tx.first(findRow, { assignmentId, identifier })
  return (
    row && {
      assignmentId: row.assignment_id,
      identifier: row.identifier,
      fileKey: row.file_key,
      name: row.name,
      size: row.size,
    }
  )
}
