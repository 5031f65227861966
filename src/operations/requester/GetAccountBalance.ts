import { formatDollars } from '../../domain/money.ts'
import { server } from '../../limits.ts'
import { listOverdueOfRequester } from '../../store/due.ts'
import * as requesterAccounts from '../../store/requester-accounts.ts'
import { requesterRead } from '../operation.ts'
import { overdue } from '../overdue.ts'

/** What every account of the sandbox shows, whatever was spent [hits 9.4]. */
const sandboxBalance = '10000.00'

/** The requester's available money; the sandbox's is constant. OnHoldBalance is never sent [hits 9.4]. */
export const GetAccountBalance = requesterRead('GetAccountBalance', async (tx, caller) => {
  if (tx.settings.unlimitedFunds) return { AvailableBalance: sandboxBalance }
  const late = await listOverdueOfRequester(tx, caller.requesterId, server.systemBatch)
  if (late.length > 0) return overdue(late)
  return { AvailableBalance: formatDollars(await requesterAccounts.available(tx, caller.requesterId)) }
})
