// Task pages that mean harm, and pages of requesters' own servers: each attempt is made from inside the frame of a
// worker who is signed in, in a real browser, and nothing of it succeeds.
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signHeaders } from '../conformance/sigv4-signers.ts'
import { browserMissing, launchBrowser } from '../support/browser.ts'
import { freePort } from '../support/free-port.ts'
import { control } from '../support/server.ts'
import { describeUnless } from '../support/shared.ts'
import { externalQuestion, htmlQuestion, startWorkerSite, type WorkerSite } from '../support/worker-site.ts'

const missing = await browserMissing()

const hostilePage = htmlQuestion(
  '<!DOCTYPE html><html lang="en"><head><title>Harmless</title></head><body><h1>Nothing to see</h1></body></html>',
)

/** A page of a requester's own server: storage, a cookie, and a form as frameworks make it. */
const externalPage = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>External</title></head><body>
<form method="post"><input type="hidden" name="assignmentId"><label>Word <input name="word"></label><button>Send</button></form>
<script>
const query = new URLSearchParams(location.search)
localStorage.setItem('visits', Number(localStorage.getItem('visits')) + 1)
document.cookie = 'own=1; SameSite=None; Secure; Path=/'
document.forms[0].assignmentId.value = query.get('assignmentId')
document.forms[0].action = query.get('turkSubmitTo') + '/mturk/externalSubmit'
</script></body></html>`

let site: WorkerSite
let browser: Browser
let external: Server
let externalOrigin: string
let seen: { url: string; headers: IncomingHttpHeaders }[] = []

beforeAll(async () => {
  if (missing !== undefined) return
  external = createServer((request, response) => {
    seen.push({ url: request.url ?? '', headers: request.headers })
    response.setHeader('Content-Type', 'text/html; charset=utf-8').end(externalPage)
  })
  await new Promise<void>((resolve) => external.listen(0, '127.0.0.1', resolve))
  externalOrigin = `http://127.0.0.1:${(external.address() as AddressInfo).port}`
  site = await startWorkerSite({ PORT: String(await freePort()) })
  browser = await launchBrowser()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await site?.stop()
  external?.close()
})

async function atWork(question: string) {
  const hit = await site.createHIT({ Question: question, Title: `Task ${Math.random()}` })
  const worker = await site.createWorker()
  const accepted = await site.accept(worker, hit.HITId)
  const page = await site.open(browser, worker)
  const path = `/projects/${hit.HITGroupId}/tasks/${hit.HITId}?assignment_id=${accepted.assignmentId}`
  await page.goto(site.address + path, { waitUntil: 'load' })
  const frame = page.frames()[1]
  if (!frame) throw new Error('the page has no frame')
  return { ...accepted, hit, worker, page, path, frame }
}

/** Runs a script in the frame; answers its result, or the name of the error that it met. */
function attempt(frame: Frame, script: string): Promise<unknown> {
  return frame.evaluate(
    `(async () => { try { return await (async () => { ${script} })() } catch (error) { return error.name } })()`,
  )
}

/** Everything that an attempt could have changed. */
async function everything(worker: string, page: Page): Promise<object> {
  const { body: clock } = await control(site.address, 'clock')
  const { body: ledger } = await control(site.address, 'ledger')
  const { body: counters } = await control(site.address, `workers/${worker}`)
  const queue = await page.request.get(`${site.address}/tasks`)
  return {
    clock,
    ledger,
    counters,
    queue: /HITs Queue \(\d+\)/.exec(await queue.text())?.[0],
    address: page.url(),
  }
}

const kinds: [string, () => string, string][] = [
  ['a page that we hold', () => hostilePage, 'null'],
  ['a page of another server', () => externalQuestion(`${externalOrigin}/task`), 'EXTERNAL'],
]

