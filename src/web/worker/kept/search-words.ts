// A saved search as the list of groups knows it, and in words.
import type { SavedFilters } from '../../../domain/saved-search.ts'
import type { Texts } from '../../messages/en.ts'
import { activeFilters } from '../hits/list-filters.tsx'
import { listAddress, readListQuery, sorts, wholeList, type ListQuery } from '../hits/list-query.ts'

/** What is kept of a query. */
export function filtersOf(query: ListQuery, requesterId: string | undefined): SavedFilters {
  const { search, minReward, qualified, masters, favourites, sort } = query
  return { search, minReward, qualified, masters, favourites, requesterId, sort }
}

/** The query of a saved search. */
export function queryOf({
  search,
  minReward,
  qualified,
  masters,
  favourites,
  sort,
}: SavedFilters): ListQuery {
  const known = sorts.find((one) => one === sort) ?? wholeList.sort
  return { ...wholeList, search, minReward, qualified, masters, favourites, sort: known }
}

/** The address of the list that a saved search shows. */
export function addressOf(filters: SavedFilters): string {
  const { requesterId } = filters
  const path = requesterId === undefined ? '/projects' : `/requesters/${requesterId}/projects`
  return listAddress(path, queryOf(filters))
}

/** The address of the page that saves a query. */
export function saveAddress(query: ListQuery, requesterId: string | undefined): string {
  const address = listAddress('/searches/new', { ...query, page: 1, size: wholeList.size, expanded: false })
  if (requesterId === undefined) return address
  return `${address}${address.includes('?') ? '&' : '?'}requester=${encodeURIComponent(requesterId)}`
}

/** The filters of an address or form of the page that saves, whose fields have the names of the list's own. */
export function readFilters(fields: URLSearchParams): SavedFilters {
  const query = readListQuery(`http://site.invalid/?${fields.toString()}`)
  const requesterId = fields.get('requester') ?? undefined
  return filtersOf(query, requesterId === '' ? undefined : requesterId)
}

/** What a search shows, in words. */
export function wordsOf(texts: Texts, filters: SavedFilters, requesterName: string | undefined): string[] {
  const words = activeFilters(texts.filters, queryOf(filters)).map(([text]) => text)
  if (requesterName !== undefined) words.unshift(texts.searches.of(requesterName))
  return words.length === 0 ? [texts.searches.everything] : words
}
