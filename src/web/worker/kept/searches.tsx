// Searches that a worker keeps under a name: open, rename, delete, and be told of new groups by mail.
import { isFault, type Fault } from '../../../domain/fault.ts'
import { server } from '../../../limits.ts'
import { DeleteSearch } from '../../../operations/worker/DeleteSearch.ts'
import { ListSearches, type Searches, type ShownSearch } from '../../../operations/worker/ListSearches.ts'
import { RenameSearch } from '../../../operations/worker/SaveSearch.ts'
import { SetSearchAlert } from '../../../operations/worker/SetSearchAlert.ts'
import type { Texts } from '../../messages/en.ts'
import type { NoticeName } from '../../messages/faults.ts'
import { Empty } from '../../ui/empty.tsx'
import { faultPage } from '../../ui/error-page.tsx'
import { count } from '../../ui/format.ts'
import { renderPage, TokenField } from '../../ui/layout.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { WorkerVisit } from '../../visit.ts'
import { AlertSwitch, KeptNavigation, MailTrouble, mailTrouble } from './kept-navigation.tsx'
import { addressOf, wordsOf } from './search-words.ts'

/** A name that was refused, and why. */
interface Refused {
  searchId: string
  name: string
  problem: string
}

/** `GET /searches` */
export function showSearches(visit: WorkerVisit): Promise<Response> {
  return searchesPage(visit, undefined)
}

async function searchesPage(visit: WorkerVisit, refused: Refused | undefined): Promise<Response> {
  const { market, caller, texts } = visit
  const found = await market.runner.run(ListSearches, caller, {})
  if (isFault(found)) return faultPage(visit, found)
  return renderPage(
    visit,
    { title: texts.searches.title, current: '/projects', ...(refused && { status: 422 }) },
    <>
      <Notice visit={visit} />
      <h1>{texts.searches.title}</h1>
      <KeptNavigation visit={visit} current="/searches" />
      <SearchList visit={visit} found={found} refused={refused} />
    </>,
  )
}

interface ListProps {
  visit: WorkerVisit
  found: Searches
  refused: Refused | undefined
}

function SearchList({ visit, found, refused }: ListProps) {
  const { searches: texts } = visit.texts
  const trouble = mailTrouble(visit, found)
  if (found.searches.length === 0) {
    const link = { href: '/projects', text: texts.find }
    return <Empty heading={texts.empty} text={texts.emptyText} link={link} />
  }
  return (
    <>
      <p class="lead">{texts.lead}</p>
      <MailTrouble visit={visit} trouble={trouble} />
      <ul class="kept-list">
        {found.searches.map((search) => (
          <Search
            visit={visit}
            search={search}
            canSwitchOn={trouble === undefined}
            refused={refused?.searchId === search.id ? refused : undefined}
          />
        ))}
      </ul>
    </>
  )
}

interface SearchProps {
  visit: WorkerVisit
  search: ShownSearch
  canSwitchOn: boolean
  refused: Refused | undefined
}

function Search({ visit, search, canSwitchOn, refused }: SearchProps) {
  const { texts } = visit
  const { searches } = texts
  return (
    <li class="card" data-search={search.id}>
      <h2>
        <a href={addressOf(search)}>{search.name}</a>
      </h2>
      <p class="soft">{wordsOf(texts, search, search.requesterName).join(' · ')}</p>
      <div class="kept-actions">
        <AlertSwitch
          visit={visit}
          action={`/searches/${search.id}/alerts`}
          isOn={search.alertsSince !== undefined}
          name={search.name}
          label={searches.alerts}
          canSwitchOn={canSwitchOn}
        />
        <NameForm visit={visit} search={search} refused={refused} />
        <form method="post" action={`/searches/${search.id}/delete`}>
          <TokenField token={visit.token} />
          <button class="quiet" aria-label={searches.forName(searches.delete, search.name)}>
            {searches.delete}
          </button>
        </form>
      </div>
    </li>
  )
}

function NameForm({ visit, search, refused }: Omit<SearchProps, 'canSwitchOn'>) {
  const { searches: texts } = visit.texts
  const id = `name-${search.id}`
  return (
    <details class="rename" open={refused !== undefined}>
      <summary aria-label={texts.forName(texts.rename, search.name)}>{texts.rename}</summary>
      <form method="post" action={`/searches/${search.id}/name`}>
        <TokenField token={visit.token} />
        <label for={id}>{texts.newName(search.name)}</label>
        <input
          id={id}
          name="name"
          value={refused?.name ?? search.name}
          required
          maxlength={server.searches.nameLength}
          autocomplete="off"
          aria-invalid={refused && 'true'}
          aria-describedby={refused && `${id}-error`}
        />
        {refused && (
          <p class="field-error" id={`${id}-error`}>
            {refused.problem}
          </p>
        )}
        <button>{texts.saveName}</button>
      </form>
    </details>
  )
}

/** What is wrong with a name, in words; undefined when the refusal is about something else. */
export function nameProblem({ searches: texts }: Texts, fault: Fault): string | undefined {
  if (fault.fault === 'ParameterTooShort') return texts.noName
  if (fault.fault === 'ParameterTooLong') return texts.longName(count(fault.maximum))
  return fault.fault === 'AlreadyExists' ? texts.sameName : undefined
}

/** `POST /searches/<id>/name` */
export async function renameSearch(visit: WorkerVisit, form: URLSearchParams): Promise<Response> {
  const searchId = visit.c.req.param('id') ?? ''
  const name = form.get('name') ?? ''
  const renamed = await visit.market.runner.run(RenameSearch, visit.caller, { searchId, name })
  const problem = isFault(renamed) ? nameProblem(visit.texts, renamed) : undefined
  if (problem !== undefined) return searchesPage(visit, { searchId, name, problem })
  return done(visit, renamed, 'SearchRenamed')
}

/** `POST /searches/<id>/alerts` */
export async function setSearchAlert(visit: WorkerVisit, form: URLSearchParams): Promise<Response> {
  const searchId = visit.c.req.param('id') ?? ''
  const hasAlerts = form.get('alerts') === 'on'
  const set = await visit.market.runner.run(SetSearchAlert, visit.caller, { searchId, hasAlerts })
  return done(visit, set, hasAlerts ? 'AlertsOn' : 'AlertsOff')
}

/** `POST /searches/<id>/delete` */
export async function deleteSearch(visit: WorkerVisit): Promise<Response> {
  const searchId = visit.c.req.param('id') ?? ''
  return done(visit, await visit.market.runner.run(DeleteSearch, visit.caller, { searchId }), 'SearchDeleted')
}

/** Back to the list, which shows how things are now: also when the search is gone, or alerts became impossible. */
function done(visit: WorkerVisit, output: object | Fault, notice: NoticeName): Response {
  if (!isFault(output)) return visit.c.redirect(`/searches?notice=${notice}`, 303)
  return output.fault === 'InvalidInput' ? visit.c.redirect('/searches', 303) : faultPage(visit, output)
}