/** What is tried, and what comes of it. ORIGIN, HIT and GROUP stand for this server's own. */
const attempts: [string, string, unknown][] = [
  ['reads the page around it', `return parent.document.title`, 'SecurityError'],
  ['reads the address around it', `return top.location.href`, 'SecurityError'],
  ['takes the window over', `top.location.href = 'https://example.org/'; return 'done'`, 'SecurityError'],
  ['replaces the window', `parent.location.replace('ORIGIN/sign-in/none'); return 'done'`, 'SecurityError'],
  ['looks for the session', `return document.cookie.includes('worker')`, false],
  ['reads the drafts around it', `return Object.keys(parent.localStorage).length`, 'SecurityError'],
  [
    'looks for drafts in storage of its own',
    `return Object.keys(localStorage).concat(Object.keys(sessionStorage)).filter((key) => /draft/.test(key)).length`,
    0,
  ],
  ['sends a form around it', `parent.document.forms[0].submit(); return 'done'`, 'SecurityError'],
  ['closes the window', `top.close(); return top.closed`, false],
  [
    'takes the window over by a link',
    `const a = document.createElement('a'); a.href = 'https://example.org/'; a.target = '_top'; document.body.append(a); a.click(); return 'clicked'`,
    'clicked',
  ],
  [
    'takes the window over by a form',
    `const f = document.createElement('form'); f.action = 'https://example.org/'; f.target = '_top'; document.body.append(f); f.submit(); return 'sent'`,
    'sent',
  ],
  [
    'fetches a page with the session',
    `return (await fetch('ORIGIN/dashboard', { credentials: 'include' })).status`,
    'TypeError',
  ],
  [
    'fetches a page without looking',
    `return (await fetch('ORIGIN/dashboard', { credentials: 'include', mode: 'no-cors' })).type`,
    'opaque',
  ],
  ['asks the control API', `return (await fetch('ORIGIN/_control/ledger')).status`, 'TypeError'],
  [
    'turns the clock',
    `return (await fetch('ORIGIN/_control/clock', { method: 'POST', mode: 'no-cors', body: '{"advance":86400}' })).type`,
    'opaque',
  ],
  [
    'turns the clock in JSON',
    `return (await fetch('ORIGIN/_control/clock', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"advance":86400}' })).status`,
    'TypeError',
  ],
  [
    'loads the control API as a script',
    `return new Promise((resolve) => { const s = document.createElement('script'); s.src = 'ORIGIN/_control/ledger'; s.onload = () => resolve('loaded'); s.onerror = () => resolve('refused'); document.head.append(s) })`,
    'refused',
  ],
  [
    'accepts a HIT',
    `return (await fetch('ORIGIN/projects/GROUP/tasks/accept_random', { credentials: 'include', mode: 'no-cors' })).type`,
    'opaque',
  ],
  [
    'posts to the sign-out',
    `return (await fetch('ORIGIN/sign-out', { method: 'POST', credentials: 'include', mode: 'no-cors', body: new URLSearchParams({ authenticity_token: 'x' }) })).type`,
    'opaque',
  ],
]

