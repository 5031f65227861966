import { isFault, type Fault } from '../../domain/fault.ts'
import * as hitTypes from '../../store/hit-types.ts'
import * as workerGroups from '../../store/worker-groups.ts'
import { read, type WorkerCaller } from '../operation.ts'
import { findWorkerRecord, meets, refuseWorker } from '../worker-record.ts'

/** A group as one worker sees it. `refusal` says why he could not accept it now. */
export interface GroupForWorker extends hitTypes.Group {
  discover: boolean
  preview: boolean
  accept: boolean
  refusal: Fault | undefined
}

/**
 * Of the groups that have a HIT to offer: what the worker may do with each, without those whose every HIT he holds or
 * has done [websites 1.3]. WorkerDoesNotExist.
 */
export const ListGroups = read<WorkerCaller, { groups: readonly hitTypes.Group[] }, GroupForWorker[]>(
  'ListGroups',
  async (tx, { workerId }, { groups: open }) => {
    const worker = await findWorkerRecord(
      tx,
      workerId,
      open.map(({ type }) => type),
    )
    if (isFault(worker)) return worker
    const groups: GroupForWorker[] = []
    for (const group of open) {
      const { type } = group
      const done = await workerGroups.done(tx, workerId, type.id)
      if (done > 0 && done >= (await hitTypes.count(tx, type.id))) continue
      const refusal = await refuseWorker(tx, worker, type)
      groups.push({
        ...group,
        discover: meets(worker, 'discover', type),
        preview: meets(worker, 'preview', type),
        accept: refusal === undefined,
        refusal,
      })
    }
    return groups
  },
)
