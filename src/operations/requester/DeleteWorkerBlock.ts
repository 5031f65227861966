import { checkText } from '../../domain/parameters.ts'
import { market } from '../../limits.ts'
import * as blocks from '../../store/blocks.ts'
import { findClaimedId, findKnownWorker } from '../imported-guards.ts'
import { requesterWriteChecked } from '../operation.ts'

/**
 * Lets a worker accept this requester's HITs again; also when he was not blocked [hits 13]. Of who has claimed an id of
 * the real service with her either id will do, whichever was blocked.
 */
export const DeleteWorkerBlock = requesterWriteChecked(
  'DeleteWorkerBlock',
  (input) => checkText('Reason', input.Reason ?? '', market.reasonLength) ?? input,
  async (tx, caller, { WorkerId }) => {
    const { requesterId } = caller
    const worker = await findKnownWorker(tx, caller, WorkerId)
    // When what was brought in is taken away again, its blocks stay.
    if (worker === undefined && !(await blocks.isBlocked(tx, requesterId, WorkerId))) {
      return { fault: 'InvalidParameterValue', parameter: 'WorkerId', value: WorkerId }
    }
    const others = [worker?.reader, await findClaimedId(tx, caller, WorkerId)]
    for (const id of new Set([WorkerId, ...others]))
      if (id !== undefined) await blocks.remove(tx, requesterId, id)
    return {}
  },
)
