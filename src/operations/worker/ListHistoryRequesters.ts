import { server } from '../../limits.ts'
import * as requesters from '../../store/requesters.ts'
import * as workerBatches from '../../store/worker-batches.ts'
import { read, type WorkerCaller } from '../operation.ts'

/** A requester for whom a worker has worked. */
export interface HistoryRequester {
  id: string
  name: string
}

/**
 * The requesters of the worker's latest batches, by their names: those that he can choose from in his history. `also` is
 * one that he has chosen, and is named in any case.
 */
export const ListHistoryRequesters = read<WorkerCaller, { also?: string | undefined }, HistoryRequester[]>(
  'ListHistoryRequesters',
  async (tx, { workerId }, { also }) => {
    const found = new Map<string, string>()
    for (const { requesterId, requesterName } of await workerBatches.list(
      tx,
      workerId,
      0,
      server.batchesNamed,
    )) {
      found.set(requesterId, requesterName)
    }
    const chosen = also === undefined || found.has(also) ? undefined : await requesters.find(tx, also)
    if (chosen !== undefined) found.set(chosen.id, chosen.name)
    return [...found]
      .map(([id, name]) => ({ id, name }))
      .sort((one, other) => one.name.localeCompare(other.name, 'en'))
  },
)
