// A worker takes over an id that he had at the real service, with a code from a requester who brought it
// (docs/decisions/0013).
import { nameOf } from '../../domain/sign-in.ts'
import * as claims from '../../store/claims.ts'
import * as requesters from '../../store/requesters.ts'
import * as sessions from '../../store/sessions.ts'
import * as workers from '../../store/workers.ts'
import type { Read } from '../../store/tx.ts'
import { read, write, type WorkerCaller } from '../operation.ts'

export interface ClaimInput {
  /** The id that he had. */
  earlierId: string
  /** Whether the code that he typed is the one for this requester and `earlierId`: codes are made with the server key. */
  isCodeOf(requesterId: string): boolean
}

/** A claim as its worker sees it. */
export interface OwnClaim extends claims.Claim {
  requesterName: string
}

/**
 * Makes the earlier id the worker's with the requester whose code it is: her scores and blocks of it count for him from
 * now on. Once more by the same worker changes nothing. WorkerDoesNotExist, WorkerSuspended, ClaimRefused.
 */
export const ClaimWorkerId = write<WorkerCaller, ClaimInput, OwnClaim>(
  'ClaimWorkerId',
  // The requester tells one claim of an id from another.
  (_, __, { requesterId, workerId }) => `${requesterId} ${workerId}`,
  async (tx, caller, { earlierId, isCodeOf }) => {
    const { workerId } = caller
    const worker = await workers.lock(tx, workerId)
    if (worker === undefined || worker.closedAt !== undefined)
      return { fault: 'WorkerDoesNotExist', workerId }
    if (worker.suspended) return { fault: 'WorkerSuspended' }
    const bringers = await claims.listBringers(tx, earlierId)
    const bringer = bringers.find(({ requesterId }) => isCodeOf(requesterId))
    // An id of this market is its worker's, whoever has a code for it.
    if (bringer === undefined || (await workers.exists(tx, earlierId)))
      return { fault: 'ClaimRefused', reason: 'code' }
    const { requesterId } = bringer
    const own = await claims.listOfWorker(tx, workerId)
    const before = own.find((claim) => claim.requesterId === requesterId)
    if (before === undefined) {
      if (!(await claims.claim(tx, { requesterId, workerId: earlierId }, workerId)))
        return { fault: 'ClaimRefused', reason: 'taken' }
    } else if (before.workerId !== earlierId) return { fault: 'ClaimRefused', reason: 'another' }
    await sessions.forgetFailures(tx, nameOf({ kind: 'claim', workerId }))
    return withName(tx, before ?? { requesterId, workerId: earlierId, claimedAt: tx.now })
  },
)

/** The ids that the worker has claimed, oldest claim first. */
export const ListClaims = read<WorkerCaller, object, OwnClaim[]>('ListClaims', async (tx, { workerId }) => {
  const own: OwnClaim[] = []
  for (const claim of await claims.listOfWorker(tx, workerId)) own.push(await withName(tx, claim))
  return own
})

async function withName(tx: Read, claim: claims.Claim): Promise<OwnClaim> {
  return { ...claim, requesterName: (await requesters.find(tx, claim.requesterId))?.name ?? '' }
}
