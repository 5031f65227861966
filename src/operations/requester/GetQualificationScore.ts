import { isGone } from '../../domain/qualification-type.ts'
import * as types from '../../store/qualification-types.ts'
import { findStanding } from '../imported-guards.ts'
import { requesterRead } from '../operation.ts'
import { qualificationView } from '../qualification-views.ts'

/**
 * A worker's value of one of the requester's types. For types that are not his, of the system or of nobody the answer
 * is the same as for a worker who never had it [qualifications 3.8].
 */
export const GetQualificationScore = requesterRead(
  'GetQualificationScore',
  async (tx, caller, { QualificationTypeId, WorkerId }) => {
    const type = await types.find(tx, QualificationTypeId)
    const isOwn = type !== undefined && !isGone(type) && type.requesterId === caller.requesterId
    const found = isOwn ? await findStanding(tx, caller, QualificationTypeId, WorkerId) : undefined
    if (found === undefined) return { fault: 'QualificationDoesNotExist' }
    if (found.status === 'Revoked') return { fault: 'InvalidQualificationState', allowed: 'Granted' }
    return { Qualification: qualificationView({ ...found, workerId: WorkerId }) }
  },
)
