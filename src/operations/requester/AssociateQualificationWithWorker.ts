import { isFault } from '../../domain/fault.ts'
import { grantMessage } from '../../domain/qualification-messages.ts'
import { canChangeQualificationType } from '../../domain/qualification-type.ts'
import { grant } from '../acts/grant.ts'
import { tellOfRequester } from '../acts/tell-worker.ts'
import { findKnownWorker } from '../imported-guards.ts'
import { requesterWrite } from '../operation.ts'
import { findOwnQualificationType } from '../qualification-guards.ts'

/** Grants one of the requester's types without a request; what the worker had is replaced [qualifications 3.6]. */
export const AssociateQualificationWithWorker = requesterWrite(
  'AssociateQualificationWithWorker',
  async (tx, caller, { QualificationTypeId, WorkerId, IntegerValue = 1, SendNotification = true }) => {
    const worker = await findKnownWorker(tx, caller, WorkerId)
    if (worker === undefined) {
      return { fault: 'InvalidParameterValue', parameter: 'WorkerId', value: WorkerId }
    }
    const type = await findOwnQualificationType(tx, caller, QualificationTypeId)
    if (isFault(type)) return type
    const refusal = canChangeQualificationType(type)
    if (refusal) return refusal
    await grant(tx, type, WorkerId, IntegerValue, tx.now)
    if (SendNotification && worker.reader !== undefined) {
      const telling = {
        kind: 'qualification',
        workerId: worker.reader,
        requesterId: caller.requesterId,
      } as const
      await tellOfRequester(tx, telling, (name) => grantMessage(name, type.name, IntegerValue))
    }
    return {}
  },
)
