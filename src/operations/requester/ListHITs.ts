import { isFault } from '../../domain/fault.ts'
import * as hits from '../../store/hits.ts'
import { requesterRead } from '../operation.ts'
import { refuseOverduePage } from '../overdue.ts'
import { pageMembers, readPage } from '../paging.ts'
import { showHITs } from '../views.ts'

/** The requester's HITs that are not disposed of, newest first [hits 12.6, 8]. */
export const ListHITs = requesterRead('ListHITs', async (tx, caller, input) => {
  const page = readPage(input, 'ListHITs', caller.requesterId)
  if (isFault(page)) return page
  const list = await hits.listNewest(tx, caller.requesterId, page.after, page.limit)
  const late = await refuseOverduePage(tx, caller.requesterId, list)
  if (late) return late
  return {
    ...pageMembers(page, list, (hit) => ({ time: hit.createdAt, id: hit.id })),
    HITs: await showHITs(tx, list),
  }
})
