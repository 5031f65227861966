// What a worker marked: requesters with what they have open, and groups, also those that have nothing left.
import { isFault } from '../../../domain/fault.ts'
import { server } from '../../../limits.ts'
import { FindGroups } from '../../../operations/worker/FindGroups.ts'
import type { GroupForWorker } from '../../../operations/worker/groups/group-view.ts'
import { ListFavourites, type Favourites } from '../../../operations/worker/ListFavourites.ts'
import { ListSearches } from '../../../operations/worker/ListSearches.ts'
import { SetFavourite, type FavouriteChange } from '../../../operations/worker/SetFavourite.ts'
import { SetSearchAlert } from '../../../operations/worker/SetSearchAlert.ts'
import { localPath } from '../../local-path.ts'
import { Empty } from '../../ui/empty.tsx'
import { faultPage } from '../../ui/error-page.tsx'
import { count, hourlyPay, money } from '../../ui/format.ts'
import { renderPage } from '../../ui/layout.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Pagination, pageNumber } from '../../ui/pagination.tsx'
import type { WorkerVisit } from '../../visit.ts'
import { FavouriteButton, FavouriteForm, rowId } from './favourite-button.tsx'
import { AlertSwitch, KeptNavigation, MailTrouble, mailTrouble } from './kept-navigation.tsx'
import { listAddress, wholeList } from '../hits/list-query.ts'

/** Groups that stand below their requester's name, and groups that are read for all requesters together. */
const shownOfRequester = 3
const readOfRequesters = 100

const { shown } = server.searches

interface Shown {
  favourites: Favourites
  /** Open groups, by requester. */
  open: ReadonlyMap<string, GroupForWorker[]>
  groups: GroupForWorker[]
  page: number
  trouble: ReturnType<typeof mailTrouble>
}

/** `GET /favourites?page_number=` */
export async function showFavourites(visit: WorkerVisit): Promise<Response> {
  const { c, market, caller, texts } = visit
  const favourites = await market.runner.run(ListFavourites, caller, {})
  if (isFault(favourites)) return faultPage(visit, favourites)
  const last = Math.max(1, Math.ceil(favourites.groups.length / shown))
  const page = Math.min(pageNumber(c.req.query('page_number')), last)
  const groupIds = favourites.groups.slice((page - 1) * shown, page * shown)
  const groups = await market.runner.run(FindGroups, caller, { groupIds })
  if (isFault(groups)) return faultPage(visit, groups)
  const asked = { favourites: true, sort: 'updated_desc', offset: 0, limit: readOfRequesters } as const
  const open = await market.listGroups(caller, asked)
  if (isFault(open)) return faultPage(visit, open)
  const reach = await market.runner.run(ListSearches, caller, {})
  if (isFault(reach)) return faultPage(visit, reach)
  const byRequester = Map.groupBy(open.groups, ({ type }) => type.requesterId)
  const trouble = mailTrouble(visit, reach)
  return renderPage(
    visit,
    { title: texts.favourites.title, current: '/projects' },
    <>
      <Notice visit={visit} />
      <h1>{texts.favourites.title}</h1>
      <KeptNavigation visit={visit} current="/favourites" />
      <FavouriteForm visit={visit} here={page === 1 ? '/favourites' : `/favourites?page_number=${page}`} />
      <Requesters visit={visit} shown={{ favourites, open: byRequester, groups, page, trouble }} />
      <Groups visit={visit} groups={groups} />
      <Pagination
        texts={texts}
        current={page}
        last={last}
        href={(number) => `/favourites?page_number=${number}`}
      />
    </>,
  )
}

