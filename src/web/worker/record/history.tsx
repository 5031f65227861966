// All that a worker submitted, to be searched, narrowed and taken away as a file.
import type { Child } from 'hono/jsx'
import { isFault } from '../../../domain/fault.ts'
import { shownStates } from '../../../domain/shown-state.ts'
import { server } from '../../../limits.ts'
import { readHistory, type HistoryPage } from '../../../operations/worker/history.ts'
import {
  ListHistoryRequesters,
  type HistoryRequester,
} from '../../../operations/worker/ListHistoryRequesters.ts'
import { answerJSON, wantsJSON } from '../../json.ts'
import { Empty } from '../../ui/empty.tsx'
import { faultPage } from '../../ui/error-page.tsx'
import { SelectField, TextField } from '../../ui/fields.tsx'
import { count } from '../../ui/format.ts'
import { renderPage } from '../../ui/layout.tsx'
import type { WorkerVisit } from '../../visit.ts'
import { recordedEntry } from './history-entry.ts'
import {
  historyAddress,
  isNarrowed,
  readHistoryQuery,
  readPlace,
  writePlace,
  type HistoryErrors,
  type ReadHistory,
} from './history-query.ts'
import { RecordNavigation } from './record-navigation.tsx'
import { SubmissionTable } from './submission-table.tsx'

const entriesPerPage = 50

/** `GET /history?search=&state=&requester=&from=&to=&order=&after=` */
export async function showHistory(visit: WorkerVisit): Promise<Response> {
  const { c, market, texts, caller } = visit
  const address = new URL(c.req.url).searchParams
  const read = readHistoryQuery(address)
  const after = readPlace(address.get('after'))
  const page = await readHistory(market.runner, caller, read.query, { after, limit: entriesPerPage })
  if (isFault(page)) return faultPage(visit, page)
  const isRefused = Object.keys(read.errors).length > 0
  if (wantsJSON(c))
    return isRefused ? answerJSON(c, { errors: read.errors }, 422) : answerJSON(c, pageJSON(page))
  const requesters = await market.runner.run(ListHistoryRequesters, caller, { also: read.query.requesterId })
  if (isFault(requesters)) return faultPage(visit, requesters)
  return renderPage(
    visit,
    { title: texts.history.title, current: '/dashboard', status: isRefused ? 422 : 200 },
    <>
      <h1>{texts.history.title}</h1>
      <RecordNavigation visit={visit} current="/history" />
      <FilterForm visit={visit} read={read} requesters={requesters} />
      <Found visit={visit} page={page} read={read} isFirst={after === undefined} />
    </>,
  )
}

function pageJSON({ entries, next, total }: HistoryPage): object {
  return {
    results: entries.map(recordedEntry),
    num_results: entries.length,
    total_num_results: total ?? null,
    next_page_token: next === undefined ? null : writePlace(next),
  }
}

interface FilterFormProps {
  visit: WorkerVisit
  read: ReadHistory
  requesters: readonly HistoryRequester[]
}

function FilterForm({ visit, read: { fields, query, errors }, requesters }: FilterFormProps) {
  const { history: texts, day: dayTexts } = visit.texts
  return (
    <form class="card history-filter" method="get" action="/history" role="search" aria-label={texts.show}>
      <div class="wide">
        <label for="search">{texts.search}</label>
        <input
          id="search"
          name="search"
          type="search"
          value={fields.search}
          maxlength={server.lists.searchLength}
        />
      </div>
      <SelectField
        name="state"
        label={texts.state}
        value={fields.state}
        options={[
          ['', texts.anyState],
          ...shownStates.map((state) => [state, dayTexts.states[state]] as const),
        ]}
      />
      <SelectField
        name="requester"
        label={texts.requester}
        value={fields.requester}
        options={[['', texts.anyRequester], ...requesters.map(({ id, name }) => [id, name] as const)]}
      />
      <TextField
        name="from"
        label={texts.from}
        type={typeOf(errors.from)}
        value={fields.from}
        error={errors.from && texts[errors.from]}
        required={false}
      />
      <TextField
        name="to"
        label={texts.to}
        type={typeOf(errors.to)}
        value={fields.to}
        error={errors.to && texts[errors.to]}
        required={false}
      />
      <SelectField
        name="order"
        label={texts.order}
        value={query.order}
        options={[
          ['newest', texts.orders.newest],
          ['oldest', texts.orders.oldest],
        ]}
      />
      <div class="actions">
        <button class="primary">{texts.show}</button>
        {isNarrowed(query) && <a href="/history">{texts.reset}</a>}
      </div>
    </form>
  )
}

/** A date field drops what is no day, but what was typed stays to be seen. */
function typeOf(error: HistoryErrors['from']): 'date' | 'text' {
  return error === 'noDay' ? 'text' : 'date'
}

interface FoundProps {
  visit: WorkerVisit
  page: HistoryPage
  read: ReadHistory
  isFirst: boolean
}

function Found({
  visit,
  page: { entries, next, total },
  read: { fields, query },
  isFirst,
}: FoundProps): Child {
  const { history: texts } = visit.texts
  if (entries.length === 0 && next === undefined) {
    return isNarrowed(query) || !isFirst ? (
      <Empty
        heading={texts.nothing}
        text={texts.nothingText}
        link={{ href: '/history', text: texts.reset }}
      />
    ) : (
      <Empty heading={texts.empty} text={texts.emptyText} link={{ href: '/projects', text: texts.find }} />
    )
  }
  const download = (format: string) => historyAddress('/history/export', fields, { format })
  return (
    <>
      <div class="history-found">
        {total !== undefined && <p>{texts.found(total, count(total))}</p>}
        <p>
          {texts.download}: <a href={download('csv')}>{texts.csv}</a>{' '}
          <a href={download('json')}>{texts.json}</a>
        </p>
      </div>
      {entries.length > 0 ? (
        <SubmissionTable visit={visit} submissions={entries} label={texts.table} isDated />
      ) : (
        <p>{texts.further}</p>
      )}
      <nav class="pages" aria-label={visit.texts.pages.label}>
        {!isFirst && <a href={historyAddress('/history', fields)}>{texts.first}</a>}
        {next !== undefined && (
          <a rel="next" href={historyAddress('/history', fields, { after: writePlace(next) })}>
            {entries.length < entriesPerPage ? texts.lookFurther : texts.more}
          </a>
        )}
      </nav>
    </>
  )
}
