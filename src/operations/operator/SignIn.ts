// Signing in is an operation like any other: sessions are rows, failures are counted, nothing is kept in memory.
// Passwords are compared by the caller, outside the transaction, because argon2id takes its time on purpose.
import type { Fault } from '../../domain/fault.ts'
import { server } from '../../limits.ts'
import * as requesters from '../../store/requesters.ts'
import * as sessions from '../../store/sessions.ts'
import * as workers from '../../store/workers.ts'
import { read, write, type OperatorCaller } from '../operation.ts'

export interface Credentials {
  personId: string
  password: string | undefined
}

/** The person with this e-mail (in lower case) on a site, with his password's hash. Undefined members when there is none. */
export const FindCredentials = read<
  OperatorCaller,
  { site: sessions.Site; email: string },
  { credentials: Credentials | undefined }
>('FindCredentials', async (tx, _, { site, email }) => {
  const person = await (site === 'worker' ? workers : requesters).findByEmail(tx, email)
  return { credentials: person && { personId: person.id, password: person.password } }
})

/** TooManyAttempts when one of the subjects (account, address) has failed too often lately. Wall-clock time. */
export const CheckAttempts = read<OperatorCaller, { subjects: readonly string[]; wallNow: number }, object>(
  'CheckAttempts',
  async (tx, _, { subjects, wallNow }): Promise<object | Fault> => {
    for (const subject of subjects) {
      const past = await sessions.failures(tx, subject)
      const { failures, addressFailures } = server.signIn
      const allowed = subject.startsWith('address ') ? addressFailures : failures
      if (past === undefined || past.failures < allowed) continue
      const wait = past.since + server.signIn.window - wallNow
      if (wait > 0) return { fault: 'TooManyAttempts', retryAfterSeconds: Math.ceil(wait / 1000) }
    }
    return {}
  },
)

/** Counts a failed sign-in for each subject. */
export const CountFailure = write<OperatorCaller, { subjects: readonly string[]; wallNow: number }, object>(
  'CountFailure',
  (_, { subjects }) => subjects[0] ?? '',
  async (tx, _, { subjects, wallNow }) => {
    for (const subject of subjects) {
      await sessions.addFailure(tx, subject, wallNow, wallNow - server.signIn.window)
    }
    return {}
  },
)

export interface NewSession {
  /** SHA-256 of the cookie. */
  hash: string
  site: sessions.Site
  personId: string
  wallNow: number
  /** Whose failures are forgotten. */
  subjects: readonly string[]
}

/** Signs a person in: a new session, and his failures are forgotten. */
export const BeginSession = write<OperatorCaller, NewSession, object>(
  'BeginSession',
  (_, input) => input.personId,
  async (tx, _, { hash, site, personId, wallNow, subjects }) => {
    for (const subject of subjects) await sessions.forgetFailures(tx, subject)
    await sessions.add(tx, {
      hash,
      site,
      personId,
      createdAt: wallNow,
      expiresAt: wallNow + server.sessionLifetime,
    })
    return {}
  },
)

/** Who is signed in with this session, or an undefined personId. */
export const FindSession = read<
  OperatorCaller,
  { hash: string; site: sessions.Site; wallNow: number },
  { personId: string | undefined }
>('FindSession', async (tx, _, { hash, site, wallNow }) => ({
  personId: await sessions.findPerson(tx, hash, site, wallNow),
}))

/** Signs out. */
export const EndSession = write<OperatorCaller, { hash: string }, object>(
  'EndSession',
  () => 'session',
  async (tx, _, { hash }) => {
    await sessions.end(tx, hash)
    return {}
  },
)

/** Makes a one-time address that signs a browser in. `hash` is the SHA-256 of its token. WorkerDoesNotExist, RequesterDoesNotExist. */
export const CreateSignInLink = write<
  OperatorCaller,
  { hash: string; site: sessions.Site; personId: string; wallNow: number },
  object
>(
  'CreateSignInLink',
  (_, input) => input.personId,
  async (tx, _, { hash, site, personId, wallNow }) => {
    const person = await (site === 'worker' ? workers : requesters).find(tx, personId)
    if (person === undefined) {
      return site === 'worker'
        ? { fault: 'WorkerDoesNotExist', workerId: personId }
        : { fault: 'RequesterDoesNotExist', requesterId: personId }
    }
    const expiresAt = wallNow + server.signInLinkLifetime
    await sessions.addLink(tx, { hash, site, personId, expiresAt })
    return {}
  },
)

/** Uses a one-time address up. SignInRefused when it is unknown, used or old. */
export const TakeSignInLink = write<
  OperatorCaller,
  { hash: string; wallNow: number },
  { site: sessions.Site; personId: string }
>(
  'TakeSignInLink',
  (_, __, output) => output.personId,
  async (tx, _, { hash, wallNow }) => {
    const link = await sessions.takeLink(tx, hash, wallNow)
    if (link === undefined) return { fault: 'SignInRefused' }
    return { site: link.site, personId: link.personId }
  },
)
