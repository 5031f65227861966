import { isFault } from '../../domain/fault.ts'
import * as blocks from '../../store/blocks.ts'
import { requesterRead } from '../operation.ts'
import { pageMembers, readPage } from '../paging.ts'

/** The workers whom the requester blocked, oldest block first [hits 13, 8]. */
export const ListWorkerBlocks = requesterRead('ListWorkerBlocks', async (tx, caller, input) => {
  const page = readPage(input, 'ListWorkerBlocks', caller.requesterId)
  if (isFault(page)) return page
  const list = await blocks.list(tx, caller.requesterId, page.after, page.limit)
  return {
    ...pageMembers(page, list, (block) => ({ time: block.blockedAt, id: block.workerId })),
    WorkerBlocks: list.map(({ workerId, reason }) => ({ WorkerId: workerId, Reason: reason })),
  }
})
