// What a worker marked, searched for and was told of, for his download of all that is stored about him.
import { sql } from 'kysely'
import { read } from './prepared.ts'
import type { StoredPage, StoredRow } from './stored-of-worker.ts'

const noTime = sql<number>`0`.as('cursor_time')

const favouriteId = sql<string>`kind || ' ' || subject_id`

/** What he marked: groups by their type. */
export const favourites = read<StoredPage, StoredRow>(({ db }, p) =>
  db
    .selectFrom('favourite')
    .select([noTime, favouriteId.as('cursor_id'), 'kind', 'subject_id', 'created_at'])
    .where('worker_id', '=', p.workerId)
    .where(favouriteId, '>', p.id)
    .orderBy(favouriteId)
    .limit(p.limit)
    .$castTo<StoredRow>(),
)

export const savedSearches = read<StoredPage, StoredRow>(({ db }, p) =>
  db
    .selectFrom('saved_search')
    .select([
      noTime,
      'id as cursor_id',
      'id as search_id',
      'name',
      'search',
      'min_reward',
      'qualified',
      'masters',
      'favourites',
      'requester_id',
      'sort',
      'alerts_since',
      'created_at',
    ])
    .where('worker_id', '=', p.workerId)
    .where('id', '>', p.id)
    .orderBy('id')
    .limit(p.limit)
    .$castTo<StoredRow>(),
)

/** Whether he is told of groups of requesters that he marked, and when that was looked at. */
export const alerts = read<StoredPage, StoredRow>(({ db }, p) =>
  db
    .selectFrom('search_alert')
    .select([noTime, 'worker_id as cursor_id', 'favourites_since', 'active', 'looked_at', 'next_at'])
    .where('worker_id', '=', p.workerId)
    .where('worker_id', '>', p.id)
    .limit(p.limit)
    .$castTo<StoredRow>(),
)

export const alertedGroups = read<StoredPage, StoredRow>(({ db }, p) =>
  db
    .selectFrom('alerted_group')
    .select([noTime, 'hit_type_id as cursor_id', 'hit_type_id', 'told_at'])
    .where('worker_id', '=', p.workerId)
    .where('hit_type_id', '>', p.id)
    .orderBy('hit_type_id')
    .limit(p.limit)
    .$castTo<StoredRow>(),
)
