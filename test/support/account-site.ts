// A server as people meet it who have no account yet: in demo mode or in real use, with forms that are sent by HTTP as
// a browser sends them, and the mail that they cause.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig, type Mode } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { startServer, type Running } from '../../src/main.ts'
import { control } from './server.ts'

export interface Reply {
  status: number
  location: string | null
  /** Name and value of the session, or of what takes its place. */
  cookie: string
  retryAfter: string | null
  text: string
}

export interface KeptMail {
  kind: string
  email: string
  subject: string
  text: string
}

export interface AccountSite {
  running: Running
  address: string
  get(path: string, headers?: Record<string, string>): Promise<Reply>
  /** Sends a form from a page of the site; each time from another machine unless `headers` say from which. */
  post(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Reply>
  /** Calls the control API. Throws when it refuses. */
  control(path: string, body?: object): Promise<Record<string, any>>
  /** Mail about accounts to an address, newest first. */
  mailTo(email: string): Promise<KeptMail[]>
  /** The path of the one-time address in the newest mail to this address. */
  pathInMail(email: string): Promise<string>
  /** A signed-in browser of a worker with this password: its cookie, and the token of its forms. */
  signedIn(email: string, password: string): Promise<{ cookie: string; token: string }>
  isSignedIn(cookie: string): Promise<boolean>
  stop(): Promise<void>
}

let machines = 0

/** Starts a server. `KEMPELEN_DATA` in `variables` names a folder that stays. */
export async function startAccountSite(
  mode: Mode = 'demo',
  variables: Record<string, string> = {},
): Promise<AccountSite> {
  const folder = mkdtempSync(join(tmpdir(), 'kempelen-accounts-'))
  const config = readConfig(mode, {
    PORT: '0',
    KEMPELEN_DATA: folder,
    KEMPELEN_CONTROL: '1',
    // As behind a proxy, so that forms come from machines of their own.
    KEMPELEN_TRUSTED_PROXIES: '127.0.0.1,::1',
    KEMPELEN_PAGE_RATE: '0',
    ...variables,
  })
  if (Array.isArray(config)) throw new Error(config.join('\n'))
  const running = await startServer(config, createLog('error'))
  const address = `http://localhost:${running.port}`

  async function send(path: string, init: RequestInit): Promise<Reply> {
    const response = await fetch(address + path, { redirect: 'manual', ...init })
    const { status, headers } = response
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? ''
    const text = await response.text()
    return { status, location: headers.get('location'), cookie, retryAfter: headers.get('retry-after'), text }
  }
  const site: AccountSite = {
    running,
    address,
    get: (path, headers = {}) => send(path, { headers }),
    post: (path, fields, headers = {}) =>
      send(path, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: { 'X-Forwarded-For': `10.9.${machines >> 8}.${machines++ & 255}`, ...headers },
      }),
    async control(path, body) {
      const answer = await control(address, path, body)
      if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
      return answer.body
    },
    async mailTo(email) {
      const mail = (await site.control('mail')) as unknown as KeptMail[]
      return mail.filter((one) => one.kind === 'account' && one.email === email)
    },
    async pathInMail(email) {
      const [newest] = await site.mailTo(email)
      const link = /^http:\S+$/m.exec(newest?.text ?? '')?.[0]
      if (link === undefined) throw new Error(`no address was mailed to ${email}`)
      return new URL(link).pathname
    },
    async signedIn(email, password) {
      const { cookie } = await site.post('/ap/signin', { email, password })
      const page = await site.get('/account', { Cookie: cookie })
      return { cookie, token: /name="csrf-token" content="([^"]+)"/.exec(page.text)?.[1] ?? '' }
    },
    isSignedIn: async (cookie) => (await site.get('/account', { Cookie: cookie })).status === 200,
    async stop() {
      await running.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return site
}

/** What somebody enters who signs up. */
export function application(email: string, changes: Record<string, string> = {}): Record<string, string> {
  return {
    email,
    password: 'correct horse battery',
    name: 'Ada Lovelace',
    country: 'US',
    state: 'PA',
    adult: '1',
    terms: '1',
    ...changes,
  }
}
