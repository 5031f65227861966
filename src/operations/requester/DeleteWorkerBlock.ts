import { checkText } from '../../domain/parameters.ts'
import { market } from '../../limits.ts'
import * as blocks from '../../store/blocks.ts'
import * as workers from '../../store/workers.ts'
import { requesterWriteChecked } from '../operation.ts'

/** Lets a worker accept this requester's HITs again; also when he was not blocked [hits 13]. */
export const DeleteWorkerBlock = requesterWriteChecked(
  'DeleteWorkerBlock',
  (input) => checkText('Reason', input.Reason ?? '', market.reasonLength) ?? input,
  async (tx, { requesterId }, { WorkerId }) => {
    if (!(await workers.exists(tx, WorkerId))) {
      return { fault: 'InvalidParameterValue', parameter: 'WorkerId', value: WorkerId }
    }
    await blocks.remove(tx, requesterId, WorkerId)
    return {}
  },
)
