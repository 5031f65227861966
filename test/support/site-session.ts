// A signed-in worker who loads pages of the site as a program does, without a browser.
import type { WorkerSite } from './worker-site.ts'

export interface SiteAnswer {
  status: number
  location: string | null
  type: string
  headers: Headers
  text: string
  /** The body as JSON; throws when it is none. */
  json(): Record<string, unknown>
}

export interface SiteSession {
  workerId: string
  get(path: string, headers?: Record<string, string>): Promise<SiteAnswer>
}

/** Loads a page without following redirects. */
export async function load(url: string, headers: Record<string, string> = {}): Promise<SiteAnswer> {
  const response = await fetch(url, { redirect: 'manual', headers })
  const text = await response.text()
  return {
    status: response.status,
    location: response.headers.get('location'),
    type: response.headers.get('content-type') ?? '',
    headers: response.headers,
    text,
    json: () => JSON.parse(text) as Record<string, unknown>,
  }
}

/** Signs a worker in. */
export async function signInTo(site: WorkerSite, workerId: string): Promise<SiteSession> {
  const { headers } = await load(await site.signInLink(workerId))
  const cookie = (headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  if (cookie === '') throw new Error('nobody was signed in')
  return { workerId, get: (path, more = {}) => load(site.address + path, { Cookie: cookie, ...more }) }
}

/** The id of a requester whose HIT stands in the list. */
export async function requesterOf(site: WorkerSite): Promise<string> {
  const { text } = await (await signInTo(site, await site.createWorker())).get('/projects')
  const id = /\/requesters\/(\w+)\/projects/.exec(text)?.[1]
  if (id === undefined) throw new Error('the list is empty')
  return id
}
