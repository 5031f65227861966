import * as claims from '../../store/claims.ts'
import * as requesters from '../../store/requesters.ts'
import { read, type OperatorCaller } from '../operation.ts'

/** Ids that the requester brought and for which she can give out codes, in their order. RequesterDoesNotExist. */
export const ListClaimable = read<
  OperatorCaller,
  { requesterId: string; after: string; limit: number },
  string[]
>('ListClaimable', async (tx, _, { requesterId, after, limit }) => {
  if ((await requesters.find(tx, requesterId)) === undefined)
    return { fault: 'RequesterDoesNotExist', requesterId }
  return claims.listIds(tx, requesterId, after, limit)
})
