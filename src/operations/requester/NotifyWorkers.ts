import type { Fault } from '../../domain/fault.ts'
import { checkText } from '../../domain/parameters.ts'
import { market } from '../../limits.ts'
import type { OperationInput } from '../../model/operations.ts'
import * as assignments from '../../store/assignments.ts'
import { tellWorker } from '../acts/tell-worker.ts'
import { requesterWriteChecked } from '../operation.ts'

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
 * Sends a message to each worker whose work this requester has reviewed; the others, and ids of nobody, are failures
 * inside the answer [hits 14].
 */
export const NotifyWorkers = requesterWriteChecked(
  'NotifyWorkers',
  check,
  async (tx, { requesterId }, { subject, text, workerIds }) => {
    const strangers: string[] = []
    for (const workerId of workerIds) {
      if (await assignments.wasReviewed(tx, requesterId, workerId)) {
        await tellWorker(tx, { kind: 'notification', workerId, requesterId }, { subject, text })
      } else strangers.push(workerId)
    }
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
