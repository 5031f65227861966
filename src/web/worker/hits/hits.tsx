// The list of HIT groups [websites 1.3].
import { isFault } from '../../../domain/fault.ts'
import type { GroupPage } from '../../../operations/worker/groups/group-view.ts'
import { ListFavourites } from '../../../operations/worker/ListFavourites.ts'
import { answerJSON, wantsJSON } from '../../json.ts'
import type { Texts } from '../../messages/en.ts'
import { Empty } from '../../ui/empty.tsx'
import { faultPage } from '../../ui/error-page.tsx'
import { Island } from '../../ui/island.tsx'
import { renderPage } from '../../ui/layout.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import type { WorkerVisit } from '../../visit.ts'
import { submittedNotice } from '../work/after-submission.ts'
import { FavouriteButton, FavouriteForm, marksOf, type Marks } from '../kept/favourite-button.tsx'
import { recordText } from './group-facts.tsx'
import { GroupRow } from './group-row.tsx'
import { KeptNavigation } from '../kept/kept-navigation.tsx'
import { ActiveFilters, Filters, isFiltered, withoutFilters } from './list-filters.tsx'
import { listIsland, listJSON } from './list-json.ts'
import { groupQueryOf, listAddress, readListQuery, wholeList, type ListQuery } from './list-query.ts'
import { saveAddress } from '../kept/search-words.ts'

/** `GET /` and `GET /projects` */
export async function listHITs(visit: WorkerVisit): Promise<Response> {
  return listGroups(visit, { path: '/projects' })
}

/** What the list is of. */
export interface ListOptions {
  path: string
  /** Only his groups, under his name. */
  requester?: { id: string; name: string }
}

/** A page of a list of groups, as HTML or as JSON. */
export async function listGroups(visit: WorkerVisit, options: ListOptions): Promise<Response> {
  const { c, texts, market, caller } = visit
  const { path, requester } = options
  const query = readListQuery(c.req.url)
  const page = await market.listGroups(caller, groupQueryOf(query, requester?.id))
  if (isFault(page)) return faultPage(visit, page)
  if (wantsJSON(c)) return answerJSON(c, listJSON(page, query.page))
  const favourites = await market.runner.run(ListFavourites, caller, {})
  if (isFault(favourites)) return faultPage(visit, favourites)
  const marks = marksOf(favourites)
  const submitted = await submittedNotice(visit)
  return renderPage(
    visit,
    { title: requester?.name ?? texts.hits.title, current: '/projects', scripts: ['lists.js'] },
    <>
      {submitted && <Notice visit={visit} name={submitted} />}
      <Notice visit={visit} />
      <FavouriteForm visit={visit} here={listAddress(path, query)} />
      <div class="kept-head">
        <h1 class="m-b-md">{requester?.name ?? texts.hits.title}</h1>
        {requester && (
          <FavouriteButton
            visit={visit}
            kind="requester"
            id={requester.id}
            name={requester.name}
            isMarked={marks.requesters.has(requester.id)}
          />
        )}
      </div>
      {requester && <RequesterLine texts={texts} page={page} />}
      <Filters texts={texts} query={query} path={path} />
      <ActiveFilters texts={texts} query={query} path={path} />
      <KeptNavigation
        visit={visit}
        save={requester || isFiltered(query) ? saveAddress(query, requester?.id) : undefined}
      />
      <List visit={visit} options={options} query={query} page={page} marks={marks} />
    </>,
  )
}

/** What is known of the requester, where his groups tell it, and the way to the groups of all. */
function RequesterLine({ texts, page: { groups } }: { texts: Texts; page: GroupPage }) {
  const [first] = groups
  return (
    <p class="requester-line">
      {first && <span>{recordText(texts, first)}</span>}
      <a href="/projects">{texts.requesterPage.all}</a>
    </p>
  )
}

interface ListProps {
  visit: WorkerVisit
  options: ListOptions
  query: ListQuery
  page: GroupPage
  marks: Marks
}

function List({ visit, options: { path, requester }, query, page: { groups, total }, marks }: ListProps) {
  const { texts } = visit
  const { hits } = texts
  const before = (query.page - 1) * query.size
  const here = listAddress(path, query)
  return (
    <>
      <div class="projects-info-header">
        <p class="result-count-info">
          {total === 0
            ? hits.none
            : hits.range(
                groups.length === 0 ? 0 : before + 1,
                groups.length && before + groups.length,
                total,
              )}
        </p>
        {groups.length > 0 && (
          <a
            class="expand-projects-button"
            href={listAddress(path, { ...query, expanded: !query.expanded })}
            data-open={hits.expand}
            data-close={hits.collapse}
          >
            {query.expanded ? hits.collapse : hits.expand}
          </a>
        )}
      </div>
      <div class="row m-b-md">
        <div class="col-xs-12">
          <Island name="hitSetTable/HitSetTable" props={listIsland(groups, path)}>
            {groups.length === 0 ? (
              <NoGroups
                visit={visit}
                query={query}
                path={path}
                total={total}
                isOne={requester !== undefined}
              />
            ) : (
              <ol class="hit-set-table">
                {groups.map((group) => (
                  <GroupRow visit={visit} group={group} expanded={query.expanded} here={here} marks={marks} />
                ))}
              </ol>
            )}
          </Island>
        </div>
      </div>
      <Pagination
        texts={texts}
        current={query.page}
        last={Math.ceil(total / query.size)}
        href={(page) => listAddress(path, { ...query, page })}
      />
    </>
  )
}

interface NoGroupsProps {
  visit: WorkerVisit
  query: ListQuery
  path: string
  total: number
  /** Whether the list is of one requester. */
  isOne: boolean
}

/** Why the page is empty, and the way to one that is not. */
function NoGroups({ visit, query, path, total, isOne }: NoGroupsProps) {
  const { hits, requesterPage } = visit.texts
  if (total > 0) {
    const link = { href: listAddress(path, { ...query, page: 1 }), text: hits.toFirst }
    return <Empty heading={hits.beyond} text={hits.beyondText} link={link} />
  }
  if (isFiltered(query)) {
    const link = { href: listAddress(path, withoutFilters(query)), text: hits.showAll }
    return <Empty heading={hits.nothingFound} text={hits.nothingFoundText} link={link} />
  }
  if (isOne) {
    const link = { href: listAddress('/projects', wholeList), text: requesterPage.all }
    return <Empty heading={requesterPage.none} text={hits.emptyText} link={link} />
  }
  return <Empty heading={hits.empty} text={hits.emptyText} />
}
