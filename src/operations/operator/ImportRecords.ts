import type { ImportProblem, ReadRecord } from '../../domain/import/record.ts'
import type { Fault } from '../../domain/fault.ts'
import * as importRuns from '../../store/import-runs.ts'
import * as requesters from '../../store/requesters.ts'
import { keepBatch, type Kept } from '../imports/keep.ts'
import { lookUp } from '../imports/known.ts'
import { findUnusable, type Unusable } from '../imports/unusable.ts'
import { write, type CheckedReadOperation, type OperatorCaller, type WriteOperation } from '../operation.ts'

/** Records of a requester's file, a batch of them. */
interface Records {
  requesterId: string
  records: readonly ReadRecord[]
}

/** A batch that is to be kept: `rows` of the file, of which `leftOut` could not be read. */
interface Batch extends Records {
  runId: string
  rows: number
  leftOut: number
  skipBad: boolean
}

interface Question extends Records {
  /** Whether other files may bring what is missing: then that is nothing wrong. */
  isAmongOthers: boolean
}

interface Report {
  problems: ImportProblem[]
}

/** What of a batch cannot be kept, and why. RequesterDoesNotExist. */
export const CheckRecords: CheckedReadOperation<
  OperatorCaller,
  Question,
  Report,
  Question & { unusable: Unusable }
> = {
  mode: 'read',
  name: 'CheckRecords',
  check: async (input) => ({ ...input, unusable: await findUnusable(input.records) }),
  async perform(tx, _, { requesterId, records, ...circumstances }) {
    if ((await requesters.find(tx, requesterId)) === undefined)
      return { fault: 'RequesterDoesNotExist', requesterId }
    return { problems: (await lookUp(tx, requesterId, records, circumstances)).problems }
  },
}

type Checked = Batch & { unusable: Unusable }
type Outcome = Kept & Report

const keepRecords = write<OperatorCaller, Checked, Outcome>(
  'ImportRecords',
  (_, { runId }) => runId,
  async (tx, _, { requesterId, runId, records, rows, leftOut, skipBad, unusable }) => {
    await importRuns.waitForOthers(tx, requesterId)
    const looked = await lookUp(tx, requesterId, records, { unusable, isAmongOthers: false })
    const { problems } = looked
    if (problems.length > 0 && !skipBad) return { fault: 'ImportRefused', problems } satisfies Fault
    const kept = await keepBatch(tx, requesterId, looked)
    const counts = { ...kept, rows, leftOut: leftOut + problems.length }
    if (!(await importRuns.count(tx, { runId, requesterId }, counts)))
      return { fault: 'ImportDoesNotExist', runId }
    return { ...kept, problems }
  },
)

/**
 * Keeps a batch, in one transaction: history, beside the market's own work and money (docs/decisions/0013). Repeated, it
 * changes nothing. ImportRefused, and nothing is kept, when something is wrong with a record and it is not to be left
 * out; ImportDoesNotExist.
 */
export const ImportRecords: WriteOperation<OperatorCaller, Batch, Outcome, Checked> = {
  ...keepRecords,
  subject: (_, { runId }) => runId,
  check: async (input) => ({ ...input, unusable: await findUnusable(input.records) }),
}
