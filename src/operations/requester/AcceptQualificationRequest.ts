import { isFault } from '../../domain/fault.ts'
import { grantMessage } from '../../domain/qualification-messages.ts'
import { canDecide, stateAfter } from '../../domain/qualification-request.ts'
import * as requests from '../../store/qualification-requests.ts'
import { grant } from '../acts/grant.ts'
import { tellOfRequester } from '../acts/tell-worker.ts'
import { requesterWrite } from '../operation.ts'
import { lockOwnRequest, typeOfRequest } from '../qualification-guards.ts'

/** Grants what a worker asked for; a value that he had is replaced [qualifications 3.11]. */
export const AcceptQualificationRequest = requesterWrite(
  'AcceptQualificationRequest',
  async (tx, caller, { QualificationRequestId, IntegerValue = 1 }) => {
    const request = await lockOwnRequest(tx, caller, QualificationRequestId)
    if (isFault(request)) return request
    const refusal = canDecide(request)
    if (refusal) return refusal
    const type = await typeOfRequest(tx, request)
    const { workerId, requesterId } = request
    await requests.move(tx, request.state, { ...request, state: stateAfter(request.state, 'grant') })
    await grant(tx, type, workerId, IntegerValue, tx.now)
    await tellOfRequester(tx, { kind: 'qualification', workerId, requesterId }, (name) =>
      grantMessage(name, type.name, IntegerValue),
    )
    return {}
  },
)
