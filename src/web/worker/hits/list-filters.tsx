// Search, filters and order of the list of HIT groups: a form that is sent by GET, so that its address can be kept, and
// below it the filters that are in use, each to be taken away [websites 1.3].
import { formatDollars, zero } from '../../../domain/money.ts'
import { server } from '../../../limits.ts'
import type { Texts } from '../../messages/en.ts'
import { count, money } from '../../ui/format.ts'
import { listAddress, pageSizes, sorts, wholeList, type ListQuery } from './list-query.ts'

interface FiltersProps {
  texts: Texts
  query: ListQuery
  /** The path of the list. */
  path: string
}

/** The form. */
export function Filters({ texts: { filters }, query, path }: FiltersProps) {
  // The size of the address stays to be chosen when it is none of ours.
  const sizes = [...new Set([...pageSizes, query.size])].sort((one, other) => one - other)
  return (
    <form method="get" action={path} class="projects-controls card" role="search" aria-label={filters.label}>
      <div class="search-field">
        <label for="search">{filters.search}</label>
        <input
          id="search"
          name="filters[search_term]"
          type="search"
          maxlength={server.lists.searchLength}
          value={query.search}
          aria-describedby="search-hint"
        />
        <p class="visually-hidden" id="search-hint">
          {filters.searchHint}
        </p>
      </div>
      <details class="more-filters" open={isNarrowed(query)}>
        <summary>{filters.more}</summary>
        <div class="filter-fields">
          <MoreFields filters={filters} query={query} sizes={sizes} />
        </div>
      </details>
      <button class="primary">{filters.apply}</button>
    </form>
  )
}

interface FieldsProps {
  filters: Texts['filters']
  query: ListQuery
  sizes: readonly number[]
}

function MoreFields({ filters, query, sizes }: FieldsProps) {
  return (
    <>
      <div>
        <label for="min-reward">{filters.minReward}</label>
        <input
          id="min-reward"
          name="filters[min_reward]"
          type="number"
          inputmode="decimal"
          min="0"
          step="0.01"
          placeholder="0.00"
          value={query.minReward > zero ? formatDollars(query.minReward) : ''}
        />
      </div>
      <div>
        <label for="sort">{filters.sort}</label>
        <select id="sort" name="sort">
          {sorts.map((sort) => (
            <option value={sort} selected={sort === query.sort}>
              {filters.sorts[sort]}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label for="page-size">{filters.size}</label>
        <select id="page-size" name="page_size">
          {sizes.map((size) => (
            <option value={size} selected={size === query.size}>
              {count(size)}
            </option>
          ))}
        </select>
      </div>
      <div class="choices">
        <label>
          <input type="checkbox" name="filters[qualified]" value="true" checked={query.qualified} />
          {filters.qualified}
        </label>
        <label>
          <input type="checkbox" name="filters[masters]" value="true" checked={query.masters} />
          {filters.masters}
        </label>
        <label>
          <input type="checkbox" name="filters[favourites]" value="true" checked={query.favourites} />
          {filters.favourites}
        </label>
      </div>
    </>
  )
}

/** Whether anything but the search is not as usual. */
function isNarrowed({ minReward, qualified, masters, favourites, sort, size }: ListQuery): boolean {
  const { sort: usualSort, size: usualSize } = wholeList
  const isUsual = sort === usualSort && size === usualSize
  return minReward > zero || qualified || masters || favourites || !isUsual
}

/** The filters in use, each a link to the list without it; nothing when there is none. */
export function ActiveFilters({ texts: { filters }, query, path }: FiltersProps) {
  const active = activeFilters(filters, query)
  if (active.length === 0) return null
  return (
    <ul class="active-filters" aria-label={filters.active}>
      {active.map(([text, without]) => (
        <li>
          <a
            class="chip"
            href={listAddress(path, { ...query, ...without, page: 1 })}
            aria-label={filters.remove(text)}
          >
            {text} <span aria-hidden="true">×</span>
          </a>
        </li>
      ))}
      {active.length > 1 && (
        <li>
          <a href={listAddress(path, withoutFilters(query))}>{filters.clear}</a>
        </li>
      )}
    </ul>
  )
}

/** The list as it is asked for, with nothing left out of it. */
export function withoutFilters({ sort, size }: ListQuery): ListQuery {
  return { ...wholeList, sort, size }
}

/** Whether the query leaves any group out. */
export function isFiltered({ search, minReward, qualified, masters, favourites }: ListQuery): boolean {
  return search !== '' || minReward > zero || qualified || masters || favourites
}

/** Each filter in use in words, with what takes it away. */
export function activeFilters(filters: Texts['filters'], query: ListQuery): [string, Partial<ListQuery>][] {
  const { search, minReward, qualified, masters, favourites } = query
  const active: [string, Partial<ListQuery>][] = []
  if (search !== '') active.push([filters.words(search), { search: '' }])
  if (minReward > zero) active.push([filters.atLeast(money(minReward)), { minReward: zero }])
  if (qualified) active.push([filters.onlyQualified, { qualified: false }])
  if (masters) active.push([filters.onlyMasters, { masters: false }])
  if (favourites) active.push([filters.onlyFavourites, { favourites: false }])
  return active
}
