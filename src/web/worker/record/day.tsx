// What the worker submitted on one Pacific day, with the decision and the requester's words about it [websites 1.9].
import { nextPacificDayStart, pacificDay, pacificDayStart, withinPacificDay } from '../../../clock.ts'
import { isFault } from '../../../domain/fault.ts'
import { shownStates, type ShownState } from '../../../domain/shown-state.ts'
import { server } from '../../../limits.ts'
import { ListDay, type DayPage } from '../../../operations/worker/ListDay.ts'
import { answerJSON, wantsJSON } from '../../json.ts'
import { Empty } from '../../ui/empty.tsx'
import { faultPage, notFound } from '../../ui/error-page.tsx'
import { count, day, hourlyPay, money } from '../../ui/format.ts'
import { Island } from '../../ui/island.tsx'
import { renderPage } from '../../ui/layout.tsx'
import { Pagination, pageNumber } from '../../ui/pagination.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import type { WorkerVisit } from '../../visit.ts'
import { dayEarnings, pendingOf } from './dashboard-figures.ts'
import { dayIsland, dayJSON } from './day-json.ts'
import { RecordNavigation } from './record-navigation.tsx'
import { SubmissionTable } from './submission-table.tsx'

const entriesPerPage = server.lists.entries

/** `GET /status_details/{YYYY-MM-DD}?page_number=&assignment_state=` */
export async function showDay(visit: WorkerVisit): Promise<Response> {
  const { c, market, texts } = visit
  const date = c.req.param('date') ?? ''
  const within = withinPacificDay(date)
  if (within === undefined) return notFound(visit)
  const page = pageNumber(c.req.query('page_number'))
  const state = shownStateOf(c.req.query('assignment_state'))
  const found = await market.runner.run(ListDay, visit.caller, {
    day: date,
    state,
    offset: (page - 1) * entriesPerPage,
    limit: entriesPerPage,
  })
  if (isFault(found)) return faultPage(visit, found)
  if (wantsJSON(c)) return answerJSON(c, dayJSON(found, page))
  const title = texts.day.title(day(within))
  return renderPage(
    visit,
    { title, current: '/dashboard' },
    <>
      <h1>{title}</h1>
      <RecordNavigation visit={visit} />
      <div class="hits-status-details-table-header">
        <DaySum visit={visit} found={found} />
        <Filter visit={visit} date={date} current={state} />
      </div>
      <div>
        <Entries visit={visit} found={found} state={state} />
      </div>
      <Pages visit={visit} found={found} page={page} date={date} state={state} />
      <Neighbours visit={visit} within={within} />
    </>,
  )
}

/** The state that an address asks for: `Pending` is another word for Submitted; what is no state is left out. */
function shownStateOf(text: string | undefined): ShownState | undefined {
  return text === 'Pending' ? 'Submitted' : shownStates.find((state) => state === text)
}

const addressOf = (date: string, state: ShownState | undefined, page = 1) => {
  const query = new URLSearchParams()
  if (state !== undefined) query.set('assignment_state', state)
  if (page > 1) query.set('page_number', String(page))
  return `/status_details/${date}${query.size > 0 ? `?${query.toString()}` : ''}`
}

function DaySum({ visit, found: { record } }: { visit: WorkerVisit; found: DayPage }) {
  const { day: texts } = visit.texts
  if (record === undefined) return null
  const facts: [string, string][] = [
    [texts.submitted, count(record.submitted)],
    [texts.approved, count(record.approved)],
    [texts.pending, count(pendingOf(record))],
    [texts.rejected, count(record.rejected)],
    [texts.earnings, money(dayEarnings(record))],
    [texts.hourly, hourlyPay(record.rewards, record.reviewedSeconds) ?? texts.noHourly],
  ]
  return (
    <dl class="day-sum">
      {facts.map(([name, value]) => (
        <div>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

interface FilterProps {
  visit: WorkerVisit
  date: string
  current: ShownState | undefined
}

function Filter({ visit, date, current }: FilterProps) {
  const { day: texts } = visit.texts
  const states = [undefined, ...shownStates] as const
  return (
    <Tabs
      label={texts.filter}
      tabs={states.map((state) => [addressOf(date, state), state ? texts.states[state] : texts.all])}
      current={addressOf(date, current)}
      class="state-filter"
    />
  )
}

function Entries({
  visit,
  found: { submissions, total },
  state,
}: {
  visit: WorkerVisit
  found: DayPage
  state: ShownState | undefined
}) {
  const { day: texts } = visit.texts
  if (submissions.length === 0) {
    return (
      <Empty heading={total > 0 ? texts.pastTheLast : state === undefined ? texts.empty : texts.noneOf} />
    )
  }
  return (
    <Island name="dashboard/HitStatusDetailsTable" props={dayIsland(submissions)}>
      <SubmissionTable visit={visit} submissions={submissions} label={texts.table} />
    </Island>
  )
}

interface PagesProps {
  visit: WorkerVisit
  found: DayPage
  page: number
  date: string
  state: ShownState | undefined
}

function Pages({ visit: { texts }, found: { total }, page, date, state }: PagesProps) {
  const last = Math.ceil(total / entriesPerPage)
  // One page needs no links, but tools learn from the island that it is the only one.
  if (last === 1) {
    return (
      <div class="pagination-holder">
        <Island name="common/Pagination" props={{ currentPage: 1, lastPage: 1 }} />
      </div>
    )
  }
  return (
    <Pagination
      texts={texts}
      current={Math.min(page, last)}
      last={last}
      href={(number) => addressOf(date, state, number)}
    />
  )
}

/** The way to the day before and, unless it is still to come, the day after. */
function Neighbours({ visit, within }: { visit: WorkerVisit; within: number }) {
  const { texts, market } = visit
  const before = pacificDayStart(within) - 1
  const after = nextPacificDayStart(within)
  return (
    <nav class="pages" aria-label={texts.day.neighbours}>
      <a rel="prev" href={`/status_details/${pacificDay(before)}`}>
        {texts.day.dayBefore(day(before))}
      </a>
      {after <= market.clock.now() && (
        <a rel="next" href={`/status_details/${pacificDay(after)}`}>
          {texts.day.dayAfter(day(after))}
        </a>
      )}
    </nav>
  )
}
