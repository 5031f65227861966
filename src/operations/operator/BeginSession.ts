import { nameOf, type SignInSubject } from '../../domain/sign-in.ts'
import { server } from '../../limits.ts'
import * as sessions from '../../store/sessions.ts'
import { write, type OperatorCaller } from '../operation.ts'

export interface NewSession {
  /** SHA-256 of the cookie. */
  hash: string
  site: sessions.Site
  personId: string
  wallNow: number
  /** Whose failures are forgotten. */
  subjects: readonly SignInSubject[]
}

/** Signs a person in: a new session, and his failures are forgotten. */
export const BeginSession = write<OperatorCaller, NewSession, object>(
  'BeginSession',
  (_, input) => input.personId,
  async (tx, _, { hash, site, personId, wallNow, subjects }) => {
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
