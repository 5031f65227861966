// Who is signed in: a random cookie whose fingerprint is a row. New at sign-in, ended at sign-out [design 7].
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { isFault, type Fault } from '../domain/fault.ts'
import type { SignInSubject } from '../domain/sign-in.ts'
import { server } from '../limits.ts'
import type { Market } from '../market.ts'
import { operator } from '../operations/operation.ts'
import { BeginSession } from '../operations/operator/BeginSession.ts'
import { EndSession } from '../operations/operator/EndSession.ts'
import { FindSession } from '../operations/operator/FindSession.ts'
import { fingerprint } from '../secrets.ts'
import type { Site } from '../store/sessions.ts'

export interface Session {
  personId: string
  /** SHA-256 of the cookie. */
  hash: string
}

const secretBytes = 32

/** Browsers keep `__Host-` cookies only of secure origins; without https off this machine there is a plain one. */
function cookieOf(site: Site, publicURL: string): { name: string; secure: boolean } {
  const { protocol, hostname } = new URL(publicURL)
  const secure = protocol === 'https:' || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
  return { name: secure ? `__Host-${site}` : site, secure }
}

/** The session of the request's browser on a site, if one is signed in. */
export async function findSession(
  c: Context,
  market: Market,
  publicURL: string,
  site: Site = 'worker',
): Promise<Session | undefined> {
  const cookie = getCookie(c, cookieOf(site, publicURL).name)
  if (cookie === undefined || cookie === '') return undefined
  const hash = fingerprint(cookie)
  const wallNow = market.wallClock.now()
  const found = await market.runner.run(FindSession, operator, { hash, site, wallNow })
  if (isFault(found) || found.personId === undefined) return undefined
  return { personId: found.personId, hash }
}

/**
 * Signs the browser in as a person; `subjects` are those whose failed attempts are forgotten by it, `password` is the
 * hash of the password that was shown. SignInRefused when that is out of date, or the account is closed.
 */
export async function beginSession(
  c: Context,
  market: Market,
  publicURL: string,
  person: { site: Site; personId: string; subjects: readonly SignInSubject[]; password?: string | undefined },
): Promise<Fault | undefined> {
  const before = await findSession(c, market, publicURL, person.site)
  if (before) await market.runner.run(EndSession, operator, { hash: before.hash })
  const value = market.ids.secret(secretBytes)
  const begun = await market.runner.run(BeginSession, operator, {
    ...person,
    hash: fingerprint(value),
    wallNow: market.wallClock.now(),
  })
  if (isFault(begun)) return begun
  const { name, secure } = cookieOf(person.site, publicURL)
  const maxAge = server.sessionLifetime / 1000
  setCookie(c, name, value, { path: '/', httpOnly: true, sameSite: 'Lax', secure, maxAge })
  return undefined
}

/** Signs the browser out. */
export async function endSession(
  c: Context,
  market: Market,
  publicURL: string,
  session: Session,
): Promise<void> {
  await market.runner.run(EndSession, operator, { hash: session.hash })
  const { name, secure } = cookieOf('worker', publicURL)
  setCookie(c, name, '', { path: '/', httpOnly: true, sameSite: 'Lax', secure, maxAge: 0 })
}

/** The hidden `authenticity_token` of every form that a signed-in person sends [design 7; websites 1.1]. */
export function authenticityToken(market: Market, session: Session): string {
  return market.secrets.sign(`csrf ${session.hash}`)
}

/** Whether a form carries the token of this session. The token of any page of the site will do [websites 1.6]. */
export function isAuthentic(market: Market, session: Session, token: string | undefined): boolean {
  return token !== undefined && market.secrets.verify(`csrf ${session.hash}`, token)
}
