import * as accounts from '../../store/accounts.ts'
import * as bonuses from '../../store/bonuses.ts'
import { read, type Caller } from '../operation.ts'

export interface Earnings {
  account: accounts.WorkerAccount
  bonuses: bonuses.Bonus[]
}

/** A worker's money, counters, and the bonuses he got. */
export const GetEarnings = read<Caller, { workerId: string }, Earnings>(
  'GetEarnings',
  async (tx, _, { workerId }) => ({
    account: await accounts.findWorker(tx, workerId),
    bonuses: await bonuses.list(tx, 'worker_id', workerId, undefined, 100),
  }),
)
