import * as workers from '../../store/workers.ts'
import { write, type OperatorCaller } from '../operation.ts'

/** Suspends a worker or lets him work again: he can sign in, but accept nothing [websites 1.13]. WorkerDoesNotExist. */
export const SetWorkerState = write<OperatorCaller, { workerId: string; suspended: boolean }, object>(
  'SetWorkerState',
  (_, input) => input.workerId,
  async (tx, _, { workerId, suspended }) => {
    if (!(await workers.exists(tx, workerId))) return { fault: 'WorkerDoesNotExist', workerId }
    await workers.setSuspended(tx, workerId, suspended)
    return {}
  },
)
