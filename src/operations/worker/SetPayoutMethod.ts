import { methodChangedMessage, nextPayoutAt, scheduleDays } from '../../domain/payout.ts'
import * as payoutMethods from '../../store/payout-methods.ts'
import * as workers from '../../store/workers.ts'
import { tellWorker } from '../acts/tell-worker.ts'
import { write, type WorkerCaller } from '../operation.ts'

/**
 * Sets where a worker wants his money: one of the operator's kinds, and details that are encrypted already. Payouts
 * under way go where they were asked to go. He is told when another one is replaced. InvalidInput; WorkerDoesNotExist once the account is closed.
 */
export const SetPayoutMethod = write<WorkerCaller, { kind: string; details: string }, object>(
  'SetPayoutMethod',
  ({ workerId }) => workerId,
  async (tx, { workerId }, { kind, details }) => {
    if (!tx.settings.payouts.methods.includes(kind))
      return { fault: 'InvalidInput', member: 'kind', explanation: 'This is none of the ways to be paid.' }
    const worker = await workers.lock(tx, workerId)
    if (worker === undefined || worker.closedAt !== undefined)
      return { fault: 'WorkerDoesNotExist', workerId }
    const isReplaced = (await payoutMethods.find(tx, workerId)) !== undefined
    await payoutMethods.set(tx, { workerId, kind, details })
    if (isReplaced)
      await tellWorker(
        tx,
        { kind: 'payout', workerId, requesterId: '', isUrgent: true },
        methodChangedMessage,
      )
    return {}
  },
)

/** Sets how often a worker is paid without asking; 0 days for never. InvalidInput, PayoutMethodMissing. */
export const SetPayoutSchedule = write<WorkerCaller, { days: number }, { nextAt: number | undefined }>(
  'SetPayoutSchedule',
  ({ workerId }) => workerId,
  async (tx, { workerId }, { days }) => {
    if (!scheduleDays.includes(days))
      return { fault: 'InvalidInput', member: 'days', explanation: 'This is none of the schedules.' }
    const nextAt = nextPayoutAt(tx.now, days)
    if (!(await payoutMethods.schedule(tx, workerId, days, nextAt))) return { fault: 'PayoutMethodMissing' }
    return { nextAt }
  },
)
