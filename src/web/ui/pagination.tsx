// The way through a list that has more than one page [websites 1.3, 1.9].
import type { Texts } from '../messages/en.ts'
import { count } from './format.ts'
import { Island } from './island.tsx'

export interface PaginationProps {
  texts: Texts
  /** From 1. */
  current: number
  last: number
  /** Address of a page of the list. */
  href(page: number): string
}

/** Links to the first, the neighbouring and the last pages; nothing when there is one page only. */
export function Pagination({ texts, current, last, href }: PaginationProps) {
  if (last <= 1) return null
  const { pages } = texts
  return (
    <nav class="pagination-holder" aria-label={pages.label}>
      <Island name="common/Pagination" props={{ currentPage: current, lastPage: last }}>
        <ul class="pagination">
          {current > 1 && (
            <li>
              <a href={href(current - 1)} rel="prev">
                {pages.previous}
              </a>
            </li>
          )}
          {shownPages(current, last).map((page) => (
            <li>
              {page === undefined ? (
                <span aria-hidden="true">…</span>
              ) : (
                <a
                  href={href(page)}
                  aria-label={pages.page(count(page))}
                  aria-current={page === current ? 'page' : undefined}
                >
                  {count(page)}
                </a>
              )}
            </li>
          ))}
          {current < last && (
            <li>
              <a href={href(current + 1)} rel="next">
                {pages.next}
              </a>
            </li>
          )}
        </ul>
      </Island>
    </nav>
  )
}

/** First, last, and the neighbours of the current page; undefined where some are left out. */
function shownPages(current: number, last: number): (number | undefined)[] {
  const shown = [1, current - 1, current, current + 1, last].filter((page) => page >= 1 && page <= last)
  const pages: (number | undefined)[] = []
  for (const page of [...new Set(shown)].sort((one, other) => one - other)) {
    const before = pages.at(-1) ?? 0
    if (page - before === 2) pages.push(page - 1)
    else if (page - before > 2) pages.push(undefined)
    pages.push(page)
  }
  return pages
}

/** The page that an address asks for: a whole number from 1, else 1. */
export function pageNumber(text: string | undefined): number {
  return text !== undefined && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 1
}
