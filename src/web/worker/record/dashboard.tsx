// What a worker earned and did: totals, charts, and one line for each day on which something happened [websites 1.8].
import type { Child } from 'hono/jsx'
import { pacificDay, pacificDayStart, withinPacificDay } from '../../../clock.ts'
import { isFault } from '../../../domain/fault.ts'
import { cents, type Cents } from '../../../domain/money.ts'
import { GetEarnings, type Earnings } from '../../../operations/worker/GetEarnings.ts'
import { ListDays } from '../../../operations/worker/ListDays.ts'
import type { WorkerDay } from '../../../store/worker-days.ts'
import { answerJSON, wantsJSON } from '../../json.ts'
import { Empty } from '../../ui/empty.tsx'
import { faultPage } from '../../ui/error-page.tsx'
import { count, day, hourlyPay, money, rate, span } from '../../ui/format.ts'
import { renderPage } from '../../ui/layout.tsx'
import type { WorkerVisit } from '../../visit.ts'
import { DashboardCharts } from './dashboard-charts.tsx'
import { dayEarnings, earningsByPeriod, pendingOf, sumOf, type Earned } from './dashboard-figures.ts'
import { dashboardJSON } from './dashboard-json.ts'
import { RecordNavigation } from './record-navigation.tsx'

const daysShown = 45
/** Older quarters and months than these are in the JSON only. */
const quartersShown = 8
const monthsShown = 12

/** `GET /dashboard` */
export async function showDashboard(visit: WorkerVisit): Promise<Response> {
  const { c, market, texts, caller } = visit
  const earnings = await market.runner.run(GetEarnings, caller, { workerId: caller.workerId })
  if (isFault(earnings)) return faultPage(visit, earnings)
  const all = await market.runner.run(ListDays, caller, {})
  if (isFault(all)) return faultPage(visit, all)
  const days = lastDays(market.clock.now())
  const recent = all.filter((one) => one.day >= days[0]!)
  if (wantsJSON(c)) return answerJSON(c, dashboardJSON(earnings, all, recent))
  return renderPage(
    visit,
    { title: texts.dashboard.title, current: '/dashboard' },
    <>
      <h1>{texts.dashboard.title}</h1>
      <RecordNavigation visit={visit} current="/dashboard" />
      <Glance visit={visit} earnings={earnings} recent={recent} today={days.at(-1)!} />
      {recent.length > 0 && <DashboardCharts visit={visit} days={days} recent={recent} />}
      <div class="columns">
        <Overview visit={visit} earnings={earnings} />
        <ToDate visit={visit} earnings={earnings} />
        <ByPeriod visit={visit} all={all} />
      </div>
      <h2 id="days">{texts.dashboard.days(count(daysShown))}</h2>
      {recent.length === 0 ? (
        <Empty
          heading={texts.dashboard.empty}
          text={texts.dashboard.emptyText}
          link={{ href: '/projects', text: texts.dashboard.find }}
        />
      ) : (
        <Days visit={visit} days={recent} />
      )}
    </>,
  )
}

/** The last days up to that of `now`, oldest first, as `YYYY-MM-DD`; however long each of them is. */
function lastDays(now: number): string[] {
  const days: string[] = []
  for (let start = pacificDayStart(now); days.length < daysShown; start = pacificDayStart(start - 1)) {
    days.unshift(pacificDay(start))
  }
  return days
}

function Glance({
  visit,
  earnings,
  recent,
  today,
}: {
  visit: WorkerVisit
  earnings: Earnings
  recent: readonly WorkerDay[]
  today: string
}) {
  const { dashboard: texts } = visit.texts
  const now = recent.find((one) => one.day === today)
  const lately = sumOf(recent)
  const hourly = hourlyPay(lately.earnings, lately.reviewedSeconds)
  return (
    <div class="columns glance">
      <section class="card" id="dashboard-available-earnings" aria-labelledby="available">
        <h2 id="available">{texts.available}</h2>
        <p class="amount text-xs-right">{money(earnings.account.balance)}</p>
        <p class="hint">
          <a href="/earnings">{texts.toEarnings}</a>
        </p>
      </section>
      <section class="card" aria-labelledby="today">
        <h2 id="today">{texts.today}</h2>
        <p class="amount">{money(now ? dayEarnings(now) : cents(0))}</p>
        <p class="hint">{texts.todayText(now?.submitted ?? 0, count(now?.submitted ?? 0))}</p>
      </section>
      <section class="card" aria-labelledby="lately">
        <h2 id="lately">{texts.lately(count(daysShown))}</h2>
        <p class="amount">{money(lately.earnings)}</p>
        <p class="hint">{texts.latelyText(span(lately.seconds))}</p>
      </section>
      <section class="card" aria-labelledby="hourly">
        <h2 id="hourly">{texts.hourly}</h2>
        <p class="amount">{hourly ?? texts.noHourly}</p>
        <p class="hint">{texts.hourlyText(count(daysShown))}</p>
      </section>
    </div>
  )
}

