// What a worker gave back or lost, for his download of all that is stored about him.
import { sql } from 'kysely'
import type { Migration } from './index.ts'

export const market014: Migration = ({ db: { schema }, name }) => [
  schema
    .createIndex(name('assignment_ended'))
    .on(name('assignment'))
    .columns(['worker_id', 'id'])
    .where(sql<boolean>`ended_at is not null`),
]
