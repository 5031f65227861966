import { isFault } from '../../domain/fault.ts'
import type { QualificationRequest } from '../../domain/qualification-request.ts'
import * as requests from '../../store/qualification-requests.ts'
import { readAnswerPage } from '../answer-pages.ts'
import { requesterRead } from '../operation.ts'
import { pageMembers, readPage } from '../paging.ts'
import { findOwnQualificationType } from '../qualification-guards.ts'
import { showRequests } from '../qualification-views.ts'

const placeOf = ({ submittedAt = 0, id }: QualificationRequest) => ({ time: submittedAt, id })

/** Requests that wait for the requester, for all his types or for one; oldest submission first [qualifications 3.10]. */
export const ListQualificationRequests = requesterRead(
  'ListQualificationRequests',
  async (tx, caller, input) => {
    const { QualificationTypeId: typeId } = input
    const page = readPage(input, 'ListQualificationRequests', caller.requesterId, typeId ?? '')
    if (isFault(page)) return page
    if (typeId !== undefined) {
      const type = await findOwnQualificationType(tx, caller, typeId)
      if (isFault(type)) return type
    }
    const [by, of] =
      typeId === undefined ? (['requester', caller.requesterId] as const) : (['type', typeId] as const)
    const list = await readAnswerPage(page, {
      list: (after, limit) => requests.listPending(tx, by, of, after, limit),
      placeOf,
      lengthOf: ({ answer = '' }) => answer.length,
    })
    return {
      ...pageMembers(page, list, placeOf),
      QualificationRequests: await showRequests(tx, list),
    }
  },
)
