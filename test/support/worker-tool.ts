// A worker's tool: a program in his browser that fetches pages and JSON with his cookie.
import { parsePage } from './page-tree.ts'
import type { WorkerSite } from './worker-site.ts'

export interface Fetched {
  status: number
  statusText: string
  /** Where the redirects have led. */
  url: URL
  type: string
  text: string
}

export interface WorkerTool {
  workerId: string
  cookie: string
  get(path: string, init?: RequestInit): Promise<Fetched>
  /** The answer to a path that is JSON. Throws when it is not. */
  json(path: string, init?: RequestInit): Promise<Record<string, unknown>>
  page(path: string): Promise<ReturnType<typeof parsePage>>
  post(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Fetched>
}

/** A tool in the browser of a new worker; `cookie` of somebody else, or none, instead. */
export async function createTool(site: WorkerSite, changes: object = {}): Promise<WorkerTool> {
  const workerId = await site.createWorker(changes)
  const signedIn = await fetch(await site.signInLink(workerId), { redirect: 'manual' })
  const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const get = async (path: string, init: RequestInit = {}): Promise<Fetched> => {
    const headers = new Headers(init.headers)
    headers.set('Cookie', cookie)
    const response = await fetch(site.address + path, { ...init, headers })
    return {
      status: response.status,
      statusText: response.statusText,
      url: new URL(response.url),
      type: response.headers.get('content-type') ?? '',
      text: await response.text(),
    }
  }
  return {
    workerId,
    cookie,
    get,
    async json(path, init) {
      const { type, text } = await get(path, init)
      if (type !== 'application/json; charset=utf-8')
        throw new Error(`${path} is ${type}: ${text.slice(0, 200)}`)
      return JSON.parse(text) as Record<string, unknown>
    },
    page: async (path) => parsePage((await get(path)).text),
    post: (path, fields, headers = {}) =>
      get(path, { method: 'POST', body: new URLSearchParams(fields), headers }),
  }
}
