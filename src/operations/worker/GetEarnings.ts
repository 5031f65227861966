import * as bonuses from '../../store/bonuses.ts'
import * as workerAccounts from '../../store/worker-accounts.ts'
import { read, type Caller } from '../operation.ts'

export interface Earnings {
  account: workerAccounts.WorkerAccount
  bonuses: bonuses.Bonus[]
}

const bonusesShown = 100

/** A worker's money, counters, and the latest bonuses he got, newest first. */
export const GetEarnings = read<Caller, { workerId: string }, Earnings>(
  'GetEarnings',
  async (tx, _, { workerId }) => ({
    account: await workerAccounts.find(tx, workerId),
    bonuses: await bonuses.listOfWorker(tx, workerId, bonusesShown),
  }),
)
