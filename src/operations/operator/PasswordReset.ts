// A new password for whoever has forgotten his: a one-time address, mailed or handed over by the operator.
import { server } from '../../limits.ts'
import { nameOf } from '../../domain/sign-in.ts'
import * as accountLinks from '../../store/account-links.ts'
import * as sessions from '../../store/sessions.ts'
import * as workers from '../../store/workers.ts'
import { mailAccount, type SealedMail } from '../acts/mail-account.ts'
import { read, write, type OperatorCaller } from '../operation.ts'

export interface ResetRequest {
  /** In lower case. */
  email: string
  /** SHA-256 of the token. */
  hash: string
  /** What is mailed: the way to a new password, or that there is no account. */
  mails: { known: SealedMail; unknown: SealedMail }
  wallNow: number
}

/** Mails a way to a new password, or that there is no account; the answer does not tell which. */
export const RequestPasswordReset = write<OperatorCaller, ResetRequest, object>(
  'RequestPasswordReset',
  () => 'account',
  async (tx, _, { email, hash, mails, wallNow }) => {
    const worker = await workers.findByEmail(tx, email)
    await accountLinks.add(tx, {
      // The same work for both; nobody gets the token when there is no account.
      hash,
      purpose: 'reset',
      workerId: worker?.id,
      email,
      details: undefined,
      expiresAt: worker === undefined ? wallNow : wallNow + server.account.resetLifetime,
    })
    await mailAccount(tx, email, worker === undefined ? mails.unknown : mails.known)
    return {}
  },
)

/** Makes a way to a new password for the operator to hand over; answers until when it is good. WorkerDoesNotExist. */
export const CreatePasswordReset = write<
  OperatorCaller,
  { workerId: string; hash: string; wallNow: number },
  { expiresAt: number }
>(
  'CreatePasswordReset',
  (_, { workerId }) => workerId,
  async (tx, _, { workerId, hash, wallNow }) => {
    const worker = await workers.find(tx, workerId)
    if (worker === undefined || worker.closedAt !== undefined)
      return { fault: 'WorkerDoesNotExist', workerId }
    if (worker.email === undefined)
      return {
        fault: 'InvalidInput',
        member: 'id',
        explanation: 'The worker has no e-mail address to sign in with.',
      }
    const expiresAt = wallNow + server.account.operatorResetLifetime
    await accountLinks.add(tx, {
      hash,
      purpose: 'reset',
      workerId,
      email: undefined,
      details: undefined,
      expiresAt,
    })
    return { expiresAt }
  },
)

/** The address of the account for which this one-time address sets a password. SignInRefused when it cannot be used. */
export const FindPasswordReset = read<OperatorCaller, { hash: string; wallNow: number }, { email: string }>(
  'FindPasswordReset',
  async (tx, _, { hash, wallNow }) => {
    const link = await accountLinks.find(tx, hash, 'reset', wallNow)
    const worker = link?.workerId === undefined ? undefined : await workers.find(tx, link.workerId)
    return worker?.email === undefined ? { fault: 'SignInRefused' } : { email: worker.email }
  },
)

/**
 * Uses a one-time address up: sets the password, signs the worker out everywhere and kills all his one-time addresses.
 * SignInRefused when it is unknown, used or old.
 */
export const ResetPassword = write<
  OperatorCaller,
  { hash: string; password: string; wallNow: number },
  { workerId: string }
>(
  'ResetPassword',
  (_, __, { workerId }) => workerId,
  async (tx, _, { hash, password, wallNow }) => {
    const link = await accountLinks.take(tx, hash, 'reset', wallNow)
    const worker = link?.workerId === undefined ? undefined : await workers.find(tx, link.workerId)
    if (worker?.email === undefined) return { fault: 'SignInRefused' }
    await workers.setPassword(tx, worker.id, password)
    await sessions.endOthers(tx, worker.id, 'worker')
    await accountLinks.removeOfWorker(tx, worker.id)
    await sessions.forgetFailures(tx, nameOf({ kind: 'account', site: 'worker', email: worker.email }))
    return { workerId: worker.id }
  },
)
