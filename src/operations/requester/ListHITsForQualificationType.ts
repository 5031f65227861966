import { isFault } from '../../domain/fault.ts'
import { isSystemType } from '../../domain/qualification.ts'
import { listRequiring } from '../../store/required-hits.ts'
import { requesterRead } from '../operation.ts'
import { refuseOverduePage } from '../overdue.ts'
import { pageMembers, readPage } from '../paging.ts'
import { findQualificationType } from '../qualification-type-parameters.ts'
import { showHITs } from '../views.ts'

/** The requester's HITs that require a type of anybody or of the system, newest first [qualifications 3.13, hits 8]. */
export const ListHITsForQualificationType = requesterRead(
  'ListHITsForQualificationType',
  async (tx, { requesterId }, input) => {
    const { QualificationTypeId: id } = input
    const page = readPage(input, 'ListHITsForQualificationType', requesterId, id)
    if (isFault(page)) return page
    const type = isSystemType(id) ? undefined : await findQualificationType(tx, id)
    if (isFault(type)) return type
    const list = await listRequiring(tx, requesterId, id, page.after, page.limit)
    const late = await refuseOverduePage(tx, requesterId, list)
    if (late) return late
    return {
      ...pageMembers(page, list, (hit) => ({ time: hit.createdAt, id: hit.id })),
      HITs: await showHITs(tx, list),
    }
  },
)
