import * as requesters from '../../store/requesters.ts'
import { write, type OperatorCaller } from '../operation.ts'

export interface NewRequester {
  requesterId?: string
  name: string
  /** In lower case. */
  email?: string | undefined
  /** Already hashed. */
  password?: string | undefined
}

/** Makes a requester, linked and not suspended, without money or key. AlreadyExists for an e-mail or id in use. */
export const CreateRequester = write<OperatorCaller, NewRequester, { requesterId: string }>(
  'CreateRequester',
  (_, __, { requesterId }) => requesterId,
  async (tx, _, input) => {
    const requesterId = input.requesterId ?? tx.ids.person()
    if (await requesters.find(tx, requesterId))
      return { fault: 'AlreadyExists', what: `requester ${requesterId}` }
    if (input.email !== undefined && (await requesters.findByEmail(tx, input.email))) {
      return { fault: 'AlreadyExists', what: `a requester with the e-mail ${input.email}` }
    }
    await requesters.add(tx, {
      id: requesterId,
      name: input.name,
      email: input.email,
      password: input.password,
      suspended: false,
      linked: true,
      createdAt: tx.now,
    })
    return { requesterId }
  },
)
