import type { Fault } from '../../domain/fault.ts'
import { mayDo } from '../../domain/qualification.ts'
import * as blocks from '../../store/blocks.ts'
import * as hitTypes from '../../store/hit-types.ts'
import * as workerGroups from '../../store/worker-groups.ts'
import { read, type WorkerCaller } from '../operation.ts'
import { findWorkerRecord, valueOf } from '../worker-record.ts'

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
    const record = await findWorkerRecord(tx, workerId)
    if (record === undefined) return { fault: 'WorkerDoesNotExist', workerId }
    const groups: GroupForWorker[] = []
    for (const group of open) {
      const { id, requirements, requesterId } = group.type
      const done = await workerGroups.done(tx, workerId, id)
      if (done > 0 && done >= (await hitTypes.count(tx, id))) continue
      const may = (action: 'discover' | 'preview' | 'accept') => mayDo(action, requirements, valueOf(record))
      const refusal: Fault | undefined = record.suspended
        ? { fault: 'WorkerSuspended' }
        : (await blocks.isBlocked(tx, requesterId, workerId))
          ? { fault: 'WorkerBlocked' }
          : may('accept')
            ? undefined
            : { fault: 'QualificationsNotMet' }
      groups.push({
        ...group,
        discover: may('discover'),
        preview: may('preview'),
        accept: refusal === undefined,
        refusal,
      })
    }
    return groups
  },
)
