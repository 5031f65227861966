import * as requesters from '../../store/requesters.ts'
import { read, type Caller } from '../operation.ts'

/** The name that workers see of a requester. RequesterDoesNotExist. */
export const FindRequesterName = read<Caller, { requesterId: string }, { name: string }>(
  'FindRequesterName',
  async (tx, _, { requesterId }) => {
    const requester = await requesters.find(tx, requesterId)
    return requester === undefined
      ? { fault: 'RequesterDoesNotExist', requesterId }
      : { name: requester.name }
  },
)
