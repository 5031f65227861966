import { checkText } from '../../domain/parameters.ts'
import { market } from '../../limits.ts'
import * as blocks from '../../store/blocks.ts'
import { findKnownWorker } from '../imported-guards.ts'
import { requesterWriteChecked } from '../operation.ts'

/** Lets a worker accept this requester's HITs again; also when he was not blocked [hits 13]. */
export const DeleteWorkerBlock = requesterWriteChecked(
  'DeleteWorkerBlock',
  (input) => checkText('Reason', input.Reason ?? '', market.reasonLength) ?? input,
  async (tx, caller, { WorkerId }) => {
    if ((await findKnownWorker(tx, caller, WorkerId)) === undefined) {
      return { fault: 'InvalidParameterValue', parameter: 'WorkerId', value: WorkerId }
    }
    await blocks.remove(tx, caller.requesterId, WorkerId)
    return {}
  },
)
