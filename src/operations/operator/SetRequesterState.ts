import * as requesterAccounts from '../../store/requester-accounts.ts'
import * as requesters from '../../store/requesters.ts'
import { write, type OperatorCaller } from '../operation.ts'

export interface RequesterState {
  requesterId: string
  suspended?: boolean | undefined
  linked?: boolean | undefined
  /** Whether workers may change what they submitted, in this market. */
  allowsEdits?: boolean | undefined
}

/**
 * Suspends a requester, takes the link to the account away, or lets workers change what they submitted; what is not
 * given stays. RequesterDoesNotExist.
 */
export const SetRequesterState = write<OperatorCaller, RequesterState, object>(
  'SetRequesterState',
  (_, input) => input.requesterId,
  async (tx, _, { requesterId, suspended, linked, allowsEdits }) => {
    const requester = await requesters.find(tx, requesterId)
    if (requester === undefined) return { fault: 'RequesterDoesNotExist', requesterId }
    await requesters.setState(tx, requesterId, {
      suspended: suspended ?? requester.suspended,
      linked: linked ?? requester.linked,
    })
    if (allowsEdits !== undefined) await requesterAccounts.setAllowsEdits(tx, requesterId, allowsEdits)
    return {}
  },
)
