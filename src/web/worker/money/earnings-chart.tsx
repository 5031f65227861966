// What each of the last twelve months brought, as a chart.
import { pacificDay, withinPacificDay } from '../../../clock.ts'
import { isFault, type Fault } from '../../../domain/fault.ts'
import { cents, type Cents } from '../../../domain/money.ts'
import { ListDays } from '../../../operations/worker/ListDays.ts'
import { money, month } from '../../ui/format.ts'
import type { WorkerVisit } from '../../visit.ts'
import { MoneyChart } from '../../ui/bar-chart.tsx'

const monthsShown = 12

/** What came in within a Pacific month, `YYYY-MM`. */
export interface MonthEarnings {
  month: string
  rewards: Cents
  bonuses: Cents
}

/** The months that end with that of `today`, `YYYY-MM-DD`, the oldest first. */
function monthsUntil(today: string): string[] {
  const last = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1
  return Array.from({ length: monthsShown }, (_, i) => {
    const number = last - monthsShown + 1 + i
    return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`
  })
}

/** What the worker earned in the last twelve months, the oldest first: rewards when they were approved. */
export async function earningsOfMonths(visit: WorkerVisit): Promise<MonthEarnings[] | Fault> {
  const { market, caller } = visit
  const months = monthsUntil(pacificDay(market.clock.now()))
  const days = await market.runner.run(ListDays, caller, { from: `${months[0]!}-01` })
  if (isFault(days)) return days
  return months.map((name) => {
    const within = days.filter(({ day }) => day.startsWith(name))
    return {
      month: name,
      rewards: cents(within.reduce((sum, { earned }) => sum + earned, 0n)),
      bonuses: cents(within.reduce((sum, { bonuses }) => sum + bonuses, 0n)),
    }
  })
}

const nameOf = (name: string) => month(withinPacificDay(`${name}-15`) ?? 0)
const totalOf = ({ rewards, bonuses }: MonthEarnings) => cents(rewards + bonuses)

/** The chart of the months; nothing when there is nothing to show. */
export function MonthChart({ visit, months }: { visit: WorkerVisit; months: readonly MonthEarnings[] }) {
  const { chart: texts, rewards, bonuses } = visit.texts.earnings
  const total = cents(months.reduce((sum, one) => sum + totalOf(one), 0n))
  if (total === 0n) return null
  const best = months.reduce((one, other) => (totalOf(other) > totalOf(one) ? other : one))
  return (
    <MoneyChart
      id="chart-months"
      title={texts.title}
      summary={texts.summary(money(total), money(totalOf(best)), nameOf(best.month))}
      legend={[rewards, bonuses]}
      columns={months.map((one) => ({
        text: texts.of(nameOf(one.month), money(one.rewards), money(one.bonuses)),
        rewards: one.rewards,
        bonuses: one.bonuses,
      }))}
      marks={[months[0]!, months[Math.floor(monthsShown / 2)]!, months.at(-1)!].map((one) =>
        nameOf(one.month),
      )}
    />
  )
}
