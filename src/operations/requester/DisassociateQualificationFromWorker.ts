import { isFault } from '../../domain/fault.ts'
import { checkText } from '../../domain/parameters.ts'
import { revokeMessage } from '../../domain/qualification-messages.ts'
import { market } from '../../limits.ts'
import * as qualifications from '../../store/qualifications.ts'
import { tellOfRequester } from '../acts/tell-worker.ts'
import { findKnownWorker, findStanding } from '../imported-guards.ts'
import { requesterWriteChecked } from '../operation.ts'
import { findOwnQualificationType } from '../qualification-guards.ts'

/** Revokes what a worker has of one of the requester's types, and tells him why [qualifications 3.7]. */
export const DisassociateQualificationFromWorker = requesterWriteChecked(
  'DisassociateQualificationFromWorker',
  (input) => checkText('Reason', input.Reason ?? '', market.reasonLength) ?? input,
  async (tx, caller, { QualificationTypeId, WorkerId, Reason = '' }) => {
    const type = await findOwnQualificationType(tx, caller, QualificationTypeId)
    if (isFault(type)) return type
    const had = await findStanding(tx, caller, type.id, WorkerId)
    if (had === undefined) return { fault: 'QualificationDoesNotExist' }
    if (!(await qualifications.revoke(tx, type.id, had.workerId)))
      return { fault: 'InvalidQualificationState', allowed: 'Granted' }
    const reader = (await findKnownWorker(tx, caller, WorkerId))?.reader
    if (reader === undefined) return {}
    const telling = { kind: 'qualification', workerId: reader, requesterId: caller.requesterId } as const
    await tellOfRequester(tx, telling, (name) => revokeMessage(name, type.name, Reason))
    return {}
  },
)
