// Question documents, each stored once under the SHA-256 of its text: a batch of equal HITs shares one row, and a
// stored document has been checked.
import { read, write } from './prepared.ts'
import type { QuestionTable } from './schema.ts'
import type { Read, Write } from './tx.ts'

const insertRow = write<QuestionTable, unknown>(({ db }, p) =>
  db
    .insertInto('question')
    .values({ hash: p.hash, kind: p.kind, text: p.text })
    .onConflict((conflict) => conflict.column('hash').doNothing()),
)

const findRow = read<{ hash: string }, QuestionTable>(({ db }, p) =>
  db.selectFrom('question').selectAll().where('hash', '=', p.hash),
)

/** Keeps a checked document; a second time it changes nothing. */
export async function add(tx: Write, question: QuestionTable): Promise<void> {
  await tx.change(insertRow, question)
}

/** The document with this hash. */
export async function find(tx: Read, hash: string): Promise<QuestionTable | undefined> {
  return tx.first(findRow, { hash })
}
