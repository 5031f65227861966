import * as accounts from '../../store/accounts.ts'
import * as bonuses from '../../store/bonuses.ts'
import { read, type Caller } from '../operation.ts'

export interface Earnings {
  account: accounts.WorkerAccount
  bonuses: bonuses.Bonus[]
}

const bonusesShown = 100

/** A worker's money, counters, and the latest bonuses he got, newest first. */
export const GetEarnings = read<Caller, { workerId: string }, Earnings>(
  'GetEarnings',
  async (tx, _, { workerId }) => ({
    account: await accounts.findWorker(tx, workerId),
    bonuses: await bonuses.listOfWorker(tx, workerId, bonusesShown),
  }),
)
