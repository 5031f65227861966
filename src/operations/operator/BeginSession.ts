import { nameOf, type SignInSubject } from '../../domain/sign-in.ts'
import { server } from '../../limits.ts'
import * as sessions from '../../store/sessions.ts'
import * as workers from '../../store/workers.ts'
import { write, type OperatorCaller } from '../operation.ts'

export interface NewSession {
  /** SHA-256 of the cookie. */
  hash: string
  site: sessions.Site
  personId: string
  wallNow: number
  /** Whose failures are forgotten. */
  subjects: readonly SignInSubject[]
  /** The hash with which a worker's password was compared; undefined when he has shown who he is in another way. */
  password?: string | undefined
}

/**
 * Signs a person in: a new session, and his failures are forgotten. SignInRefused when the worker has changed that
 * password or closed his account in the meantime: neither must leave a session behind that nobody ends [design 7].
 */
export const BeginSession = write<OperatorCaller, NewSession, object>(
  'BeginSession',
  (_, input) => input.personId,
  async (tx, _, { hash, site, personId, wallNow, subjects, password }) => {
    if (site === 'worker') {
      const worker = await workers.lock(tx, personId)
      const isClosed = worker === undefined || worker.closedAt !== undefined
      if (isClosed || (password !== undefined && worker.password !== password))
        return { fault: 'SignInRefused' }
    }
    for (const subject of subjects) await sessions.forgetFailures(tx, nameOf(subject))
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
