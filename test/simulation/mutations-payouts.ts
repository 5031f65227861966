// Ways to break the acts about payouts, as mutations.ts breaks the others.
import { anew, has, instead, isWrite, leaveOut, twice, type Mutation } from './mutations.ts'
import type { Run } from '../support/recorded-store.ts'

const debit = (run: Run) =>
  isWrite(run) && has(run, 'workerId', 'amount') && Object.keys(run.parameters).length === 2
const credit = (run: Run) => has(run, 'workerId', 'amount', 'most')
const settling = (run: Run) => has(run, 'payoutState', 'settledAt')
const kind = (name: string) => (p: Record<string, unknown>) => p.kind === name

export const mutationsOfPayouts: readonly Mutation[] = [
  ...['payout request', 'payout', 'payout return'].map((name) =>
    leaveOut(`a ${name} is not written`, 'transfer', kind(name)),
  ),
  twice('a payout leaves twice', 'transfer', kind('payout'), anew),
  leaveOut('the worker keeps what he asked to be paid', debit),
  twice('the worker loses twice what he asked to be paid', debit),
  leaveOut('a payout that failed does not come back', credit),
  twice('a payout that failed comes back twice', credit),
  leaveOut('a payout stays requested', settling),
  instead(
    'a payout that failed is taken for paid',
    settling,
    () => ({ payoutState: 'paid' }),
    (p) => p.payoutState === 'failed',
  ),
]
