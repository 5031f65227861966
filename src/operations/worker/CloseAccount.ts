// Closing an account: who the worker is goes, what he did and earned stays under his id.
import { isFault, type Fault } from '../../domain/fault.ts'
import { nameOf } from '../../domain/sign-in.ts'
import * as accountLinks from '../../store/account-links.ts'
import * as accountMail from '../../store/account-mail.ts'
import * as assignments from '../../store/assignments.ts'
import * as claims from '../../store/claims.ts'
import * as favourites from '../../store/favourites.ts'
import * as invitations from '../../store/invitations.ts'
import { erasePayoutDetails } from '../../store/payout-methods.ts'
import * as savedSearches from '../../store/saved-searches.ts'
import * as searchAlerts from '../../store/search-alerts.ts'
import * as sessions from '../../store/sessions.ts'
import * as workerAccounts from '../../store/worker-accounts.ts'
import * as workers from '../../store/workers.ts'
import { read, write, type WorkerCaller } from '../operation.ts'
import type { Runner } from '../run.ts'
import { ReturnAssignment } from './ReturnAssignment.ts'

/** InvalidInput of the balance when the worker still has money here that he does not give up. */
export const MayLeave = read<WorkerCaller, { givesUp: boolean }, object>(
  'MayLeave',
  async (tx, { workerId }, { givesUp }) => {
    const { balance } = await workerAccounts.find(tx, workerId)
    // The sandbox's money is none.
    if (balance === 0n || givesUp || tx.settings.unlimitedFunds) return {}
    return { fault: 'InvalidInput', member: 'balance', explanation: 'There is money on the account.' }
  },
)

/** The ids of what the worker holds. */
export const ListHeld = read<WorkerCaller, object, string[]>('ListHeld', async (tx, { workerId }) =>
  (await assignments.listOpen(tx, workerId)).map(({ id }) => id),
)

/**
 * Erases what this market knows of the person: mail to his address or with it, where his money was to go, and what he
 * marked and searched for; ids of the real service that he claimed are nobody's again.
 */
export const LeaveMarket = write<WorkerCaller, { email: string | undefined }, object>(
  'LeaveMarket',
  ({ workerId }) => workerId,
  async (tx, { workerId }, { email }) => {
    if (email !== undefined) await accountMail.removeTo(tx, email)
    await accountMail.removeOfWorker(tx, workerId)
    await erasePayoutDetails(tx, workerId)
    await favourites.removeAll(tx, workerId)
    await savedSearches.removeAll(tx, workerId)
    await searchAlerts.removeAll(tx, workerId)
    await claims.release(tx, workerId)
    return {}
  },
)

/** Erases who the worker is, in all markets, and signs him out for good. WorkerDoesNotExist when he is gone. */
export const CloseAccount = write<WorkerCaller, { wallNow: number }, object>(
  'CloseAccount',
  ({ workerId }) => workerId,
  async (tx, { workerId }, { wallNow }) => {
    const worker = await workers.lock(tx, workerId)
    if (worker === undefined || !(await workers.close(tx, workerId, wallNow)))
      return { fault: 'WorkerDoesNotExist', workerId }
    const email = worker.email ?? ''
    await sessions.endOthers(tx, workerId, 'worker')
    await accountLinks.removeOfWorker(tx, workerId)
    await accountLinks.removeTo(tx, email)
    await invitations.erase(tx, workerId, email)
    await sessions.forgetFailures(tx, nameOf({ kind: 'account', site: 'worker', email }))
    await sessions.forgetFailures(tx, nameOf({ kind: 'mail', email }))
    return {}
  },
)

/**
 * Closes an account in all markets of the database: gives back what the worker holds, then erases who he is. It can be
 * run again when it was cut off before the account was shut. InvalidInput of the balance, WorkerDoesNotExist, Busy.
 */
export async function closeAccount(
  runners: readonly Pick<Runner, 'run'>[],
  caller: WorkerCaller,
  input: { email: string | undefined; givesUp: boolean; wallNow: number },
): Promise<Fault | undefined> {
  for (const runner of runners) {
    const refusal = await runner.run(MayLeave, caller, input)
    if (isFault(refusal)) return refusal
  }
  const leaveAll = async () => {
    for (const runner of runners) {
      const refusal = (await giveBackAll(runner, caller)) ?? (await runner.run(LeaveMarket, caller, input))
      if (isFault(refusal)) return refusal
    }
    return undefined
  }
  const refusal = await leaveAll()
  if (refusal) return refusal
  const closed = await runners[0]!.run(CloseAccount, caller, input)
  if (isFault(closed)) return closed
  // Whatever came in between: from now on nothing more can.
  return leaveAll()
}

async function giveBackAll(runner: Pick<Runner, 'run'>, caller: WorkerCaller): Promise<Fault | undefined> {
  const held = await runner.run(ListHeld, caller, {})
  if (isFault(held)) return held
  for (const assignmentId of held) {
    const refusal = await runner.run(ReturnAssignment, caller, { assignmentId })
    // Submitted or abandoned in the meantime: it is not held any more.
    if (isFault(refusal) && refusal.fault !== 'AssignmentNotOpen') return refusal
  }
  return undefined
}
