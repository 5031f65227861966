// Totals, and one line for each day on which the worker submitted something [websites 1.8].
import { pacificDay, pacificDayStart } from '../../clock.ts'
import { isFault, type Fault } from '../../domain/fault.ts'
import { cents, type Cents } from '../../domain/money.ts'
import { GetEarnings, type Earnings } from '../../operations/worker/GetEarnings.ts'
import { ListSubmissions, type Submission } from '../../operations/worker/ListSubmissions.ts'
import { Facts } from '../ui/facts.tsx'
import { faultPage } from '../ui/error-page.tsx'
import { count, day, money, rate } from '../ui/format.ts'
import { renderPage } from '../ui/layout.tsx'
import type { WorkerVisit } from '../visit.ts'

const daysShown = 45
/** Submissions that are counted for the days; a worker with more sees the days of the latest only. */
const submissionsCounted = 1000
const pageSize = 250
const dayLength = 86_400_000

interface Day {
  date: string
  time: number
  submitted: number
  approved: number
  rejected: number
  rewards: bigint
}

/** `GET /dashboard` */
export async function showDashboard(visit: WorkerVisit): Promise<Response> {
  const { market, texts, caller } = visit
  const earnings = await market.runner.run(GetEarnings, caller, { workerId: caller.workerId })
  if (isFault(earnings)) return faultPage(visit, earnings)
  const submissions = await recentSubmissions(visit)
  if (isFault(submissions)) return faultPage(visit, submissions)
  const days = daysOf(submissions)
  return renderPage(
    visit,
    { title: texts.dashboard.title, current: '/dashboard' },
    <>
      <h1>{texts.dashboard.title}</h1>
      <Totals visit={visit} earnings={earnings} />
      <h2>{texts.dashboard.days(count(daysShown))}</h2>
      {days.length === 0 ? <p>{texts.dashboard.empty}</p> : <Days visit={visit} days={days} />}
      {submissions.length >= submissionsCounted && (
        <p class="hint">{texts.dashboard.cut(count(submissionsCounted))}</p>
      )}
    </>,
  )
}

async function recentSubmissions({ market, caller }: WorkerVisit): Promise<Submission[] | Fault> {
  const now = market.clock.now()
  const from = pacificDayStart(now - (daysShown - 1) * dayLength)
  const all: Submission[] = []
  while (all.length < submissionsCounted) {
    const range = { from, to: now + 1, offset: all.length, limit: pageSize }
    const page = await market.runner.run(ListSubmissions, caller, range)
    if (isFault(page)) return page
    all.push(...page)
    if (page.length < pageSize) break
  }
  return all
}

function daysOf(submissions: readonly Submission[]): Day[] {
  const days = new Map<string, Day>()
  for (const { assignment, reward } of submissions) {
    const time = assignment.submittedAt ?? 0
    const date = pacificDay(time)
    const entry = days.get(date) ?? { date, time, submitted: 0, approved: 0, rejected: 0, rewards: 0n }
    days.set(date, entry)
    entry.submitted++
    if (assignment.state === 'Rejected') entry.rejected++
    if (assignment.state === 'Approved') {
      entry.approved++
      entry.rewards += reward
    }
  }
  return [...days.values()]
}

function Totals({ visit, earnings: { account } }: { visit: WorkerVisit; earnings: Earnings }) {
  const { dashboard: texts } = visit.texts
  const { approved, rejected } = account
  const reviewed = approved + rejected
  return (
    <div class="columns">
      <section class="card" aria-labelledby="overview">
        <h2 id="overview">{texts.overview}</h2>
        <Facts
          facts={[
            [texts.approved, count(approved)],
            [texts.approvalRate, rate(approved, reviewed)],
            [texts.pending, count(Math.max(0, account.submitted - reviewed))],
            [texts.rejected, count(rejected)],
            [texts.rejectionRate, rate(rejected, reviewed)],
            [texts.returned, count(account.returned)],
            [texts.abandoned, count(account.abandoned)],
          ]}
        />
      </section>
      <section class="card" aria-labelledby="to-date">
        <h2 id="to-date">{texts.earnings}</h2>
        <Facts
          facts={[
            [texts.rewards, money(account.rewards)],
            [texts.bonuses, money(account.bonuses)],
            [texts.total, money(total(account))],
          ]}
        />
      </section>
    </div>
  )
}

function total({ rewards, bonuses }: Earnings['account']): Cents {
  return cents(rewards + bonuses)
}

function Days({ visit, days }: { visit: WorkerVisit; days: readonly Day[] }) {
  const { dashboard: texts } = visit.texts
  return (
    <table class="cards hits-statuses" aria-label={texts.days(count(daysShown))}>
      <thead>
        <tr>
          <th scope="col">{texts.date}</th>
          {[texts.submitted, texts.approved, texts.rejected, texts.pending, texts.dayEarnings].map(
            (heading) => (
              <th scope="col" class="number">
                {heading}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>
        {days.map((entry) => (
          <tr class="daily_hit_statuses">
            <th scope="row">
              <a href={`/status_details/${entry.date}`}>{day(entry.time)}</a>
            </th>
            <Cell label={texts.submitted} text={count(entry.submitted)} />
            <Cell label={texts.approved} text={count(entry.approved)} />
            <Cell label={texts.rejected} text={count(entry.rejected)} />
            <Cell label={texts.pending} text={count(entry.submitted - entry.approved - entry.rejected)} />
            <Cell label={texts.dayEarnings} text={money(cents(entry.rewards))} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Cell({ label, text }: { label: string; text: string }) {
  return (
    <td data-label={label} class="number">
      {text}
    </td>
  )
}
