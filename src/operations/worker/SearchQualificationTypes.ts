import { isFault } from '../../domain/fault.ts'
import { foldCase } from '../../domain/qualification-type.ts'
import * as qualificationTypes from '../../store/qualification-types.ts'
import { read, type WorkerCaller } from '../operation.ts'
import { findWorkerRecord } from '../worker-record.ts'
import { createTypeDescriber, systemTypesFor, type TypePage } from './qualification-for-worker.ts'

export interface TypeSearch {
  /** What name, description or keywords must contain, whatever its case; an empty text finds all. */
  search: string
  offset: number
  limit: number
}

/**
 * The types that workers can find: those of the system, then those of requesters that can be asked for, by name
 * [websites 1.11]. WorkerDoesNotExist.
 */
export const SearchQualificationTypes = read<WorkerCaller, TypeSearch, TypePage>(
  'SearchQualificationTypes',
  async (tx, { workerId }, { search, offset, limit }) => {
    const worker = await findWorkerRecord(tx, workerId, [])
    if (isFault(worker)) return worker
    const system = await systemTypesFor(tx, worker, search)
    const head = system.slice(offset, offset + limit)
    const { types: found, total } = await qualificationTypes.searchRequestable(tx, foldCase(search), {
      offset: Math.max(0, offset - system.length),
      limit: limit - head.length,
    })
    const describe = createTypeDescriber(tx, workerId)
    const types = head
    for (const type of found) types.push(await describe(type))
    return { types, total: system.length + total }
  },
)
