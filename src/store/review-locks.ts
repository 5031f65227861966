// A review of a HIT changes the accounts of everybody who worked on it. Two that meet would stop each other if they
// took those one by one, so each takes them all at once, in the order that holds for everything.
import { write } from './prepared.ts'
import type { Write } from './tx.ts'

const lockWorkers = write<{ hitId: string }, { worker_id: string }>(({ db, forUpdate }, p) =>
  forUpdate(
    db
      .selectFrom('worker_account')
      .select('worker_id')
      .where(
        'worker_id',
        'in',
        db
          .selectFrom('assignment')
          .select('assignment.worker_id')
          .where('hit_id', '=', p.hitId)
          .where('submitted_at', 'is not', null),
      )
      .orderBy('worker_id'),
  ),
)

const lockRequester = write<{ requesterId: string }, { requester_id: string }>(({ db, forUpdate }, p) =>
  forUpdate(
    db.selectFrom('requester_account').select('requester_id').where('requester_id', '=', p.requesterId),
  ),
)

/** Locks the accounts of all who submitted work for the HIT, by id, then the requester's. */
export async function lockAccounts(tx: Write, hitId: string, requesterId: string): Promise<void> {
  await tx.all(lockWorkers, { hitId })
  await tx.all(lockRequester, { requesterId })
}
