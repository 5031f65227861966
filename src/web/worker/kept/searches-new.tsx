// Saving a search: the filters of the list come in the address, under the names that the list uses.
import { isFault } from '../../../domain/fault.ts'
import type { SavedFilters } from '../../../domain/saved-search.ts'
import { server } from '../../../limits.ts'
import { FindRequesterName } from '../../../operations/worker/FindRequesterName.ts'
import { ListSearches } from '../../../operations/worker/ListSearches.ts'
import { SaveSearch } from '../../../operations/worker/SaveSearch.ts'
import { Banner } from '../../ui/banner.tsx'
import { faultPage, notFound } from '../../ui/error-page.tsx'
import { Facts } from '../../ui/facts.tsx'
import { CheckField, TextField } from '../../ui/fields.tsx'
import { count } from '../../ui/format.ts'
import { renderPage, TokenField } from '../../ui/layout.tsx'
import type { WorkerVisit } from '../../visit.ts'
import { MailTrouble, mailTrouble } from './kept-navigation.tsx'
import { addressOf, queryOf, readFilters, saveAddress, wordsOf } from './search-words.ts'
import { nameProblem } from './searches.tsx'

interface Typed {
  name?: string
  hasAlerts: boolean
  problem?: string | undefined
  /** Why nothing can be saved. */
  banner?: string | undefined
}

/** `GET /searches/new?<filters of the list>&requester=` */
export function showNewSearch(visit: WorkerVisit): Promise<Response> {
  const filters = readFilters(new URL(visit.c.req.url).searchParams)
  return newSearchPage(visit, filters, { hasAlerts: false })
}

async function newSearchPage(visit: WorkerVisit, filters: SavedFilters, typed: Typed): Promise<Response> {
  const { market, caller, texts } = visit
  const { requesterId } = filters
  const requester =
    requesterId === undefined
      ? undefined
      : await market.runner.run(FindRequesterName, caller, { requesterId })
  if (isFault(requester)) return notFound(visit)
  const found = await market.runner.run(ListSearches, caller, {})
  if (isFault(found)) return faultPage(visit, found)
  const words = wordsOf(texts, filters, requester?.name)
  const isRefused = typed.problem !== undefined || typed.banner !== undefined
  return renderPage(
    visit,
    { title: texts.searches.newTitle, current: '/projects', ...(isRefused && { status: 422 }) },
    <div class="narrow">
      {typed.banner !== undefined && <Banner kind="danger" heading={typed.banner} />}
      <h1>{texts.searches.newTitle}</h1>
      <NewSearchForm
        visit={visit}
        filters={filters}
        words={words}
        typed={typed}
        trouble={mailTrouble(visit, found)}
      />
    </div>,
  )
}

interface FormProps {
  visit: WorkerVisit
  filters: SavedFilters
  words: readonly string[]
  typed: Typed
  trouble: ReturnType<typeof mailTrouble>
}

function NewSearchForm({ visit, filters, words, typed, trouble }: FormProps) {
  const { searches: texts, filters: listTexts } = visit.texts
  const { nameLength } = server.searches
  const { sort } = queryOf(filters)
  const hidden = new URL(saveAddress(queryOf(filters), filters.requesterId), 'http://site.invalid')
    .searchParams
  const suggested = Array.from(words.join(', ').replaceAll(/[“”]/g, '')).slice(0, nameLength).join('')
  return (
    <form method="post" action="/searches" class="card stack">
      <TokenField token={visit.token} />
      {[...hidden].map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <Facts
        facts={[
          [texts.what, words.join(' · ')],
          [texts.order, listTexts.sorts[sort]],
        ]}
      />
      <TextField
        name="name"
        label={texts.name}
        hint={texts.nameHint}
        error={typed.problem}
        value={typed.name ?? suggested}
        autocomplete="off"
        maxlength={nameLength}
      />
      {trouble === undefined ? (
        <CheckField
          name="alerts"
          label={texts.withAlerts}
          hint={texts.withAlertsHint}
          checked={typed.hasAlerts}
        />
      ) : (
        <MailTrouble visit={visit} trouble={trouble} />
      )}
      <div class="actions">
        <button class="primary">{texts.save}</button>
        <a href={addressOf(filters)}>{texts.cancel}</a>
      </div>
    </form>
  )
}

/** `POST /searches` */
export async function saveSearch(visit: WorkerVisit, form: URLSearchParams): Promise<Response> {
  const { c, market, caller, texts } = visit
  const filters = readFilters(form)
  const name = form.get('name') ?? ''
  const hasAlerts = form.get('alerts') !== null
  const saved = await market.runner.run(SaveSearch, caller, { name, filters, hasAlerts })
  if (!isFault(saved)) return c.redirect('/searches?notice=SearchSaved', 303)
  const typed = { name, hasAlerts }
  const problem = nameProblem(texts, saved)
  if (problem !== undefined) return newSearchPage(visit, filters, { ...typed, problem })
  if (saved.fault !== 'InvalidInput') return faultPage(visit, saved)
  const banner =
    saved.member === 'searches' ? texts.searches.full(count(server.searches.saved)) : texts.searches.noAddress
  return newSearchPage(visit, filters, { ...typed, banner })
}
