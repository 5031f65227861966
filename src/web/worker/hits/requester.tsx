// The HIT groups of one requester [websites 1.2, 1.3].
import { isFault } from '../../../domain/fault.ts'
import { FindRequesterName } from '../../../operations/worker/FindRequesterName.ts'
import { faultPage, notFound } from '../../ui/error-page.tsx'
import type { WorkerVisit } from '../../visit.ts'
import { listGroups } from './hits.tsx'

/** `GET /requesters/{id}/projects` */
export async function listRequesterHITs(visit: WorkerVisit): Promise<Response> {
  const { c, market, caller } = visit
  const id = c.req.param('id') ?? ''
  const requester = await market.runner.run(FindRequesterName, caller, { requesterId: id })
  if (isFault(requester)) {
    return requester.fault === 'RequesterDoesNotExist' ? notFound(visit) : faultPage(visit, requester)
  }
  const path = `/requesters/${encodeURIComponent(id)}/projects`
  return listGroups(visit, { path, requester: { id, name: requester.name } })
}
