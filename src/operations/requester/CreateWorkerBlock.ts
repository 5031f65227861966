import { checkText } from '../../domain/parameters.ts'
import { blockMessage } from '../../domain/worker-messages.ts'
import { market } from '../../limits.ts'
import * as blocks from '../../store/blocks.ts'
import { tellOfRequester } from '../acts/tell-worker.ts'
import { findKnownWorker } from '../imported-guards.ts'
import { requesterWriteChecked } from '../operation.ts'

/**
 * Keeps a worker from accepting this requester's HITs, and tells him so, but not why; a second time the reason is
 * replaced [hits 13].
 */
export const CreateWorkerBlock = requesterWriteChecked(
  'CreateWorkerBlock',
  (input) => checkText('Reason', input.Reason, market.reasonLength) ?? input,
  async (tx, caller, { WorkerId, Reason }) => {
    const { requesterId } = caller
    const worker = await findKnownWorker(tx, caller, WorkerId)
    if (worker === undefined) {
      return { fault: 'InvalidParameterValue', parameter: 'WorkerId', value: WorkerId }
    }
    const isNew = !(await blocks.isBlocked(tx, requesterId, WorkerId))
    if (isNew && (await blocks.count(tx, requesterId)) >= market.blocks) {
      return { fault: 'ParameterTooLong', parameter: 'WorkerBlocks', maximum: market.blocks }
    }
    const block = { requesterId, workerId: WorkerId, reason: Reason, blockedAt: tx.now }
    // Of two calls at once one makes the block; only that one tells.
    const isMade = await blocks.put(tx, block)
    if (isMade && worker.reader !== undefined) {
      const telling = { kind: 'block', workerId: worker.reader, requesterId, isUrgent: true } as const
      await tellOfRequester(tx, telling, blockMessage)
    }
    return {}
  },
)
