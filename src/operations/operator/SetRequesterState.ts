import * as requesters from '../../store/requesters.ts'
import { write, type OperatorCaller } from '../operation.ts'

export interface RequesterState {
  requesterId: string
  suspended?: boolean | undefined
  linked?: boolean | undefined
}

/** Suspends a requester, or takes the link to the account away; what is not given stays. RequesterDoesNotExist. */
export const SetRequesterState = write<OperatorCaller, RequesterState, object>(
  'SetRequesterState',
  (_, input) => input.requesterId,
  async (tx, _, { requesterId, suspended, linked }) => {
    const requester = await requesters.find(tx, requesterId)
    if (requester === undefined) return { fault: 'RequesterDoesNotExist', requesterId }
    await requesters.setState(tx, requesterId, {
      suspended: suspended ?? requester.suspended,
      linked: linked ?? requester.linked,
    })
    return {}
  },
)
