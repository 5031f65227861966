// What the address of a list of HIT groups asks for. Programs and old bookmarks send much that means nothing here: what
// is not known is ignored, and a value that is none counts as not given [websites 1.2, 1.3].
import { formatDollars, parseDollars, zero, type Cents } from '../../../domain/money.ts'
import { server } from '../../../limits.ts'
import type { GroupQuery, GroupSort } from '../../../operations/worker/groups/group-view.ts'
import { pageNumber } from '../../ui/pagination.tsx'

export interface ListQuery {
  /** Words that all must stand in a group; empty: none. */
  search: string
  minReward: Cents
  qualified: boolean
  masters: boolean
  /** Only what he marked, and groups of requesters whom he marked. */
  favourites: boolean
  sort: GroupSort
  /** From 1. */
  page: number
  /** Groups on a page. */
  size: number
  /** Whether the details of all groups are open. */
  expanded: boolean
}

/** The sizes of a page that the page offers; every size up to 100 is taken. */
export const pageSizes = [10, 20, 50, 100] as const

/** The orders of the list; the first is the usual one. */
export const sorts: readonly GroupSort[] = [
  'updated_desc',
  'updated_asc',
  'reward_desc',
  'reward_asc',
  'num_hits_desc',
  'num_hits_asc',
]

/** The list that nothing narrows. */
export const wholeList: ListQuery = {
  search: '',
  minReward: zero,
  qualified: false,
  masters: false,
  favourites: false,
  sort: 'updated_desc',
  page: 1,
  size: server.lists.entries,
  expanded: false,
}

/** Reads the query of an address; brackets may be encoded or not. */
export function readListQuery(address: string): ListQuery {
  const { searchParams } = new URL(address)
  const filter = (name: string) => searchParams.get(`filters[${name}]`) ?? ''
  const sort = searchParams.get('sort')
  return {
    search: readSearch(filter('search_term')),
    minReward: parseDollars(filter('min_reward').trim().replace(/^\./, '0.')) ?? wholeList.minReward,
    qualified: filter('qualified') === 'true',
    masters: filter('masters') === 'true',
    favourites: filter('favourites') === 'true',
    sort: sorts.find((known) => known === sort) ?? wholeList.sort,
    page: pageNumber(searchParams.get('page_number') ?? undefined),
    size: readSize(searchParams.get('page_size') ?? ''),
    expanded: searchParams.get('expanded') === 'true',
  }
}

/** Words in one line, without characters that no text holds. */
function readSearch(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim()
  return Array.from(line).slice(0, server.lists.searchLength).join('').toWellFormed()
}

function readSize(text: string): number {
  return /^(?:[1-9]\d?|100)$/.test(text) ? Number(text) : wholeList.size
}

/** The same as a question to the market; `requesterId` keeps the groups of one requester only. */
export function groupQueryOf(query: ListQuery, requesterId?: string): GroupQuery {
  const { search, minReward, qualified, masters, favourites, sort, page, size } = query
  return {
    ...(search !== '' && { search }),
    ...(minReward > zero && { minReward }),
    ...(qualified && { qualified }),
    ...(masters && { masters }),
    ...(favourites && { favourites }),
    ...(requesterId !== undefined && { requesterId }),
    sort,
    offset: (page - 1) * size,
    limit: size,
  }
}

/** The address of a list; what is as usual is left out. `path` is `/projects`, or the page of a requester. */
export function listAddress(path: string, query: ListQuery): string {
  const fields = new URLSearchParams(fieldsOf(query)).toString()
  return fields === '' ? path : `${path}?${fields}`
}

/** What of a query is not as usual, under the names of the address. */
function fieldsOf(query: ListQuery): Record<string, string> {
  return {
    ...(query.search !== '' && { 'filters[search_term]': query.search }),
    ...(query.minReward > zero && { 'filters[min_reward]': formatDollars(query.minReward) }),
    ...(query.qualified && { 'filters[qualified]': 'true' }),
    ...(query.masters && { 'filters[masters]': 'true' }),
    ...(query.favourites && { 'filters[favourites]': 'true' }),
    ...(query.sort !== wholeList.sort && { sort: query.sort }),
    ...(query.size !== wholeList.size && { page_size: String(query.size) }),
    ...(query.page > 1 && { page_number: String(query.page) }),
    ...(query.expanded && { expanded: 'true' }),
  }
}
