import * as requests from '../../store/qualification-requests.ts'
import { typeOfRequest } from '../qualification-guards.ts'
import { read, type WorkerCaller } from '../operation.ts'
import { createTypeDescriber, type TypePage } from './qualification-for-worker.ts'

/**
 * The types that the worker has asked for without an answer yet, and those whose test he has begun and still has time
 * for, latest request first [websites 1.11]. Each has `outstanding`.
 */
export const ListOutstandingRequests = read<WorkerCaller, { offset: number; limit: number }, TypePage>(
  'ListOutstandingRequests',
  async (tx, { workerId }, page) => {
    const { requests: found, total } = await requests.listOutstanding(tx, workerId, tx.now, page)
    const describe = createTypeDescriber(tx, workerId)
    const types: TypePage['types'] = []
    for (const request of found) types.push(await describe(await typeOfRequest(tx, request)))
    return { types, total }
  },
)
