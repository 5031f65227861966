// Takes the people of demo mode out of a database: their keys and passwords are known to everybody.
import type { FactName } from './meta.ts'
import { write } from './prepared.ts'
import type { Write } from './tx.ts'

const deleteKey = write<{ accessKeyId: string }, unknown>(({ db }, p) =>
  db.deleteFrom('access_key').where('id', '=', p.accessKeyId),
)
const closeRequester = write<{ requesterId: string }, unknown>(({ db }, p) =>
  db
    .updateTable('requester')
    .set({ password: null, email: null, suspended: 1 })
    .where('id', '=', p.requesterId),
)
const closeWorker = write<{ workerId: string }, unknown>(({ db }, p) =>
  db.updateTable('worker').set({ password: null, email: null, suspended: 1 }).where('id', '=', p.workerId),
)
const deleteSessions = write<object, unknown>(({ db }) => db.deleteFrom('session'))
const deleteLinks = write<object, unknown>(({ db }) => db.deleteFrom('sign_in_link'))
const facts: FactName[] = ['made for', 'demo people', 'clock offset production', 'clock offset sandbox']
const deleteFacts = write<object, unknown>(({ db }) => db.deleteFrom('meta').where('name', 'in', facts))

/** Deletes key and passwords of the demo people, all sign-ins, the mark of a test database and its turned clocks. */
export async function forgetDemo(
  tx: Write,
  people: { accessKeyId: string; requesterId: string; workerId: string },
): Promise<void> {
  await tx.change(deleteKey, people)
  await tx.change(closeRequester, people)
  await tx.change(closeWorker, people)
  await tx.change(deleteSessions, {})
  await tx.change(deleteLinks, {})
  await tx.change(deleteFacts, {})
}
