// What operators look through: the layouts of a requester, what a worker was told.
import type { Migration } from './index.ts'

export const market006: Migration = ({ db: { schema }, name }) => [
  schema
    .createIndex(name('layout_of_requester'))
    .on(name('layout'))
    .columns(['requester_id', 'id', 'version']),
  schema.createIndex(name('message_to_worker')).on(name('message')).columns(['worker_id', 'id']),
]
