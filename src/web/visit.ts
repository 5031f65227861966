// A request to a page, with what every page needs: the market, who is there, and the texts in his language.
import type { Context } from 'hono'
import { server } from '../limits.ts'
import type { Market } from '../market.ts'
import type { WorkerCaller } from '../operations/operation.ts'
import { signInAddress } from './amazon-site.tsx'
import { readBytes } from './body.ts'
import type { WebDependencies } from './dependencies.ts'
import { en, type Texts } from './messages/en.ts'
import { isOwnRequest } from './origin-check.ts'
import { wantsJSON } from './json.ts'
import { refuseForm, refuseLength, refuseTyped, tooManyPages } from './ui/error-page.tsx'
import type { TypedRows } from './ui/sent-answers.tsx'
import { authenticityToken, findSession, isAuthentic, type Session } from './session.ts'

export interface Visit {
  c: Context
  dependencies: WebDependencies
  market: Market
  /** Without a slash at its end. */
  publicURL: string
  texts: Texts
  /** The worker who is signed in. */
  session: Session | undefined
}

/** A visit of a signed-in worker. */
export interface WorkerVisit extends Visit {
  session: Session
  caller: WorkerCaller
  /** For the forms of the page. */
  token: string
}

type Handler = (c: Context) => Promise<Response>

export interface Visits {
  /** A page that needs nobody and no database: one that says that something broke. */
  nobody(page: (visit: Visit) => Promise<Response> | Response): Handler
  /** A page that anybody may see. */
  anybody(page: (visit: Visit) => Promise<Response> | Response): Handler
  /** A page for workers; others are sent to sign in and come back. */
  worker(page: (visit: WorkerVisit) => Promise<Response> | Response): Handler
  /** A page for workers, and another one at the same address for whoever is not signed in; programs are sent to sign in. */
  workerOr(
    page: (visit: WorkerVisit) => Promise<Response> | Response,
    front: (visit: Visit) => Promise<Response> | Response,
  ): Handler
  /** A form that anybody may send: carried out only when it came from a page of ours. */
  anyAction(page: (visit: Visit, form: URLSearchParams) => Promise<Response> | Response): Handler
  /** A form of a worker, with the token of his session besides. */
  action(page: (visit: WorkerVisit, form: URLSearchParams) => Promise<Response> | Response): Handler
  /** The same for a form into which much is typed. */
  longAction(
    page: (visit: WorkerVisit, form: URLSearchParams) => Promise<Response> | Response,
    long: LongForm,
  ): Handler
}

/** A form into which much is typed: whoever is signed out meanwhile, or signed in anew, gets it back. */
export interface LongForm {
  /** What was typed, by the names that the worker knows. */
  typed(texts: Texts, form: URLSearchParams): TypedRows
  /** Bytes that it may have; as many as an ordinary form when left out. */
  bytes?: number
}

/** Builds the ways in which a route is entered. */
export function createVisits(dependencies: WebDependencies): Visits {
  function beginAsNobody(c: Context): Visit {
    const market = dependencies.marketOf(c.req.header('host') ?? '')
    return {
      c,
      dependencies,
      market,
      publicURL: dependencies.publicURL(market),
      texts: en,
      session: undefined,
    }
  }
  async function begin(c: Context): Promise<Visit> {
    const visit = beginAsNobody(c)
    return { ...visit, session: await findSession(c, visit.market, visit.publicURL) }
  }
  async function beginAsWorker(c: Context): Promise<WorkerVisit | Response> {
    return asWorker(await begin(c))
  }
  function asWorker(visit: Visit): WorkerVisit | Response {
    const { c, session } = visit
    if (session === undefined) return c.redirect(signInAddress(c, returnTo(c)))
    // A form is never refused for this: what was typed would be lost.
    const wait = c.req.method === 'POST' ? undefined : dependencies.pageRate?.take(session.personId)
    if (wait !== undefined) return tooManyPages(visit, wait)
    return visitOf(visit, session)
  }
  return {
    nobody: (page) => async (c) => page(beginAsNobody(c)),
    anybody: (page) => async (c) => page(await begin(c)),
    worker: (page) => async (c) => {
      const visit = await beginAsWorker(c)
      return visit instanceof Response ? visit : page(visit)
    },
    workerOr: (page, front) => async (c) => {
      const someone = await begin(c)
      if (someone.session === undefined && !wantsJSON(c)) return front(someone)
      const visit = asWorker(someone)
      return visit instanceof Response ? visit : page(visit)
    },
    anyAction: (page) => async (c) => {
      const visit = await begin(c)
      const form = await readForm(c)
      if (form === undefined) return refuseLength(visit)
      return isOwnRequest(c) ? page(visit, form) : refuseForm(visit)
    },
    action: (page) => async (c) => {
      const visit = await beginAsWorker(c)
      if (visit instanceof Response) return visit
      const form = await readForm(c)
      if (form === undefined) return refuseLength(visit)
      return isOwnRequest(c) && hasToken(visit, form) ? page(visit, form) : refuseForm(visit)
    },
    longAction:
      (page, { typed, bytes }) =>
      async (c) => {
        const someone = await begin(c)
        const form = await readForm(c, bytes)
        if (form === undefined) return refuseLength(someone)
        // Another site's words do not stand on a page of ours.
        if (!isOwnRequest(c)) return refuseForm(someone)
        const visit = asWorker(someone)
        if (visit instanceof Response) return refuseTyped(someone, 'signedOut', typed(someone.texts, form))
        return hasToken(visit, form)
          ? page(visit, form)
          : refuseTyped(visit, 'form', typed(visit.texts, form))
      },
  }
}

/** Whether a form, or the request that brings it, carries the token of the session. */
function hasToken({ c, market, session }: WorkerVisit, form: URLSearchParams): boolean {
  const token = form.get('authenticity_token') ?? c.req.header('x-csrf-token')
  return isAuthentic(market, session, token)
}

/** The visit of a worker who is signed in by `session`. */
export function visitOf(visit: Visit, session: Session): WorkerVisit {
  const caller: WorkerCaller = { kind: 'worker', workerId: session.personId }
  return { ...visit, session, caller, token: authenticityToken(visit.market, session) }
}

/** The fields of a page's form, or undefined when it is longer than any page's, or than `most` bytes. */
export async function readForm(
  c: Context,
  most: number = server.formBodyBytes,
): Promise<URLSearchParams | undefined> {
  const bytes = await readBytes(c, most)
  return typeof bytes === 'string' ? undefined : new URLSearchParams(new TextDecoder().decode(bytes))
}

/** Where to go after signing in. Accepting is left to the person: he comes back to the preview instead. */
function returnTo(c: Context): string {
  const { pathname, search } = new URL(c.req.url)
  if (/\/accept_random(\.json)?$/.test(pathname)) return pathname.slice(0, pathname.lastIndexOf('/'))
  return c.req.method === 'GET' ? pathname + search : '/'
}
