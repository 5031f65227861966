import { server } from '../../limits.ts'
import * as importRuns from '../../store/import-runs.ts'
import { removeSome } from '../../store/imported-removal.ts'
import * as requesters from '../../store/requesters.ts'
import { write, type OperatorCaller } from '../operation.ts'

/**
 * Takes away some of what was brought in for a requester, who was the wrong one or does not want it any more; `removed` is 0
 * when nothing is left. Claims of its worker ids go with it. Qualification types, scores and blocks stay: they became the
 * market's own (docs/decisions/0013). RequesterDoesNotExist.
 */
export const RemoveImports = write<OperatorCaller, { requesterId: string }, { removed: number }>(
  'RemoveImports',
  (_, { requesterId }) => requesterId,
  async (tx, _, { requesterId }) => {
    if ((await requesters.find(tx, requesterId)) === undefined)
      return { fault: 'RequesterDoesNotExist', requesterId }
    await importRuns.waitForOthers(tx, requesterId)
    return { removed: await removeSome(tx, requesterId, server.imports.removedAtOnce) }
  },
)