function Requesters({ visit, shown: { favourites, open, trouble } }: { visit: WorkerVisit; shown: Shown }) {
  const { favourites: texts } = visit.texts
  const { requesters, hasAlerts } = favourites
  return (
    <section class="favourite-requesters" aria-labelledby="requesters">
      <h2 id="requesters">{texts.requesters}</h2>
      {requesters.length === 0 ? (
        <Empty heading={texts.noRequesters} text={texts.noRequestersText} />
      ) : (
        <>
          <AlertSwitch
            visit={visit}
            action="/favourites/alerts"
            isOn={hasAlerts}
            name={texts.requesters}
            label={texts.alerts}
            canSwitchOn={trouble === undefined}
          />
          <MailTrouble visit={visit} trouble={trouble} />
          <p>
            <a href={listAddress('/projects', { ...wholeList, favourites: true })}>{texts.onlyThese}</a>
          </p>
          <ul class="kept-list">
            {requesters.map(({ requesterId, name }) => (
              <li class="card" data-requester={requesterId}>
                <div class="kept-head">
                  <h3>
                    <a href={`/requesters/${requesterId}/projects`}>{name}</a>
                  </h3>
                  <FavouriteButton visit={visit} kind="requester" id={requesterId} name={name} isMarked />
                </div>
                <OpenGroups visit={visit} name={name} groups={open.get(requesterId) ?? []} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

/** The newest open groups of a requester, with the way to all when there may be more. */
function OpenGroups({
  visit,
  name,
  groups,
}: {
  visit: WorkerVisit
  name: string
  groups: readonly GroupForWorker[]
}) {
  const { favourites: texts } = visit.texts
  if (groups.length === 0) return <p class="soft">{texts.noneOpen}</p>
  const requesterId = groups[0]!.type.requesterId
  return (
    <>
      <ul class="open-groups">
        {groups.slice(0, shownOfRequester).map((group) => (
          <li>
            <GroupTitle visit={visit} group={group} />
            <GroupLine visit={visit} group={group} />
          </li>
        ))}
      </ul>
      {groups.length > shownOfRequester && (
        <p>
          <a href={`/requesters/${requesterId}/projects`} aria-label={texts.allOf(name)}>
            {texts.all}
          </a>
        </p>
      )}
    </>
  )
}

function Groups({ visit, groups }: { visit: WorkerVisit; groups: readonly GroupForWorker[] }) {
  const { favourites: texts } = visit.texts
  return (
    <section aria-labelledby="groups">
      <h2 id="groups">{texts.groups}</h2>
      {groups.length === 0 ? (
        <Empty
          heading={texts.noGroups}
          text={texts.noGroupsText}
          link={{ href: '/projects', text: texts.find }}
        />
      ) : (
        <ul class="kept-list">
          {groups.map((group) => (
            <li class="card" id={rowId(group.type.groupId)} data-group={group.type.groupId}>
              <div class="kept-head">
                <h3>
                  <GroupTitle visit={visit} group={group} />
                </h3>
                <FavouriteButton
                  visit={visit}
                  kind="group"
                  id={group.type.groupId}
                  name={isSeen(group) ? group.type.title : texts.hidden}
                  isMarked
                />
              </div>
              {isSeen(group) && (
                <p class="soft">
                  <a href={`/requesters/${group.type.requesterId}/projects`}>
                    {texts.by(group.requesterName)}
                  </a>
                </p>
              )}
              <GroupLine visit={visit} group={group} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** Whether he may know of the group. */
function isSeen({ discover, preview }: GroupForWorker): boolean {
  return discover || preview
}

function GroupTitle({ visit, group }: { visit: WorkerVisit; group: GroupForWorker }) {
  if (!isSeen(group)) return <>{visit.texts.favourites.hidden}</>
  const { type, figures, preview } = group
  if (!preview || figures.assignable === 0) return <>{type.title}</>
  return <a href={`/projects/${type.groupId}/tasks`}>{type.title}</a>
}

/** What it pays, and what is left of it. */
function GroupLine({ visit, group }: { visit: WorkerVisit; group: GroupForWorker }) {
  if (!isSeen(group)) return null
  const { favourites: texts, hits } = visit.texts
  const { type, pay, figures } = group
  const hourly = pay.medianSeconds === undefined ? undefined : hourlyPay(type.reward, pay.medianSeconds)
  const isOpen = figures.assignable > 0 && figures.latestExpiration > visit.market.clock.now()
  return (
    <p class="group-line">
      <strong class="reward">{money(type.reward)}</strong>
      {hourly !== undefined && <span>{hits.perHour(hourly)}</span>}
      <span class="soft">{isOpen ? texts.left(count(figures.assignable)) : texts.closed}</span>
    </p>
  )
}

/** `POST /favourites`: a heart, of whatever page it stood on. */
export async function changeFavourite(visit: WorkerVisit, form: URLSearchParams): Promise<Response> {
  const { c, market, caller } = visit
  const back = localPath(form.get('back') ?? undefined)
  const asked = readChange(form)
  if (asked === undefined) return c.redirect(back, 303)
  const changed = await market.runner.run(SetFavourite, caller, asked.change)
  if (isFault(changed)) {
    if (changed.fault !== 'InvalidInput') return faultPage(visit, changed)
    const url = new URL(back, 'http://site.invalid')
    url.searchParams.set('notice', 'FavouritesFull')
    return c.redirect(url.pathname + url.search, 303)
  }
  return c.redirect(asked.row === undefined ? back : `${back}#${rowId(asked.row)}`, 303)
}

/** Which heart it was; its value holds the id, and the row to come back to where there is one. */
function readChange(form: URLSearchParams): { change: FavouriteChange; row: string | undefined } | undefined {
  for (const kind of ['group', 'requester'] as const) {
    for (const isFavourite of [true, false]) {
      const value = form.get(`${isFavourite ? 'add' : 'remove'}_${kind}`)
      const [, id, row] = /^([A-Z0-9]{1,64})(?: ([A-Z0-9]{1,64}))?$/.exec(value ?? '') ?? []
      if (id !== undefined) return { change: { kind, id, isFavourite }, row }
    }
  }
  return undefined
}

/** `POST /favourites/alerts` */
export async function setFavouriteAlerts(visit: WorkerVisit, form: URLSearchParams): Promise<Response> {
  const hasAlerts = form.get('alerts') === 'on'
  const change = { searchId: undefined, hasAlerts }
  const set = await visit.market.runner.run(SetSearchAlert, visit.caller, change)
  if (isFault(set) && set.fault === 'InvalidInput') return visit.c.redirect('/favourites', 303)
  if (isFault(set)) return faultPage(visit, set)
  return visit.c.redirect(`/favourites?notice=${hasAlerts ? 'AlertsOn' : 'AlertsOff'}`, 303)
}
