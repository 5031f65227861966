// What a worker sees and changes of his own account.
import type { Locale } from '../../domain/qualification.ts'
import { server } from '../../limits.ts'
import * as accountLinks from '../../store/account-links.ts'
import * as consents from '../../store/consents.ts'
import * as messages from '../../store/messages.ts'
import * as requesters from '../../store/requesters.ts'
import * as sessions from '../../store/sessions.ts'
import * as workers from '../../store/workers.ts'
import { mailAccount, type SealedMail } from '../acts/mail-account.ts'
import { read, write, type OperatorCaller, type WorkerCaller } from '../operation.ts'

export interface Account {
  worker: workers.Worker
  consents: consents.Consent[]
}

/** The worker's own account. WorkerDoesNotExist. */
export const FindAccount = read<WorkerCaller, object, Account>('FindAccount', async (tx, { workerId }) => {
  const worker = await workers.find(tx, workerId)
  if (worker === undefined || worker.closedAt !== undefined) return { fault: 'WorkerDoesNotExist', workerId }
  return { worker, consents: await consents.list(tx, workerId) }
})

export interface ProfileChange {
  name: string
  /** Where he lives; it counts once only, because HITs are given out by it. */
  locale?: Locale | undefined
  withoutMail: boolean
}

/** Changes his name and his wishes, and notes where he lives when that is not known yet. WorkerDoesNotExist. */
export const ChangeProfile = write<WorkerCaller, ProfileChange, object>(
  'ChangeProfile',
  ({ workerId }) => workerId,
  async (tx, { workerId }, { name, locale, withoutMail }) => {
    const worker = await workers.lock(tx, workerId)
    if (worker === undefined) return { fault: 'WorkerDoesNotExist', workerId }
    await workers.setName(tx, workerId, name)
    await workers.setWithoutMail(tx, workerId, withoutMail)
    if (worker.locale === undefined && locale !== undefined) await workers.setLocale(tx, workerId, locale)
    return {}
  },
)

/** Sets a new password, hashed, and signs him out everywhere but in the browser of `session`. */
export const ChangePassword = write<WorkerCaller, { password: string; session: string }, object>(
  'ChangePassword',
  ({ workerId }) => workerId,
  async (tx, { workerId }, { password, session }) => {
    await workers.setPassword(tx, workerId, password)
    await sessions.endOthers(tx, workerId, 'worker', session)
    await accountLinks.removeOfWorker(tx, workerId)
    return {}
  },
)

export interface AddressChange {
  /** In lower case. */
  email: string
  wallNow: number
  /** The hash of the confirmation's token, and what is mailed: the way to confirm, or that it is another account's. */
  confirm?: { hash: string; fresh: SealedMail; known: SealedMail } | undefined
}

/**
 * Has a new address confirmed; without a mail server it counts at once, and one that another account has is refused:
 * AlreadyExists.
 */
export const ChangeAddress = write<WorkerCaller, AddressChange, object>(
  'ChangeAddress',
  ({ workerId }) => workerId,
  async (tx, { workerId }, { email, wallNow, confirm }) => {
    const holder = await workers.findByEmail(tx, email)
    const isFree = holder === undefined || holder.id === workerId
    if (confirm === undefined) {
      if (!isFree) return { fault: 'AlreadyExists', what: 'a worker with this address' }
      await workers.setEmail(tx, workerId, email)
      return {}
    }
    await accountLinks.add(tx, {
      hash: confirm.hash,
      purpose: 'email',
      workerId,
      email,
      details: undefined,
      expiresAt: isFree ? wallNow + server.account.confirmationLifetime : wallNow,
    })
    await mailAccount(tx, email, isFree ? confirm.fresh : confirm.known)
    return {}
  },
)

/** Uses the confirmation of an address up. SignInRefused when it is unknown, used or old, or the address is taken. */
export const ConfirmAddress = write<OperatorCaller, { hash: string; wallNow: number }, { workerId: string }>(
  'ConfirmAddress',
  (_, __, { workerId }) => workerId,
  async (tx, _, { hash, wallNow }) => {
    const link = await accountLinks.take(tx, hash, 'email', wallNow)
    if (link?.workerId === undefined || link.email === undefined) return { fault: 'SignInRefused' }
    const holder = await workers.findByEmail(tx, link.email)
    if (holder !== undefined && holder.id !== link.workerId) return { fault: 'SignInRefused' }
    await workers.setEmail(tx, link.workerId, link.email)
    // What is on its way to the old address must not open the account any more.
    await accountLinks.removeOfWorker(tx, link.workerId)
    return { workerId: link.workerId }
  },
)

export type ReceivedMessage = messages.Message & {
  /** Undefined when it is from the operator. */
  requesterName: string | undefined
}

/** What the worker was told, newest first; `before` is the id of the last message of the page before. */
export const ListOwnMessages = read<
  WorkerCaller,
  { before: string | undefined; limit: number },
  ReceivedMessage[]
>('ListOwnMessages', async (tx, { workerId }, { before, limit }) => {
  const names = new Map<string, string | undefined>()
  const found: ReceivedMessage[] = []
  for (const { email: _, ...message } of await messages.listNewest(tx, { workerId, before, limit })) {
    const { requesterId } = message
    if (!names.has(requesterId)) names.set(requesterId, (await requesters.find(tx, requesterId))?.name)
    found.push({ ...message, requesterName: names.get(requesterId) })
  }
  return found
})