describeUnless(missing, 'a task that means harm', () => {
  const table = attempts.flatMap(([name, script, outcome]) =>
    kinds.map(([kind, question]) => ({ name, kind, script, outcome, question })),
  )
  const windows = new Map<string, ReturnType<typeof atWork>>()

  test.each(table)('$name, from $kind: refused, nothing changed [design 5]', async (example) => {
    const { kind, question, script, outcome } = example
    const window = windows.get(kind) ?? atWork(question())
    windows.set(kind, window)
    const { page, frame, worker } = await window
    const bait = await site.createHIT({ Title: `Bait ${Math.random()}` })
    const before = await everything(worker, page)
    const filled = script.replaceAll('ORIGIN', site.address).replaceAll('GROUP', bait.HITGroupId)
    expect(await attempt(frame, filled)).toBe(outcome)
    expect(await everything(worker, page)).toEqual(before)
  })

  test.each(kinds)(
    'has its own origin, and no service worker of ours: %s [design 5]',
    async (_, question, origin) => {
      const { page, frame } = await atWork(question())
      expect(await frame.evaluate('self.origin')).toBe(origin === 'EXTERNAL' ? externalOrigin : origin)
      expect(
        await attempt(
          frame,
          `await navigator.serviceWorker.register('${site.address}/static/task.js'); return 'done'`,
        ),
      ).not.toBe('done')
      await page.context().close()
    },
  )

  test.each(kinds)(
    'cannot call the API with the demo key, though the call is good: %s [design 2, 7]',
    async (_, question) => {
      const { page, frame } = await atWork(question())
      const raw = signHeaders({ time: Date.now(), headers: { host: new URL(site.address).host } })
      const headers: Record<string, string> = {}
      for (let i = 0; i < raw.length; i += 2) if (raw[i] !== 'host') headers[raw[i]!] = raw[i + 1]!
      const own = await fetch(site.address, { method: 'POST', headers, body: '{}' })
      expect([own.status, await own.json()]).toEqual([200, { AvailableBalance: expect.any(String) }])
      const script = `const r = await fetch('${site.address}/', { method: 'POST', headers: ${JSON.stringify(headers)}, body: '{}' }); return r.status`
      expect(await attempt(frame, script)).toBe('TypeError')
      await page.context().close()
    },
  )

  test('opens windows that are shut in as itself, or that it cannot look into [design 5]', async () => {
    const { page, frame, hit, worker } = await atWork(hostilePage)
    const other = await site.createHIT({ Title: `Bait ${Math.random()}` })
    const before = await everything(worker, page)
    const open = async (path: string) => {
      const [popup] = await Promise.all([
        page.context().waitForEvent('page'),
        frame.evaluate(`void (window.opened = window.open('${site.address}${path}'))`),
      ])
      await popup.waitForLoadState('load')
      return popup
    }
    // Its own page in a window that has left the sandbox of the frame: the header shuts it in again.
    const own = await open(`/task/${hit.HITId}`)
    expect(await own.evaluate('self.origin')).toBe('null')
    expect(await attempt(own.mainFrame(), `return (await fetch('/dashboard')).status`)).toBe('TypeError')
    // A page of ours, in which its worker is signed in.
    const dashboard = await open('/dashboard')
    expect(await dashboard.locator('h1').innerText()).toBe('Dashboard')
    expect(await attempt(frame, `return opened.document.title`)).not.toBe('Dashboard - Kempelen')
    expect(await frame.evaluate('opened.closed')).toBe(true)
    expect(await dashboard.evaluate('window.opener')).toBe(null)
    // Following a link that accepts is answered with a question.
    const bait = await open(`/projects/${other.HITGroupId}/tasks/accept_random`)
    await bait.getByRole('heading', { name: 'Accept this HIT?' }).waitFor()
    expect(await everything(worker, page)).toEqual(before)
    await page.context().close()
  })

  test.each([
    ['signs its worker out', 'POST', '/sign-out', {}],
    ['accepts', 'POST', '/projects/GROUP/tasks/accept_random', {}],
    ['gives the HIT back', 'POST', 'WORK', { _method: 'delete' }],
    [
      'signs its worker in as somebody else',
      'POST',
      '/ap/signin',
      { email: 'worker@example.com', password: 'demo' },
    ],
    ['shows a page of ours in its frame', 'GET', '/dashboard', {}],
  ])(
    'by a form %s: refused, in its frame and in a new window [design 5, 7]',
    async (_, method, path, fields) => {
      for (const target of ['_self', '_blank']) {
        const { page, frame, worker, path: work, assignmentId } = await atWork(hostilePage)
        const bait = await site.createHIT({ Title: `Bait ${Math.random()}` })
        const before = await everything(worker, page)
        const action = site.address + path.replace('GROUP', bait.HITGroupId).replace('WORK', work)
        const answered = page
          .context()
          .waitForEvent('response', (response) => response.url().startsWith(action.split('?')[0]!))
        await frame.evaluate(`{
        const form = document.createElement('form')
        form.method = '${method}'; form.action = ${JSON.stringify(action)}; form.target = '${target}'
        for (const [name, value] of Object.entries(${JSON.stringify(fields)})) {
          const input = document.createElement('input'); input.name = name; input.value = value; form.append(input)
        }
        document.body.append(form); form.submit() }`)
        const response = await answered
        expect([target, response.headers()['set-cookie']]).toEqual([target, undefined])
        expect(await everything(worker, page)).toEqual(before)
        expect(await site.stateOf(assignmentId)).toBe('open')
        expect(await page.locator('.person').innerText()).toContain(worker)
        await page.context().close()
      }
    },
  )

  test('tells the page around it of a submission that was none: no "HIT Submitted" [websites 1.6]', async () => {
    const { page, frame, assignmentId } = await atWork(hostilePage)
    await frame.evaluate(
      `parent.postMessage(JSON.stringify({ assignmentId: '${assignmentId}', answer: {} }), '*')`,
    )
    await page.waitForURL(/\/projects\?submitted=/)
    await page.getByRole('heading', { name: 'HITs', exact: true }).waitFor()
    expect(await page.getByText('HIT Submitted').count()).toBe(0)
    expect(await site.stateOf(assignmentId)).toBe('open')
    await page.context().close()
  })
})

