// An SDK repeats a call whose answer it did not get. For operations that would then create or pay twice, the
// repetition is recognised by the id that SDKs keep over all attempts of one call [wire 3.7].
import { hash } from 'node:crypto'
import type { OperationName } from '../model/operations.ts'

/** The operations that the model does not call idempotent and that change something. */
const remembered: ReadonlySet<OperationName> = new Set<OperationName>([
  'AcceptQualificationRequest',
  'AssociateQualificationWithWorker',
  'CreateAdditionalAssignmentsForHIT',
  'CreateHIT',
  'CreateHITWithHITType',
  'CreateQualificationType',
  'CreateWorkerBlock',
  'DisassociateQualificationFromWorker',
  'NotifyWorkers',
  'RejectQualificationRequest',
  'SendBonus',
  'SendTestEventNotification',
  'UpdateQualificationType',
])

/** A UUID with or without dashes, or another client's idea of one. */
const invocationIdPattern = /^[0-9A-Za-z-]{32,64}$/

/**
 * The name under which the answer to this call is remembered, or undefined when it is not. The id is unsigned in
 * boto3, so it counts only together with the key that signed and the body that was signed.
 */
export function retryKey(call: {
  operation: OperationName
  accessKeyId: string
  bodyHash: string
  invocationId: string | undefined
}): string | undefined {
  const { operation, accessKeyId, bodyHash, invocationId } = call
  if (!remembered.has(operation) || invocationId === undefined) return undefined
  if (!invocationIdPattern.test(invocationId)) return undefined
  return hash('sha256', [accessKeyId, operation, bodyHash, invocationId].join('\n'), 'hex')
}
