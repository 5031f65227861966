import { isFault } from '../../domain/fault.ts'
import { isGone } from '../../domain/qualification-type.ts'
import * as qualificationTypes from '../../store/qualification-types.ts'
import { read, type WorkerCaller } from '../operation.ts'
import { findWorkerRecord } from '../worker-record.ts'
import { createTypeDescriber, findSystemTypeFor, type TypeForWorker } from './qualification-for-worker.ts'

/**
 * One type, of the system or a requester's, with what the worker has of it [websites 1.11]. A type that is gone is
 * shown to whoever still has it. WorkerDoesNotExist, QualificationTypeDoesNotExist.
 */
export const FindQualificationType = read<WorkerCaller, { qualificationTypeId: string }, TypeForWorker>(
  'FindQualificationType',
  async (tx, { workerId }, { qualificationTypeId: id }) => {
    const worker = await findWorkerRecord(tx, workerId, [])
    if (isFault(worker)) return worker
    const system = await findSystemTypeFor(tx, worker, id)
    if (system) return system
    const type = await qualificationTypes.find(tx, id)
    const described = type && (await createTypeDescriber(tx, workerId)(type))
    const isHidden = type === undefined || (isGone(type) && described?.held === undefined)
    return described === undefined || isHidden ? { fault: 'QualificationTypeDoesNotExist' } : described
  },
)
