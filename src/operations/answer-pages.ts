// Pages of lists whose entries hold what workers sent. A hundred answers of many megabytes each would be more than one
// text can hold, and more memory than a server can spare: such a page ends early, as any page may [hits 8].
import { server } from '../limits.ts'
import type { Cursor } from '../store/cursor.ts'
import type { Page } from './paging.ts'

/** How a list is read, and what of an entry matters here. */
export interface AnswerList<T> {
  list(after: Cursor | undefined, limit: number): Promise<T[]>
  placeOf(entry: T): Cursor
  /** Characters of its answer. */
  lengthOf(entry: T): number
}

/** The entries of a page, read a few at a time until it is full, or has as many characters as a page should have. */
export async function readAnswerPage<T>(
  page: Pick<Page, 'after' | 'limit'>,
  { list, placeOf, lengthOf }: AnswerList<T>,
): Promise<T[]> {
  const entries: T[] = []
  let length = 0
  let after = page.after
  while (entries.length < page.limit && length < server.answerPage.length) {
    const wanted = Math.min(server.answerPage.step, page.limit - entries.length)
    const read = await list(after, wanted)
    entries.push(...read)
    const last = read.at(-1)
    if (last === undefined || read.length < wanted) break
    length = read.reduce((sum, entry) => sum + lengthOf(entry), length)
    after = placeOf(last)
  }
  return entries
}
