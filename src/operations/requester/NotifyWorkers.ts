import type { Fault } from '../../domain/fault.ts'
import { checkText } from '../../domain/parameters.ts'
import { market } from '../../limits.ts'
import type { OperationInput } from '../../model/operations.ts'
import * as assignments from '../../store/assignments.ts'
import * as imports from '../../store/imported-lists.ts'
import type { Read } from '../../store/tx.ts'
import { tellWorker } from '../acts/tell-worker.ts'
import { findClaimedId } from '../imported-guards.ts'
import { requesterWriteChecked, type RequesterCaller } from '../operation.ts'

interface CheckedMessage {
  subject: string
  text: string
  workerIds: readonly string[]
}

function check(input: OperationInput<'NotifyWorkers'>): CheckedMessage | Fault {
  const workerIds = [...new Set(input.WorkerIds)]
  return (
    checkText('Subject', input.Subject, market.subjectLength) ??
    checkText('MessageText', input.MessageText, market.messageLength) ??
    checkWorkers(workerIds) ?? { subject: input.Subject, text: input.MessageText, workerIds }
  )
}

function checkWorkers(workerIds: readonly string[]): Fault | undefined {
  if (workerIds.length === 0) return { fault: 'ParameterTooShort', parameter: 'WorkerIds' }
  if (workerIds.length <= market.notifiedWorkers) return undefined
  return { fault: 'ParameterTooLong', parameter: 'WorkerIds', maximum: market.notifiedWorkers }
}

/**
 * Sends a message to each worker whose work this requester has reviewed, or who has claimed an id of the real service
 * with her, under either id; the others, and ids of nobody, are failures inside the answer [hits 14].
 */
export const NotifyWorkers = requesterWriteChecked(
  'NotifyWorkers',
  check,
  async (tx, caller, { subject, text, workerIds }) => {
    const { requesterId } = caller
    const strangers: string[] = []
    const readers = new Set<string>()
    for (const workerId of workerIds) {
      const reader = await findReader(tx, caller, workerId)
      if (reader === undefined) strangers.push(workerId)
      else readers.add(reader)
    }
    for (const workerId of readers)
      await tellWorker(tx, { kind: 'notification', workerId, requesterId }, { subject, text })
    return {
      NotifyWorkersFailureStatuses: strangers.map((WorkerId) => ({
        NotifyWorkersFailureCode: 'HardFailure' as const,
        NotifyWorkersFailureMessage:
          'Cannot send a notification to a worker who has not done any work for you',
        WorkerId,
      })),
    }
  },
)

async function findReader(tx: Read, caller: RequesterCaller, workerId: string): Promise<string | undefined> {
  const { requesterId } = caller
  if (await assignments.wasReviewed(tx, requesterId, workerId)) return workerId
  const imported = await imports.findWorker(tx, requesterId, workerId)
  if (imported?.claimedBy !== undefined) return imported.claimedBy
  return (await findClaimedId(tx, caller, workerId)) === undefined ? undefined : workerId
}
