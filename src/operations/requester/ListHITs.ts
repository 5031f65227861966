import { isFault } from '../../domain/fault.ts'
import type * as model from '../../model/shapes.ts'
import * as hits from '../../store/hits.ts'
import * as imports from '../../store/imported-lists.ts'
import { showImportedHITs } from '../imported-views.ts'
import { requesterRead } from '../operation.ts'
import { refuseOverduePage } from '../overdue.ts'
import { pageMembers, readPage } from '../paging.ts'
import { showHITs } from '../views.ts'

interface Placed {
  id: string
  createdAt: number
}

/** The requester's HITs that are not disposed of, with those that were brought in, newest first [hits 12.6, 8]. */
export const ListHITs = requesterRead('ListHITs', async (tx, caller, input) => {
  const page = readPage(input, 'ListHITs', caller.requesterId)
  if (isFault(page)) return page
  const imported = await imports.listNewest(tx, caller.requesterId, page.after, page.limit)
  const own = await hits.listNewest(tx, caller.requesterId, page.after, page.limit)
  // Whatever is on the page is among the first of its kind, so both together hold all of it.
  const list = newestOf([...own, ...imported], page.limit)
  const here = new Set(list.map(({ id }) => id))
  const ownHere = own.filter(({ id }) => here.has(id))
  const late = await refuseOverduePage(tx, caller.requesterId, ownHere)
  if (late) return late
  const importedHere = imported.filter(({ id }) => here.has(id))
  const shown = new Map<string, model.HIT>()
  for (const hit of await showHITs(tx, ownHere)) shown.set(hit.HITId!, hit)
  for (const hit of await showImportedHITs(tx, importedHere)) shown.set(hit.HITId!, hit)
  return {
    ...pageMembers(page, list, (hit) => ({ time: hit.createdAt, id: hit.id })),
    HITs: list.map(({ id }) => shown.get(id)!),
  }
})

function newestOf(hits: readonly Placed[], limit: number): Placed[] {
  return hits.toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1)).slice(0, limit)
}
