import { isFault } from '../../domain/fault.ts'
import { isSystemType } from '../../domain/qualification.ts'
import * as qualifications from '../../store/qualifications.ts'
import { requesterRead } from '../operation.ts'
import { pageMembers, readPage } from '../paging.ts'
import { findOwnQualificationType } from '../qualification-guards.ts'
import { qualificationView } from '../qualification-views.ts'

/** Who has one of the requester's types, or had it; oldest grant first. Of system types nobody [qualifications 3.9]. */
export const ListWorkersWithQualificationType = requesterRead(
  'ListWorkersWithQualificationType',
  async (tx, caller, input) => {
    const { QualificationTypeId: typeId, Status: status = 'Granted' } = input
    const page = readPage(input, 'ListWorkersWithQualificationType', caller.requesterId, typeId, status)
    if (isFault(page)) return page
    if (isSystemType(typeId)) return { NumResults: 0, Qualifications: [] }
    const type = await findOwnQualificationType(tx, caller, typeId)
    if (isFault(type)) return type
    const list = await qualifications.list(tx, typeId, status, page.after, page.limit)
    return {
      ...pageMembers(page, list, (entry) => ({ time: entry.grantedAt, id: entry.workerId })),
      Qualifications: list.map(qualificationView),
    }
  },
)
