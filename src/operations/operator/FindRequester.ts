import * as requesters from '../../store/requesters.ts'
import { read, type OperatorCaller } from '../operation.ts'

/** A requester's name. RequesterDoesNotExist. */
export const FindRequester = read<OperatorCaller, { requesterId: string }, { name: string }>(
  'FindRequester',
  async (tx, _, { requesterId }) => {
    const requester = await requesters.find(tx, requesterId)
    if (requester === undefined) return { fault: 'RequesterDoesNotExist', requesterId }
    return { name: requester.name }
  },
)
