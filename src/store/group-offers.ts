// What groups still hold for one worker: he may do each HIT once.
import { sql } from 'kysely'
import { allListed, type ListedIds } from './id-list.ts'
import { read } from './prepared.ts'
import type { Read } from './tx.ts'

const withOfferRows = read<ListedIds & { workerId: string; now: number }, { id: string }>(
  ({ db, among }, p) =>
    db
      .selectFrom('hit_type')
      .select('hit_type.id')
      .where(({ ref }) => among(ref('hit_type.id'), p.ids))
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('hit')
            .select('hit.id')
            .whereRef('hit.hit_type_id', '=', 'hit_type.id')
            .where(sql<boolean>`status = 'Assignable'`)
            .where('hit.expires_at', '>', p.now)
            .where((eb) =>
              eb.not(
                eb.exists(
                  eb
                    .selectFrom('assignment')
                    .select('assignment.id')
                    .whereRef('assignment.hit_id', '=', 'hit.id')
                    .where('assignment.worker_id', '=', p.workerId)
                    .where(sql<boolean>`state not in ('returned', 'abandoned')`),
                ),
              ),
            ),
        ),
      ),
)

/**
 * Those of the groups that have a HIT which the worker has neither done nor holds. Looks at every HIT that he has done
 * and that is still offered, so the caller bounds how many those can be.
 */
export async function listWithOffer(
  tx: Read,
  workerId: string,
  typeIds: Iterable<string>,
): Promise<Set<string>> {
  const rows = await allListed(tx, withOfferRows, typeIds, { workerId, now: tx.now })
  return new Set(rows.map(({ id }) => id))
}
