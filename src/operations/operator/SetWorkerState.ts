import { isFault } from '../../domain/fault.ts'
import type { Write } from '../../store/tx.ts'
import * as workerAccounts from '../../store/worker-accounts.ts'
import * as workers from '../../store/workers.ts'
import { write, type OperatorCaller } from '../operation.ts'
import { readPlace } from './place.ts'

/** What is left out stays as it is. */
export interface WorkerChange {
  workerId: string
  /** He can sign in, but accept nothing [websites 1.13]. */
  suspended?: boolean | undefined
  /** Masters and the adult-content qualification of this market [qualifications 5]. */
  masters?: boolean | undefined
  adult?: boolean | undefined
  /** Where he lives now; without a subdivision none is known. */
  country?: string | undefined
  subdivision?: string | undefined
}

/** Changes what the operator decides about a worker. WorkerDoesNotExist; InvalidInput for a place that is none. */
export const SetWorkerState = write<OperatorCaller, WorkerChange, object>(
  'SetWorkerState',
  (_, input) => input.workerId,
  async (tx, _, input) => {
    const { workerId, suspended } = input
    const locale = readPlace(input)
    if (isFault(locale)) return locale
    if (!(await workers.exists(tx, workerId))) return { fault: 'WorkerDoesNotExist', workerId }
    if (suspended !== undefined) await workers.setSuspended(tx, workerId, suspended)
    if (locale !== undefined) await workers.setLocale(tx, workerId, locale)
    await setFlags(tx, input)
    return {}
  },
)

async function setFlags(tx: Write, { workerId, masters, adult }: WorkerChange): Promise<void> {
  if (masters === undefined && adult === undefined) return
  const before = await workerAccounts.lock(tx, workerId)
  await workerAccounts.setFlags(tx, workerId, {
    masters: masters ?? before.masters,
    adult: adult ?? before.adult,
  })
}
