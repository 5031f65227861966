// Whether somebody has agreed to the operator's terms as they are now: asked between his password and his session.
import * as consents from '../../store/consents.ts'
import { read, write, type OperatorCaller } from '../operation.ts'

export type Consent = consents.Consent

/** Whether the worker agreed to this version. */
export const FindConsent = read<OperatorCaller, { workerId: string; version: string }, { given: boolean }>(
  'FindConsent',
  async (tx, _, { workerId, version }) => ({
    given: (await consents.list(tx, workerId)).some((consent) => consent.version === version),
  }),
)

/** Keeps that a worker agreed. */
export const GiveConsent = write<OperatorCaller, Consent, object>(
  'GiveConsent',
  (_, { workerId }) => workerId,
  async (tx, _, consent) => {
    await consents.add(tx, consent)
    return {}
  },
)
