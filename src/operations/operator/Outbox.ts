import { server } from '../../limits.ts'
import * as outbox from '../../store/outbox.ts'
import { read, write, type OperatorCaller } from '../operation.ts'

/** What was or would be sent, newest first. */
export const ListOutbox = read<
  OperatorCaller,
  { before: string | undefined; limit: number },
  outbox.Message[]
>('ListOutbox', (tx, _, { before, limit }) => outbox.list(tx, before, limit))

/** Gives one batch of dead letters their attempts again; answers how many, 0 when there are no more. */
export const ReplayDeadLetters = write<OperatorCaller, object, { replayed: number }>(
  'ReplayDeadLetters',
  () => 'outbox',
  async (tx) => ({ replayed: await outbox.reviveDead(tx, server.systemBatch) }),
)
