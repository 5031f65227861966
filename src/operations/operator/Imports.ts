import type { ImportKind } from '../../domain/import/kinds.ts'
import * as importRuns from '../../store/import-runs.ts'
import type { ImportRun } from '../../store/import-runs.ts'
import { countAll, type ImportedCounts } from '../../store/imported-counts.ts'
import * as requesters from '../../store/requesters.ts'
import { read, write, type OperatorCaller } from '../operation.ts'

interface OfRequester {
  requesterId: string
}

/** Begins to bring a requester's file in. RequesterDoesNotExist. */
export const BeginImport = write<
  OperatorCaller,
  OfRequester & { kind: ImportKind; name: string },
  { runId: string }
>(
  'BeginImport',
  (_, __, { runId }) => runId,
  async (tx, _, { requesterId, kind, name }) => {
    if ((await requesters.find(tx, requesterId)) === undefined)
      return { fault: 'RequesterDoesNotExist', requesterId }
    const runId = tx.ids.entity(tx.now)
    await importRuns.add(tx, { runId, requesterId, kind, name })
    return { runId }
  },
)

/** Notes that a file was read to its end. ImportDoesNotExist. */
export const FinishImport = write<OperatorCaller, OfRequester & { runId: string }, object>(
  'FinishImport',
  (_, { runId }) => runId,
  async (tx, _, { requesterId, runId }) => {
    if (!(await importRuns.finish(tx, { requesterId, runId }))) return { fault: 'ImportDoesNotExist', runId }
    return {}
  },
)

/** The files that were brought in for a requester, newest first, a page. RequesterDoesNotExist. */
export const ListImports = read<
  OperatorCaller,
  OfRequester & { before: string | undefined; limit: number },
  ImportRun[]
>('ListImports', async (tx, _, { requesterId, before, limit }) => {
  if ((await requesters.find(tx, requesterId)) === undefined)
    return { fault: 'RequesterDoesNotExist', requesterId }
  return importRuns.list(tx, requesterId, before, limit)
})

/** How much was brought in for a requester. RequesterDoesNotExist. */
export const CountImported = read<OperatorCaller, OfRequester, ImportedCounts>(
  'CountImported',
  async (tx, _, { requesterId }) => {
    if ((await requesters.find(tx, requesterId)) === undefined)
      return { fault: 'RequesterDoesNotExist', requesterId }
    return countAll(tx, requesterId)
  },
)