/** A table of names and figures; tools read the second cell of its rows. */
function Figures({ id, label, rows }: { id: string; label: string; rows: readonly [string, string][] }) {
  return (
    <table id={id} class="figures" aria-label={label}>
      <tbody>
        {rows.map(([name, value]) => (
          <tr>
            <th scope="row">{name}</th>
            <td class="text-xs-right">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Card({ id, heading, children }: { id: string; heading: string; children?: Child }) {
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id}>{heading}</h2>
      {children}
    </section>
  )
}

function Overview({ visit, earnings: { account } }: { visit: WorkerVisit; earnings: Earnings }) {
  const { dashboard: texts } = visit.texts
  const { approved, rejected } = account
  const reviewed = approved + rejected
  return (
    <Card id="overview" heading={texts.overview}>
      <Figures
        id="dashboard-hits-overview"
        label={texts.overview}
        rows={[
          [texts.approved, count(approved)],
          [texts.approvalRate, rate(approved, reviewed)],
          [texts.pending, count(pendingOf(account))],
          [texts.rejected, count(rejected)],
          [texts.rejectionRate, rate(rejected, reviewed)],
          [texts.returned, count(account.returned)],
          [texts.abandoned, count(account.abandoned)],
        ]}
      />
    </Card>
  )
}

function ToDate({ visit, earnings: { account } }: { visit: WorkerVisit; earnings: Earnings }) {
  const { dashboard: texts } = visit.texts
  return (
    <Card id="to-date" heading={texts.earnings}>
      <Figures
        id="dashboard-earnings-to-date"
        label={texts.earnings}
        rows={[
          [texts.rewards, money(account.rewards)],
          [texts.bonuses, money(account.bonuses)],
          [texts.total, money(cents(account.rewards + account.bonuses))],
        ]}
      />
    </Card>
  )
}

function ByPeriod({ visit, all }: { visit: WorkerVisit; all: readonly WorkerDay[] }) {
  const { dashboard: texts } = visit.texts
  const { yearly, quarterly, monthly } = earningsByPeriod(all)
  const groups: [string, Earned][] = [
    [texts.yearly, yearly],
    [texts.quarterly, quarterly.slice(0, quartersShown)],
    [texts.monthly, monthly.slice(0, monthsShown)],
  ]
  return (
    <Card id="by-period" heading={texts.byPeriod}>
      {yearly.length === 0 ? (
        <p class="hint">{texts.noPeriods}</p>
      ) : (
        <table id="dashboard-total-earnings-by-period" class="figures" aria-label={texts.byPeriod}>
          {groups.map(([name, earned]) => (
            <tbody>
              <tr class="group">
                <th scope="rowgroup" colspan={2}>
                  {name}
                </th>
              </tr>
              {earned.map(([label, amount]) => (
                <tr>
                  <th scope="row">{label}</th>
                  <td class="text-xs-right">{money(amount)}</td>
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      )}
    </Card>
  )
}

function Days({ visit, days }: { visit: WorkerVisit; days: readonly WorkerDay[] }) {
  const { dashboard: texts } = visit.texts
  const headings = [
    texts.submitted,
    texts.approved,
    texts.rejected,
    texts.pending,
    texts.dayEarnings,
    texts.dayHourly,
  ]
  return (
    <table class="cards hits-statuses" aria-label={texts.days(count(daysShown))}>
      <thead>
        <tr>
          <th scope="col">{texts.date}</th>
          {headings.map((heading) => (
            <th scope="col" class="number">
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {days.map((one) => (
          <tr class="daily_hit_statuses">
            <th scope="row">
              <a href={`/status_details/${one.day}`}>{day(withinPacificDay(one.day) ?? 0)}</a>
            </th>
            {[
              count(one.submitted),
              count(one.approved),
              count(one.rejected),
              count(pendingOf(one)),
              earningsOf(one, texts.ofBonuses),
              hourlyPay(one.rewards, one.reviewedSeconds) ?? texts.noHourly,
            ].map((text, i) => (
              <td data-label={headings[i]} class="number">
                {text}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What a day brought, and how much of it were bonuses. */
function earningsOf(one: WorkerDay, ofBonuses: (amount: string) => string): Child {
  const all: Cents = dayEarnings(one)
  if (one.bonuses === 0n) return money(all)
  return (
    <>
      {money(all)} <span class="more">{ofBonuses(money(one.bonuses))}</span>
    </>
  )
}
