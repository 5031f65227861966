// What the worker submitted on one Pacific day, with the decision and the requester's words about it [websites 1.9].
import { pacificDay, pacificDayStart, withinPacificDay } from '../../clock.ts'
import { isFault } from '../../domain/fault.ts'
import { shownState } from '../../domain/shown-state.ts'
import { ListSubmissions, type Submission } from '../../operations/worker/ListSubmissions.ts'
import { Empty } from '../ui/empty.tsx'
import { faultPage, notFound } from '../ui/error-page.tsx'
import { day, hourlyPay, money, span } from '../ui/format.ts'
import { renderPage } from '../ui/layout.tsx'
import type { WorkerVisit } from '../visit.ts'

const entriesPerPage = 20
const hour = 3_600_000

/** `GET /status_details/{YYYY-MM-DD}?page_number=` */
export async function showDay(visit: WorkerVisit): Promise<Response> {
  const { c, market, texts } = visit
  const date = c.req.param('date') ?? ''
  const within = withinPacificDay(date)
  if (within === undefined || pacificDay(within) !== date) return notFound(visit)
  const page = pageNumber(c.req.query('page_number'))
  const from = pacificDayStart(within)
  const entries = await market.runner.run(ListSubmissions, visit.caller, {
    from,
    // 36 hours after its beginning is surely within the next day, however long this one is.
    to: pacificDayStart(from + 36 * hour),
    offset: (page - 1) * entriesPerPage,
    limit: entriesPerPage + 1,
  })
  if (isFault(entries)) return faultPage(visit, entries)
  const title = texts.day.title(day(within))
  const shown = entries.slice(0, entriesPerPage)
  return renderPage(
    visit,
    { title, current: '/dashboard' },
    <>
      <h1>{title}</h1>
      {shown.length === 0 ? <Empty heading={texts.day.empty} /> : <Entries visit={visit} entries={shown} />}
      <nav class="pages" aria-label={texts.day.pages}>
        <a href="/dashboard">{texts.day.back}</a>
        {page > 1 && <a href={`?page_number=${page - 1}`}>{texts.day.previous}</a>}
        {entries.length > entriesPerPage && <a href={`?page_number=${page + 1}`}>{texts.day.next}</a>}
      </nav>
    </>,
  )
}

function pageNumber(text: string | undefined): number {
  return text !== undefined && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 1
}

function Entries({ visit, entries }: { visit: WorkerVisit; entries: readonly Submission[] }) {
  const { texts, market } = visit
  return (
    <table class="cards" aria-label={texts.day.table}>
      <thead>
        <tr>
          <th scope="col">{texts.day.hit}</th>
          <th scope="col">{texts.day.requester}</th>
          <th scope="col">{texts.day.state}</th>
          <th scope="col" class="number">
            {texts.day.reward}
          </th>
          <th scope="col" class="number">
            {texts.day.time}
          </th>
          <th scope="col" class="number">
            {texts.day.hourly}
          </th>
          <th scope="col">{texts.day.feedback}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ assignment, title, requesterName, reward }) => {
          const state = shownState(assignment, reward, market.clock.now())
          const more = texts.day.stateTexts[state]
          const worked = ((assignment.submittedAt ?? assignment.acceptedAt) - assignment.acceptedAt) / 1000
          return (
            <tr data-assignment={assignment.id}>
              <th scope="row">{title}</th>
              <td data-label={texts.day.requester}>{requesterName}</td>
              <td data-label={texts.day.state}>
                <span class={`state ${state.toLowerCase()}`}>{texts.day.states[state]}</span>
                {more && <span class="more"> {more}</span>}
              </td>
              <td data-label={texts.day.reward} class="number">
                {money(reward)}
              </td>
              <td data-label={texts.day.time} class="number">
                {span(worked)}
              </td>
              <td data-label={texts.day.hourly} class="number">
                {hourlyPay(reward, worked) ?? texts.day.noHourly}
              </td>
              <td data-label={texts.day.feedback}>
                {assignment.feedback ? (
                  <span class="feedback">{assignment.feedback}</span>
                ) : (
                  <span class="more">{texts.day.noFeedback}</span>
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
