import * as workerAccounts from '../../store/worker-accounts.ts'
import * as workers from '../../store/workers.ts'
import { read, type OperatorCaller } from '../operation.ts'

/** A worker with his money and counters in this market. WorkerDoesNotExist. */
export const FindWorker = read<
  OperatorCaller,
  { workerId: string },
  { name: string; account: workerAccounts.WorkerAccount }
>('FindWorker', async (tx, _, { workerId }) => {
  const worker = await workers.find(tx, workerId)
  if (worker === undefined) return { fault: 'WorkerDoesNotExist', workerId }
  return { name: worker.name, account: await workerAccounts.find(tx, workerId) }
})
