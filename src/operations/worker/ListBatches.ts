import type { HITType } from '../../domain/hit-type.ts'
import * as hitTypes from '../../store/hit-types.ts'
import * as workerBatches from '../../store/worker-batches.ts'
import { read, type WorkerCaller } from '../operation.ts'

/** A batch that a worker was on: all that he submitted of one HIT type. */
export interface BatchForWorker extends workerBatches.WorkerBatch {
  type: HITType
  /** Whether anybody is still offered HITs of it. */
  isOpen: boolean
}

export interface BatchPage {
  batches: BatchForWorker[]
  /** Over all pages. */
  total: number
}

/** A page of the batches that the worker was on, those with his latest submissions first. */
export const ListBatches = read<WorkerCaller, { offset: number; limit: number }, BatchPage>(
  'ListBatches',
  async (tx, { workerId }, { offset, limit }) => {
    const batches: BatchForWorker[] = []
    for (const batch of await workerBatches.list(tx, workerId, offset, limit)) {
      const type = await hitTypes.find(tx, batch.hitTypeId)
      if (type === undefined) throw new Error(`a batch of worker ${workerId} lacks its type`)
      batches.push({ ...batch, type, isOpen: await workerBatches.isOffered(tx, batch.hitTypeId) })
    }
    return { batches, total: await workerBatches.total(tx, workerId) }
  },
)
