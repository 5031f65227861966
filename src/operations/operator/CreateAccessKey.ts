import * as accessKeys from '../../store/access-keys.ts'
import * as requesters from '../../store/requesters.ts'
import { write, type OperatorCaller } from '../operation.ts'

export interface NewAccessKey {
  requesterId: string
  accessKeyId: string
  /** Encrypted under the server key. */
  secret: string
}

/** Gives a requester an access key. RequesterDoesNotExist, AlreadyExists. */
export const CreateAccessKey = write<OperatorCaller, NewAccessKey, object>(
  'CreateAccessKey',
  (_, input) => input.requesterId,
  async (tx, _, { requesterId, accessKeyId, secret }) => {
    if (!(await requesters.find(tx, requesterId))) return { fault: 'RequesterDoesNotExist', requesterId }
    if (await accessKeys.find(tx, accessKeyId))
      return { fault: 'AlreadyExists', what: `access key ${accessKeyId}` }
    await accessKeys.add(tx, {
      id: accessKeyId,
      requesterId,
      secret,
      version: tx.ids.secret(8),
      createdAt: tx.now,
    })
    return {}
  },
)
