// The lists of qualifications: what the worker has, what he waits for, and all that can be found [websites 1.11].
import { isFault } from '../../../domain/fault.ts'
import { server } from '../../../limits.ts'
import { ListOutstandingRequests } from '../../../operations/worker/ListOutstandingRequests.ts'
import { ListQualifications } from '../../../operations/worker/ListQualifications.ts'
import type { TypePage } from '../../../operations/worker/qualification-for-worker.ts'
import { SearchQualificationTypes } from '../../../operations/worker/SearchQualificationTypes.ts'
import { answerJSON, pageCounts, wantsJSON } from '../../json.ts'
import { Empty } from '../../ui/empty.tsx'
import { faultPage } from '../../ui/error-page.tsx'
import { count } from '../../ui/format.ts'
import { Island } from '../../ui/island.tsx'
import { renderPage } from '../../ui/layout.tsx'
import { pageNumber, Pagination } from '../../ui/pagination.tsx'
import type { WorkerVisit } from '../../visit.ts'
import { foundQualification, qualificationObject } from './qualification-json.ts'
import { ListTabs, TypeList, type ListName } from './qualification-list.tsx'

const { entries, most, searchLength } = server.lists

/** `GET /qualifications/assigned`; as JSON by tokens, `page_size` and `next_token`. */
export async function listAssigned(visit: WorkerVisit): Promise<Response> {
  const { c, market, texts } = visit
  const isJSON = wantsJSON(c)
  const limit = pageSize(c.req.query('page_size'))
  const number = pageNumber(c.req.query('page_number'))
  const token = isJSON ? c.req.query('next_token') || undefined : undefined
  const query = { token, offset: (number - 1) * limit, limit }
  const page = await market.runner.run(ListQualifications, visit.caller, query)
  if (isFault(page)) {
    if (!isJSON || page.fault !== 'InvalidParameterValue') return faultPage(visit, page)
    return answerJSON(c, { message: texts.errors.refusedText }, 400)
  }
  if (isJSON) {
    return answerJSON(c, {
      assigned_qualifications: page.types.map((type) => qualificationObject(texts, type)),
      next_page_token: page.next ?? null,
    })
  }
  const bodyData = page.types.map((type) => qualificationObject(texts, type, ''))
  return listPage(visit, 'assigned', page, limit, (list) => (
    <Island name="qualificationsTable/QualificationsTable" props={{ bodyData }}>
      {list}
    </Island>
  ))
}

/** `GET /qualifications/pending` */
export async function listPending(visit: WorkerVisit): Promise<Response> {
  const page = await visit.market.runner.run(ListOutstandingRequests, visit.caller, place(visit))
  if (isFault(page)) return faultPage(visit, page)
  return wantsJSON(visit.c) ? typesJSON(visit, page) : listPage(visit, 'pending', page)
}

/** `GET /qualifications?search=` */
export async function searchTypes(visit: WorkerVisit): Promise<Response> {
  const search = searched(visit)
  const input = { ...place(visit), search }
  const page = await visit.market.runner.run(SearchQualificationTypes, visit.caller, input)
  if (isFault(page)) return faultPage(visit, page)
  return wantsJSON(visit.c) ? typesJSON(visit, page) : listPage(visit, 'all', page)
}

function searched({ c }: WorkerVisit): string {
  return (c.req.query('search') ?? '').trim().slice(0, searchLength)
}

function place({ c }: WorkerVisit): { offset: number; limit: number } {
  const limit = pageSize(c.req.query('page_size'))
  return { offset: (pageNumber(c.req.query('page_number')) - 1) * limit, limit }
}

/** How many entries an address asks for: 1 to 100, else as many as a page has. */
function pageSize(text: string | undefined): number {
  const size = text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : 0
  return size === 0 ? entries : Math.min(size, most)
}

function typesJSON({ c, market, texts }: WorkerVisit, { types, total }: TypePage): Response {
  return answerJSON(c, {
    qualifications: types.map((type) => foundQualification(texts, type, market.clock.now())),
    ...pageCounts(pageNumber(c.req.query('page_number')), types, total),
  })
}

type Wrap = (list: ReturnType<typeof TypeList>) => ReturnType<typeof TypeList>

function listPage(
  visit: WorkerVisit,
  name: ListName,
  { types, total }: TypePage,
  limit = place(visit).limit,
  wrap: Wrap = (list) => list,
): Response {
  const { c, texts } = visit
  const words = texts.qualifications
  const search = name === 'all' ? searched(visit) : ''
  const last = Math.max(1, Math.ceil(total / limit))
  const current = Math.min(pageNumber(c.req.query('page_number')), last)
  const title = name === 'all' ? words.title : `${words.title}: ${words[name]}`
  return renderPage(
    visit,
    { title, current: '/qualifications/assigned' },
    <>
      <h1>{words.title}</h1>
      <ListTabs visit={visit} current={name} />
      {name === 'all' && <SearchForm visit={visit} search={search} />}
      {types.length === 0 ? (
        <EmptyList visit={visit} name={name} search={search} />
      ) : (
        <>
          <p class="soft" role={search === '' ? undefined : 'status'}>
            {search === '' ? words.count(count(total)) : words.found(count(total), search)}
          </p>
          {wrap(<TypeList visit={visit} types={types} />)}
        </>
      )}
      {name === 'assigned' && (
        <p class="soft">
          {texts.claim.worked} <a href="/account/claim">{texts.claim.link}</a>
        </p>
      )}
      <Pagination
        texts={texts}
        current={current}
        last={last}
        href={(page) => {
          const query = new URLSearchParams(c.req.query())
          query.set('page_number', String(page))
          return `?${query.toString()}`
        }}
      />
    </>,
  )
}

function SearchForm({ visit, search }: { visit: WorkerVisit; search: string }) {
  const words = visit.texts.qualifications
  return (
    <form method="get" action="/qualifications" role="search" class="qualification-search">
      <label for="search">{words.searchLabel}</label>
      <div class="actions">
        <input id="search" name="search" type="search" maxlength={searchLength} value={search} />
        <button>{words.search}</button>
        {search !== '' && <a href="/qualifications">{words.searchAgain}</a>}
      </div>
    </form>
  )
}

function EmptyList({ visit, name, search }: { visit: WorkerVisit; name: ListName; search: string }) {
  const words = visit.texts.qualifications
  const why = search === '' ? name : 'found'
  const link = name === 'all' ? undefined : { href: '/qualifications', text: words.find }
  return <Empty heading={words.empty[why]} text={words.emptyText[why]} {...(link && { link })} />
}
