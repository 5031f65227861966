import { isFault } from '../../domain/fault.ts'
import { checkText } from '../../domain/parameters.ts'
import { rejectMessage } from '../../domain/qualification-messages.ts'
import { canDecide, stateAfter } from '../../domain/qualification-request.ts'
import { market } from '../../limits.ts'
import * as requests from '../../store/qualification-requests.ts'
import { tellOfRequester } from '../acts/tell-worker.ts'
import { requesterWriteChecked } from '../operation.ts'
import { lockOwnRequest, typeOfRequest } from '../qualification-guards.ts'

/** Turns a worker's request down and tells him why; what he has of the type stays [qualifications 3.12]. */
export const RejectQualificationRequest = requesterWriteChecked(
  'RejectQualificationRequest',
  (input) => checkText('Reason', input.Reason ?? '', market.reasonLength) ?? input,
  async (tx, caller, { QualificationRequestId, Reason = '' }) => {
    const request = await lockOwnRequest(tx, caller, QualificationRequestId)
    if (isFault(request)) return request
    const refusal = canDecide(request)
    if (refusal) return refusal
    const type = await typeOfRequest(tx, request)
    const { workerId, requesterId } = request
    await requests.move(tx, request.state, { ...request, state: stateAfter(request.state, 'reject') })
    await tellOfRequester(tx, { kind: 'qualification', workerId, requesterId }, (name) =>
      rejectMessage(name, type.name, Reason),
    )
    return {}
  },
)
