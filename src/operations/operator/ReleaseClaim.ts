import * as claims from '../../store/claims.ts'
import { write, type OperatorCaller } from '../operation.ts'

/** A requester's worker id of the real service, by whoever claimed it. */
interface ClaimedId {
  requesterId: string
  earlierId: string
}

/**
 * Takes an id of the real service from the worker who claimed it, so that somebody else can: the code went to the wrong
 * one. Its scores and blocks count for him no more. ClaimDoesNotExist.
 */
export const ReleaseClaim = write<OperatorCaller, ClaimedId, { workerId: string }>(
  'ReleaseClaim',
  (_, { requesterId, earlierId }) => `${requesterId} ${earlierId}`,
  async (tx, _, { requesterId, earlierId }) => {
    const workerId = await claims.releaseId(tx, requesterId, earlierId)
    return workerId === undefined ? { fault: 'ClaimDoesNotExist', earlierId } : { workerId }
  },
)
