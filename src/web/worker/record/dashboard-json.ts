// The dashboard as JSON [websites 1.8].
import { pacificDayStart, withinPacificDay } from '../../../clock.ts'
import { cents } from '../../../domain/money.ts'
import type { Earnings } from '../../../operations/worker/GetEarnings.ts'
import type { WorkerDay } from '../../../store/worker-days.ts'
import { jsonDollars, jsonMoney, jsonTime } from '../../json.ts'
import { dayEarnings, earningsByPeriod, pendingOf, percent, type Earned } from './dashboard-figures.ts'

/** The answer to a program that asks for the dashboard. `all` are the worker's days, `recent` those that are listed. */
export function dashboardJSON(
  { account }: Earnings,
  all: readonly WorkerDay[],
  recent: readonly WorkerDay[],
): object {
  const { approved, rejected, rewards, bonuses } = account
  const reviewed = approved + rejected
  const periods = earningsByPeriod(all)
  return {
    available_earnings: jsonMoney(account.balance),
    hits_overview: {
      approved,
      approval_rate: percent(approved, reviewed),
      pending: pendingOf(account),
      rejected,
      rejection_rate: percent(rejected, reviewed),
    },
    earnings_to_date: {
      approved: jsonDollars(rewards),
      bonuses: jsonDollars(bonuses),
      total_earnings: jsonDollars(cents(rewards + bonuses)),
    },
    earnings_by_period: {
      yearly_earnings: byLabel(periods.yearly),
      quarterly_earnings: byLabel(periods.quarterly),
      monthly_earnings: byLabel(periods.monthly),
    },
    daily_hit_statistics_overview: recent.map((day) => ({
      date: jsonTime(pacificDayStart(withinPacificDay(day.day) ?? 0)),
      submitted: day.submitted,
      approved: day.approved,
      rejected: day.rejected,
      pending: pendingOf(day),
      hits_rewards: jsonDollars(day.rewards),
      bonus_rewards: jsonDollars(day.bonuses),
      earnings: jsonDollars(dayEarnings(day)),
    })),
  }
}

function byLabel(earned: Earned): Record<string, number> {
  return Object.fromEntries(earned.map(([label, amount]) => [label, jsonDollars(amount)]))
}
