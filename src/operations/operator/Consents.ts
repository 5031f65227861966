// Whether somebody has agreed to the operator's terms as they are now: asked between his password and his session.
import * as consents from '../../store/consents.ts'
import * as workers from '../../store/workers.ts'
import { read, write, type OperatorCaller } from '../operation.ts'

export type Consent = consents.Consent

/** Whether the worker agreed to this version, and his password's hash as it is now. */
export const FindConsent = read<
  OperatorCaller,
  { workerId: string; version: string },
  { given: boolean; password: string | undefined }
>('FindConsent', async (tx, _, { workerId, version }) => ({
  given: (await consents.list(tx, workerId)).some((consent) => consent.version === version),
  password: (await workers.find(tx, workerId))?.password,
}))

/** Keeps that a worker agreed. WorkerDoesNotExist when he has closed his account. */
export const GiveConsent = write<OperatorCaller, Consent, object>(
  'GiveConsent',
  (_, { workerId }) => workerId,
  async (tx, _, consent) => {
    const { workerId } = consent
    const worker = await workers.lock(tx, workerId)
    if (worker === undefined || worker.closedAt !== undefined)
      return { fault: 'WorkerDoesNotExist', workerId }
    await consents.add(tx, consent)
    return {}
  },
)
