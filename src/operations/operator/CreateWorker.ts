import { isFault } from '../../domain/fault.ts'
import * as workerAccounts from '../../store/worker-accounts.ts'
import * as workers from '../../store/workers.ts'
import { write, type OperatorCaller } from '../operation.ts'
import { readPlace } from './place.ts'

export interface NewWorker {
  workerId?: string | undefined
  name: string
  /** In lower case. */
  email?: string | undefined
  /** Already hashed. */
  password?: string | undefined
  country?: string | undefined
  subdivision?: string | undefined
  /** Reviewed assignments that the worker is taken to have had. */
  approved?: number | undefined
  rejected?: number | undefined
  masters?: boolean | undefined
  adult?: boolean | undefined
}

/** Makes a worker. AlreadyExists for an e-mail or id in use; InvalidInput for a place that is none. */
export const CreateWorker = write<OperatorCaller, NewWorker, { workerId: string }>(
  'CreateWorker',
  (_, __, { workerId }) => workerId,
  async (tx, _, input) => {
    const workerId = input.workerId ?? tx.ids.person()
    const locale = readPlace(input)
    if (isFault(locale)) return locale
    if (await workers.exists(tx, workerId)) return { fault: 'AlreadyExists', what: `worker ${workerId}` }
    if (input.email !== undefined && (await workers.findByEmail(tx, input.email))) {
      return { fault: 'AlreadyExists', what: `a worker with the e-mail ${input.email}` }
    }
    await workers.add(tx, {
      id: workerId,
      name: input.name,
      email: input.email,
      password: input.password,
      suspended: false,
      locale,
      createdAt: tx.now,
    })
    const { approved = 0, rejected = 0, masters = false, adult = false } = input
    await workerAccounts.count(tx, workerId, {
      approved,
      rejected,
      accepted: approved + rejected,
      submitted: approved + rejected,
    })
    await workerAccounts.setFlags(tx, workerId, { masters, adult })
    return { workerId }
  },
)