describeUnless(missing, "a page of the requester's own server", () => {
  test('keeps its origin, storage and cookies, gets the four parameters in order and no referrer [design 5; questions 5.2]', async () => {
    seen = []
    const { page, frame, assignmentId, hitId, worker, submitTo } = await atWork(
      externalQuestion(`${externalOrigin}/task?batch=7`),
    )
    const iframe = page.locator('iframe')
    expect((await iframe.getAttribute('sandbox'))?.split(' ').toSorted()).toEqual(
      'allow-scripts allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-downloads allow-same-origin'
        .split(' ')
        .toSorted(),
    )
    const visit = seen.find(({ url }) => url.startsWith('/task'))
    expect([...new URL(visit?.url ?? '', externalOrigin).searchParams]).toEqual([
      ['batch', '7'],
      ['assignmentId', assignmentId],
      ['hitId', hitId],
      ['workerId', worker],
      ['turkSubmitTo', submitTo],
    ])
    expect(visit?.headers.referer).toBeUndefined()
    expect(visit?.headers.cookie).toBeUndefined()
    expect(await frame.evaluate(`[localStorage.getItem('visits'), document.cookie].join()`)).toBe('1,own=1')
    await page.reload({ waitUntil: 'load' })
    expect(await page.frames()[1]?.evaluate(`localStorage.getItem('visits')`)).toBe('2')
    await page.frames()[1]?.getByLabel('Word').fill('stone')
    await page.frames()[1]?.getByRole('button', { name: 'Send' }).click()
    await page.getByRole('status').getByText('HIT Submitted').waitFor()
    expect(await site.stateOf(assignmentId)).toBe('Submitted')
    await page.context().close()
  })

  test('that leads its frame to a page of ours gains nothing by it [design 5]', async () => {
    const { page, frame, hit } = await atWork(externalQuestion(`${externalOrigin}/task`))
    const held = await site.createHIT({ Question: hostilePage, Title: hit.Title ?? '' })
    await frame.evaluate(`location.href = '${site.address}/task/${held.HITId}'`)
    await page.frameLocator('iframe').getByText('Nothing to see').waitFor()
    expect(await page.frames()[1]?.evaluate('self.origin')).toBe('null')
    await page.context().close()
  })

  test.each(['/dashboard', '/task/x', '/mturk/externalSubmit'])(
    'may not be on our own origin: %s [design 5]',
    async (path) => {
      const refused = site.createHIT({ Question: externalQuestion(site.address + path) })
      await expect(refused).rejects.toThrow(/is not valid for the parameter ExternalURL/)
    },
  )
})
