import { deposit } from '../../domain/ledger.ts'
import { plus, type Cents } from '../../domain/money.ts'
import { server } from '../../limits.ts'
import * as requesterAccounts from '../../store/requester-accounts.ts'
import * as requesters from '../../store/requesters.ts'
import { post } from '../acts/post.ts'
import { write, type OperatorCaller } from '../operation.ts'

/** Puts money into a requester's account; answers what is available then. RequesterDoesNotExist, InvalidInput. */
export const Deposit = write<OperatorCaller, { requesterId: string; amount: Cents }, { available: Cents }>(
  'Deposit',
  (_, input) => input.requesterId,
  async (tx, _, { requesterId, amount }) => {
    if (!(await requesters.find(tx, requesterId))) return { fault: 'RequesterDoesNotExist', requesterId }
    const available = plus(await requesterAccounts.available(tx, requesterId), amount)
    if (available === undefined || available > server.greatestBalance) {
      return { fault: 'InvalidInput', member: 'amount', explanation: 'The account cannot hold so much.' }
    }
    const refusal = await post(tx, deposit(requesterId, amount, requesterId), tx.now)
    return refusal ?? { available }
  },
)
