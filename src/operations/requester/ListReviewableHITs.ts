import { isFault } from '../../domain/fault.ts'
import { server } from '../../limits.ts'
import { listOverdueOfRequester } from '../../store/due.ts'
import * as hits from '../../store/hits.ts'
import { requesterRead } from '../operation.ts'
import { overdue } from '../overdue.ts'
import { pageMembers, readPage } from '../paging.ts'
import { showHITs } from '../views.ts'

/**
 * The requester's HITs that are Reviewable, or that he marked as Reviewing; latest expiration first. An unknown or
 * foreign HIT type gives an empty list [hits 12.7, 8].
 */
export const ListReviewableHITs = requesterRead('ListReviewableHITs', async (tx, caller, input) => {
  const { HITTypeId, Status = 'Reviewable' } = input
  const page = readPage(input, 'ListReviewableHITs', caller.requesterId, Status, HITTypeId ?? '')
  if (isFault(page)) return page
  // Any HIT that something has fallen due for may belong into the list by now, so that comes first.
  const late = await listOverdueOfRequester(tx, caller.requesterId, server.systemBatch)
  if (late.length > 0) return overdue(late)
  const list = await hits.listReviewable(tx, caller.requesterId, Status, HITTypeId, page.after, page.limit)
  return {
    ...pageMembers(page, list, (hit) => ({ time: hit.expiresAt, id: hit.id })),
    HITs: await showHITs(tx, list),
  }
})
