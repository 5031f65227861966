// The two charts of the dashboard: what each day brought, and what became of its work.
import { withinPacificDay } from '../../../clock.ts'
import { zero } from '../../../domain/money.ts'
import type { WorkerDay } from '../../../store/worker-days.ts'
import { count, day, money, shortDay } from '../../ui/format.ts'
import type { WorkerVisit } from '../../visit.ts'
import { BarChart, MoneyChart } from '../../ui/bar-chart.tsx'
import { dayEarnings, pendingOf, sumOf } from './dashboard-figures.ts'

const nameOf = (date: string) => day(withinPacificDay(date) ?? 0)

interface ChartsProps {
  visit: WorkerVisit
  /** The days that they show, `YYYY-MM-DD`, oldest first. */
  days: readonly string[]
  /** Those on which something happened: one at least. */
  recent: readonly WorkerDay[]
}

/** The charts. */
export function DashboardCharts(props: ChartsProps) {
  return (
    <div class="charts">
      <EarningsChart {...props} />
      <WorkChart {...props} />
    </div>
  )
}

function EarningsChart({ visit, days, recent }: ChartsProps) {
  const { charts: texts } = visit.texts
  const byDay = new Map(recent.map((one) => [one.day, one]))
  const best = recent.reduce((one, other) => (dayEarnings(other) > dayEarnings(one) ? other : one))
  return (
    <MoneyChart
      id="chart-earnings"
      title={texts.earnings}
      summary={texts.earningsSummary(
        money(sumOf(recent).earnings),
        money(dayEarnings(best)),
        nameOf(best.day),
      )}
      legend={[texts.rewards, texts.bonuses]}
      columns={days.map((date) => {
        const { rewards, bonuses } = byDay.get(date) ?? { rewards: zero, bonuses: zero }
        return { text: texts.earningsOf(nameOf(date), money(rewards), money(bonuses)), rewards, bonuses }
      })}
      marks={marksOf(days)}
    />
  )
}

function WorkChart({ visit, days, recent }: ChartsProps) {
  const { charts: texts } = visit.texts
  const byDay = new Map(recent.map((one) => [one.day, one]))
  const busiest = recent.reduce((one, other) => (other.submitted > one.submitted ? other : one))
  return (
    <BarChart
      id="chart-work"
      title={texts.work}
      summary={texts.workSummary(
        count(sumOf(recent).submitted),
        count(busiest.submitted),
        nameOf(busiest.day),
      )}
      legend={[
        ['one', texts.approved],
        ['three', texts.pending],
        ['four', texts.rejected],
      ]}
      columns={days.map((date) => {
        const one = byDay.get(date) ?? { submitted: 0, approved: 0, rejected: 0 }
        const pending = pendingOf(one)
        return {
          text: texts.workOf(nameOf(date), count(one.approved), count(pending), count(one.rejected)),
          parts: [
            { kind: 'one', value: one.approved },
            { kind: 'three', value: pending },
            { kind: 'four', value: one.rejected },
          ],
        }
      })}
      scale={count}
      least={4}
      marks={marksOf(days)}
    />
  )
}

/** The first day, one in the middle, and the last. */
function marksOf(days: readonly string[]): string[] {
  return [0, Math.floor(days.length / 2), days.length - 1].map((i) =>
    shortDay(withinPacificDay(days[i] ?? '') ?? 0),
  )
}
