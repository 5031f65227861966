import { server } from '../../limits.ts'
import * as workerDays from '../../store/worker-days.ts'
import { read, type WorkerCaller } from '../operation.ts'

/**
 * What the worker did on each Pacific day, newest first, from `from`, `YYYY-MM-DD`, or from the beginning [websites 1.8].
 * As with all counters, what fell due within the last second may be missing.
 */
export const ListDays = read<WorkerCaller, { from?: string }, workerDays.WorkerDay[]>(
  'ListDays',
  (tx, { workerId }, { from = '' }) => workerDays.list(tx, workerId, from, server.recordDays),
)
