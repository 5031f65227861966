// What a worker looks at of his own: the qualifications that he has, and his requests that wait.
import { sql } from 'kysely'
import type { Migration } from './index.ts'

export const market013: Migration = ({ db: { schema }, name }) => [
  // What he has, latest grant first.
  schema
    .createIndex(name('qualification_held'))
    .on(name('qualification'))
    .columns(['worker_id', 'granted_at desc', 'qualification_type_id'])
    .where(sql<boolean>`status = 'Granted'`),
  // His requests that nobody has decided, newest first.
  schema
    .createIndex(name('qualification_request_outstanding'))
    .on(name('qualification_request'))
    .columns(['worker_id', 'requested_at desc'])
    .where(sql<boolean>`state in ('AwaitingTest', 'Submitted')`),
]
